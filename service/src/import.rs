//! `redress-service import`: brings a CRM's history in, whether the service runs or not. How it goes stands on stderr, in one line on a
//! terminal; what is wrong with rows goes to stdout, a line each.

use std::fs::File;
use std::io::{IsTerminal as _, Read as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use chrono::{SubsecRound as _, Utc};
use clap::Args;
use redress_service::application::{know_landlords, library};
use redress_service::background::imports::carry_out;
use redress_service::imports::{ImportId, LARGEST_FILE, Mapping, State};
use redress_service::storage::address::ensure_there;
use redress_service::storage::imports::{self as store, CHUNK, Import as Kept, Progress};
use redress_service::storage::{Address, Connection, Database, StorageError, migrate, write};
use redress_service::use_cases::bank_holidays;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// A history, and where its cases are to be kept.
#[derive(Debug, Args)]
pub struct Import {
    /// The database, as for `serve`.
    #[arg(long, env = "REDRESS_DATABASE_URL", hide_env_values = true, default_value = "sqlite:redress.db")]
    database: Address,
    /// A folder of policy profiles to add to the built-in ones, as for `serve`.
    #[arg(long, env = "REDRESS_POLICIES")]
    policies: Option<PathBuf>,
    /// The landlord's id, as its policy has it, such as `hartlepool`.
    #[arg(long)]
    landlord: String,
    /// How the columns become fields: a TOML file.
    #[arg(long)]
    mapping: PathBuf,
    /// Try every row, and keep nothing.
    #[arg(long)]
    dry_run: bool,
    /// The history: CSV or NDJSON.
    file: PathBuf,
}

impl Import {
    /// Brings it in. The exit code is 1 where something is wrong with any row.
    ///
    /// # Errors
    /// When the mapping, the file or the database cannot be used.
    #[allow(clippy::print_stdout, reason = "what is wrong with rows is the command's output")]
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        let library = library(self.policies.as_deref())?;
        let all: Vec<&str> = library.landlords().collect();
        anyhow::ensure!(
            all.contains(&self.landlord.as_str()),
            "there is no policy of a landlord `{}`; there are those of {}",
            self.landlord,
            all.join(", ")
        );
        let mapping = self.mapping()?;
        ensure_there(&self.database)?;
        let database = Database::open(&self.database, 1)
            .with_context(|| format!("opening the database {}", self.database))?;
        let mut connection = database.connection()?;
        migrate::alone(&mut connection, |connection| know_landlords(connection, &library))?;
        let rulebook = bank_holidays::rulebook(&mut connection, library)?;
        let id = self.begin(&mut connection, mapping)?;
        let mut line = Line::new();
        let ended = carry_out(&mut connection, &rulebook, (&self.landlord, id), &Utc::now, &mut |import| {
            line.show(import)
        });
        let import = ended?.context("the import has gone from the database")?;
        line.end();
        let mut after = 0;
        loop {
            let page = store::errors(&mut connection, id, after, 1000)?;
            let Some((last, ..)) = page.last() else { break };
            after = *last;
            for (_, row, error) in &page {
                let column =
                    error.source.as_ref().map(|column| format!(" (column `{column}`)")).unwrap_or_default();
                println!("row {row}: {}{column}: {}: {}", error.field, error.code, error.detail);
            }
        }
        anyhow::ensure!(import.state != State::Failed, "{}", import.why.unwrap_or_default());
        if self.dry_run {
            write::once(&mut connection, &|connection: &mut Connection| store::remove_file(connection, id))?;
        }
        Ok(if import.progress.errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn mapping(&self) -> anyhow::Result<Mapping> {
        let name = self.mapping.display();
        let text = std::fs::read_to_string(&self.mapping).with_context(|| format!("reading {name}"))?;
        Mapping::from_toml(&text).map_err(|wrong| {
            let lines: Vec<String> =
                wrong.into_iter().map(|(place, detail)| format!("\n  {place}: {detail}")).collect();
            anyhow::anyhow!("{name} is no sound mapping:{}", lines.concat())
        })
    }

    /// Puts the file into the database, where a service can take the job over should this end in the middle.
    fn begin(&self, connection: &mut Connection, mapping: Mapping) -> anyhow::Result<ImportId> {
        let now = Utc::now().trunc_subsecs(6);
        let mut import = Kept {
            id: ImportId(Uuid::now_v7().as_u128()),
            landlord: self.landlord.clone(),
            state: State::AwaitingFile,
            mapping,
            special_category: true,
            dry_run: self.dry_run,
            origin: "command-line".to_owned(),
            created_at: now,
            created_by: "command-line".to_owned(),
            upload: None,
            file_bytes: None,
            file_digest: None,
            started_at: None,
            stepped_at: None,
            ended_at: None,
            progress: Progress::default(),
            why: None,
        };
        write::once(connection, &|connection: &mut Connection| store::create(connection, &import))?;
        let upload = Uuid::now_v7().to_string();
        let (bytes, digest) = self.store(connection, (import.id, &upload))?;
        import.upload = Some(upload);
        import.file_bytes = Some(bytes);
        import.file_digest = Some(digest);
        import.state = State::Running;
        import.started_at = Some(now);
        write::once(connection, &|connection: &mut Connection| store::update(connection, &import))?;
        Ok(import.id)
    }

    fn store(&self, connection: &mut Connection, upload: (ImportId, &str)) -> anyhow::Result<(i64, String)> {
        let name = self.file.display();
        let mut file = File::open(&self.file).with_context(|| format!("opening {name}"))?;
        let mut hasher = Sha256::new();
        let mut total = 0_u64;
        for number in 0.. {
            let mut piece = Vec::with_capacity(CHUNK);
            let room = u64::try_from(CHUNK)?;
            std::io::Read::by_ref(&mut file)
                .take(room)
                .read_to_end(&mut piece)
                .with_context(|| format!("reading {name}"))?;
            if piece.is_empty() {
                break;
            }
            total += u64::try_from(piece.len())?;
            anyhow::ensure!(total <= LARGEST_FILE, "{name} has more than {LARGEST_FILE} bytes");
            hasher.update(&piece);
            let stored: Result<(), StorageError> = write::once(connection, &|connection: &mut Connection| {
                store::add_chunk(connection, upload, number, &piece)
            });
            stored?;
        }
        let digest = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok((i64::try_from(total)?, digest))
    }
}

/// The line that says how it goes: written over on a terminal; elsewhere at the end alone.
struct Line {
    terminal: bool,
    last: String,
}

impl Line {
    fn new() -> Self {
        Self { terminal: std::io::stderr().is_terminal(), last: String::new() }
    }

    fn show(&mut self, import: &Kept) {
        let Progress { bytes, rows, failed, made, unchanged, .. } = import.progress;
        let percent =
            import.file_bytes.filter(|all| *all > 0).map_or(100, |all| bytes.saturating_mul(100) / all);
        let elapsed = import.started_at.map_or(0, |started| (Utc::now() - started).num_milliseconds()).max(1);
        let rate = rows.saturating_mul(1000) / elapsed;
        let tried = if import.dry_run { "would be made" } else { "made" };
        self.last = format!(
            "{percent:>3} %  {rows} rows, {made} cases {tried}, {unchanged} unchanged, {failed} failed, {rate} rows/s"
        );
        if self.terminal {
            self.write(&format!("\r{}\x1b[K", self.last));
        }
    }

    fn end(&self) {
        let last = if self.terminal { "" } else { self.last.as_str() };
        self.write(&format!("{last}\n"));
    }

    /// Should nobody be there to read it, the work goes on.
    fn write(&self, text: &str) {
        let mut stderr = std::io::stderr().lock();
        drop(stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush()));
    }
}
