//! `redress-service calendar …`: takes bank holidays in from a file, whether the service runs or not. A service that runs takes them up
//! within seconds.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use chrono::{SubsecRound as _, Utc};
use clap::{Args, Subcommand};
use redress_service::application::{know_landlords, library};
use redress_service::background::bank_holidays::DIVISION;
use redress_service::notices::CalendarChanged;
use redress_service::storage::address::ensure_there;
use redress_service::storage::{Address, Connection, Database, calendars, migrate, write};
use redress_service::use_cases::bank_holidays::{NotTaken, replace, settle, take};
use redress_shared::calendar::{Calendar, Feed};

/// Bank holidays, and where they are kept.
#[derive(Debug, Args)]
pub struct Calendars {
    /// The database, as for `serve`.
    #[arg(
        long,
        global = true,
        env = "REDRESS_DATABASE_URL",
        hide_env_values = true,
        default_value = "sqlite:redress.db"
    )]
    database: Address,
    /// A folder of policy profiles to add to the built-in ones, as for `serve`.
    #[arg(long, global = true, env = "REDRESS_POLICIES")]
    policies: Option<PathBuf>,
    #[command(subcommand)]
    action: Action,
}

/// What to do with them.
#[derive(Debug, Subcommand)]
enum Action {
    /// Take in the bank holidays of a file, for sites without a way to the internet.
    Update {
        /// The government's bank-holidays.json, or a calendar of Redress's.
        file: PathBuf,
        /// Count on exactly this calendar of Redress's from now on, which is the way to take a day away that was moved. It needs a version
        /// that no other has had.
        #[arg(long)]
        replace: bool,
    },
}

impl Calendars {
    /// Does it.
    ///
    /// # Errors
    /// When the file cannot be used, or the database fails.
    #[allow(clippy::print_stderr, reason = "this is the command's output")]
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let Action::Update { file, replace: exactly } = &self.action;
        let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        let source = source(file);
        let library = library(self.policies.as_deref())?;
        ensure_there(&self.database)?;
        let database = Database::open(&self.database, 1)?;
        let connection = &mut *database.connection()?;
        migrate::alone(connection, |connection| know_landlords(connection, &library))?;
        let changed = if *exactly {
            let calendar =
                Calendar::from_json(&text).with_context(|| format!("reading {}", file.display()))?;
            put(connection, &calendar, &source)?
        } else {
            let feed = feed(&text).with_context(|| format!("reading {}", file.display()))?;
            let now = Utc::now().trunc_subsecs(6);
            let taken = write::once(connection, &|connection| take(connection, &feed, &source, now))?;
            for day in taken.unlisted {
                eprintln!("{day} is kept although it is not listed");
            }
            taken.changed
        };
        match changed {
            Some(CalendarChanged { calendar, added, removed, known_to, .. }) => eprintln!(
                "from now on `{calendar}`: {} bank holidays added, {} taken away, known to {known_to}",
                added.len(),
                removed.len()
            ),
            None => eprintln!("nothing is new"),
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn put(
    connection: &mut Connection,
    calendar: &Calendar,
    source: &str,
) -> anyhow::Result<Option<CalendarChanged>> {
    let now = Utc::now().trunc_subsecs(6);
    write::once(connection, &|connection| settle(connection, now))?;
    let version = calendar.version();
    let holds = calendars::latest(connection)?.is_some_and(|kept| kept.calendar == *calendar);
    let taken = calendars::versions(connection)?.iter().any(|known| known == version);
    anyhow::ensure!(holds || !taken, "there is a calendar `{version}` already: name a new version");
    Ok(write::once(connection, &|connection| replace(connection, calendar, source, now))
        .map_err(|error: NotTaken| error)?)
}

/// The government's list, or a calendar of Redress's.
fn feed(text: &str) -> anyhow::Result<Feed> {
    match Calendar::from_json(text) {
        Ok(calendar) => Ok(Feed::from(&calendar)),
        Err(_) => Ok(Feed::from_government(text, DIVISION)?),
    }
}

/// What the source is called: the file's name, and not where this machine has it.
fn source(file: &Path) -> String {
    format!("file:{}", file.file_name().unwrap_or_default().to_string_lossy())
}
