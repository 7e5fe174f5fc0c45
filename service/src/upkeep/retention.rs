//! `retention` on the command line: what has been kept for long enough, and its end.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{SubsecRound, Utc};
use redress_shared::calendar::london;
use redress_shared::case::CaseId;

use crate::application::library;
use crate::storage::address::ensure_there;
use crate::storage::write::once;
use crate::storage::{Address, Connection, StorageError, migrate, whole};
use crate::use_cases::personal::retention::{Due, apply, due, kept_years};

/// How many cases are looked at at once.
const PAGE: i64 = 500;

/// Say what has been kept for long enough, and erase it.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("what").required(true)))]
pub struct Retention {
    /// The database: `sqlite:redress.db`, or `postgres://user@host/database`.
    #[arg(long, env = "REDRESS_DATABASE_URL", hide_env_values = true, default_value = "sqlite:redress.db")]
    database: Address,
    /// A folder of policy profiles to add to the built-in ones, as for `serve`.
    #[arg(long, env = "REDRESS_POLICIES")]
    policies: Option<PathBuf>,
    /// The landlord's id, as its policy has it; all landlords where it is not given.
    #[arg(long)]
    landlord: Option<String>,
    /// For how many years after a case has ended its words, names and documents are kept where the landlord's policy does not say.
    #[arg(long, env = "REDRESS_RETENTION_YEARS", default_value_t = 6)]
    years: u16,
    /// Only say what is due.
    #[arg(long, group = "what")]
    dry_run: bool,
    /// Erase what is due; the documents' files are taken away by the service.
    #[arg(long, group = "what")]
    apply: bool,
}

impl Retention {
    /// Does it; each case is a line on stdout, the sum goes to stderr, and so do the cases that are damaged: they stay, the others are gone
    /// on with, and the exit code tells of it.
    ///
    /// # Errors
    /// When the database fails; what was erased by then stays erased.
    #[allow(clippy::print_stdout, clippy::print_stderr, reason = "this is the command's output")]
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        anyhow::ensure!((1..=100).contains(&self.years), "--years must be from 1 to 100");
        let library = library(self.policies.as_deref())?;
        ensure_there(&self.database)?;
        let mut connection = Connection::open(&self.database)?;
        migrate::is_up_to_date(&mut connection)?;
        let (mut found, mut erased, mut exit) = (0_u64, 0_u64, ExitCode::SUCCESS);
        for landlord in self.landlords(&mut connection)? {
            let today = london::date_of(Utc::now());
            let (years, _) = kept_years(&library, &landlord, today, self.years);
            let damaged = walk(&mut connection, (&landlord, years), &mut |connection, due| {
                found += 1;
                println!("{}", said(&landlord, due));
                if self.apply && due.hold.is_none() {
                    let now = Utc::now().trunc_subsecs(6);
                    let done =
                        once(connection, &|connection| apply(connection, (&landlord, years), now, due.case))?;
                    erased += u64::from(done.is_some());
                }
                Ok(())
            })?;
            for (case, why) in damaged {
                eprintln!("{landlord} case {case} stays: {why}");
                exit = ExitCode::FAILURE;
            }
        }
        eprintln!("{found} cases due, {erased} erased");
        Ok(exit)
    }

    /// The landlords whose cases are looked at.
    fn landlords(&self, connection: &mut Connection) -> anyhow::Result<Vec<String>> {
        let all = whole::landlords(connection)?;
        let Some(one) = &self.landlord else { return Ok(all) };
        anyhow::ensure!(all.contains(one), "there is no landlord `{one}`; there are {}", all.join(", "));
        Ok(vec![one.clone()])
    }
}

fn walk(
    connection: &mut Connection,
    (landlord, years): (&str, u16),
    each: &mut dyn FnMut(&mut Connection, &Due) -> Result<(), StorageError>,
) -> Result<Vec<(CaseId, StorageError)>, StorageError> {
    let now = Utc::now();
    let mut damaged = Vec::new();
    let mut after = Some(String::new());
    while let Some(from) = after {
        let today = london::date_of(now);
        let page = due(connection, (landlord, years), (today, now), &from, PAGE)?;
        for due in &page.due {
            each(connection, due)?;
        }
        damaged.extend(page.damaged);
        after = page.next;
    }
    Ok(damaged)
}

fn said(landlord: &str, due: &Due) -> String {
    let Due { case, ended_on, erase_from, hold, going: (records, documents) } = due;
    let head = format!("{landlord} case {case}: ended on {ended_on}, to be kept until {erase_from}");
    match hold {
        Some(reason) => format!("{head}, on hold: {}", reason.as_str()),
        None => format!("{head}, {records} records, {documents} documents"),
    }
}
