//! `redress-service keys …`: issues, lists, rotates and revokes API keys, whether the service runs or not. A new key goes to stdout,
//! everything else that there is to say to stderr.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, SubsecRound as _, TimeDelta, Utc};
use clap::{Args, Subcommand};
use redress_service::access::key::Key;
use redress_service::access::{Role, Scope};
use redress_service::application::{know_landlords, library};
use redress_service::storage::address::ensure_there;
use redress_service::storage::keys::{self, Issued, Wanted};
use redress_service::storage::{Address, Connection, Database, StorageError, migrate, write};
use redress_shared::calendar::london;
use redress_shared::case::record::Label;

/// By whom keys are issued here.
const BY: &str = "command-line";
/// How many keys are read from the database at once.
const PAGE: i64 = 200;

/// Keys, and where they are kept.
#[derive(Debug, Args)]
pub struct Keys {
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

/// What to do with keys.
#[derive(Debug, Subcommand)]
enum Action {
    /// Issue a key, and print it: it is shown this once.
    Create {
        /// The landlord's id, as its policy has it, such as `hartlepool`.
        #[arg(long)]
        landlord: String,
        /// What it is for: integration, officer, manager, auditor or administrator.
        #[arg(long)]
        role: Role,
        /// What to call it.
        #[arg(long)]
        name: String,
        /// A scope over and above the role's, such as `special-category`; may be given more than once.
        #[arg(long = "scope")]
        scopes: Vec<Scope>,
        /// The last day, in London, on which it is good; without it, until it is revoked.
        #[arg(long)]
        expires: Option<NaiveDate>,
    },
    /// Print a landlord's keys, those that are over too.
    List {
        /// The landlord's id.
        #[arg(long)]
        landlord: String,
    },
    /// End a key at once.
    Revoke {
        /// The key's prefix, with or without `rdr_`.
        key: String,
    },
    /// Issue a key in place of another, and print it. The old one stays good for a while.
    Rotate {
        /// The old key's prefix, with or without `rdr_`.
        key: String,
        /// For how many hours the old one stays good; at most a week.
        #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u32).range(0..=keys::LONGEST_OVERLAP_HOURS))]
        overlap_hours: u32,
    },
}

impl Keys {
    /// Does it.
    ///
    /// # Errors
    /// When the database cannot be used, or there is no such landlord or key.
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        // The first key comes before the first start; all else is of a database that there is.
        if !matches!(self.action, Action::Create { .. }) {
            ensure_there(&self.database)?;
        }
        let database = Database::open(&self.database, 1)
            .with_context(|| format!("opening the database {}", self.database))?;
        let library = library(self.policies.as_deref())?;
        let known = |landlord: &str| {
            let all: Vec<&str> = library.landlords().collect();
            anyhow::ensure!(
                all.contains(&landlord),
                "there is no policy of a landlord `{landlord}`; there are those of {}",
                all.join(", ")
            );
            Ok(())
        };
        let mut connection = database.connection()?;
        let now = Utc::now().trunc_subsecs(6);
        match &self.action {
            Action::Create { landlord, role, name, scopes, expires } => {
                known(landlord)?;
                migrate::alone(&mut connection, |connection| know_landlords(connection, &library))?;
                let expires_at = expires.map(london::end_of_day);
                anyhow::ensure!(expires_at.is_none_or(|end| now < end), "that day is over; name one to come");
                let name = Label::try_from(name.clone()).context("the name")?;
                let wanted =
                    Wanted { landlord, name: name.as_str(), role: *role, scopes, expires_at, created_by: BY };
                create(&mut connection, &wanted, now)?;
            }
            Action::List { landlord } => {
                known(landlord)?;
                list(&mut connection, landlord, now)?;
            }
            Action::Revoke { key } => {
                let key = find(&mut connection, key)?;
                write::once(&mut connection, &|connection: &mut Connection| {
                    keys::revoke(connection, &key.landlord, key.id, now)
                })?;
                say(&format!("revoked {}", described(&key)));
            }
            Action::Rotate { key, overlap_hours } => {
                let key = find(&mut connection, key)?;
                rotate(&mut connection, &key, TimeDelta::hours(i64::from(*overlap_hours)), now)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn create(connection: &mut Connection, wanted: &Wanted<'_>, now: DateTime<Utc>) -> anyhow::Result<()> {
    let key = Key::generate()?;
    let issued =
        write::once(connection, &|connection: &mut Connection| keys::create(connection, &key, wanted, now))?;
    say(&format!("issued {}; the key is shown this once:", described(&issued)));
    print(&key.reveal());
    Ok(())
}

fn rotate(
    connection: &mut Connection,
    old: &Issued,
    overlap: TimeDelta,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let key = Key::generate()?;
    let (new, old) = write::once(connection, &|connection: &mut Connection| {
        keys::rotate(connection, (&old.landlord, old.id), &key, overlap, (BY, now))
    })?;
    say(&format!("{} takes the place of {}", described(&new), described(&old)));
    say("the key is shown this once:");
    print(&key.reveal());
    Ok(())
}

fn list(connection: &mut Connection, landlord: &str, now: DateTime<Utc>) -> Result<(), StorageError> {
    print("prefix\trole\tscopes besides\tstate\tcreated\tlast used\tname");
    let mut after = None;
    loop {
        let page = keys::of_landlord(connection, landlord, after, PAGE)?;
        for key in &page {
            let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.as_str()).collect();
            let columns = [
                format!("rdr_{}", key.prefix),
                key.role.to_string(),
                if scopes.is_empty() { "-".to_owned() } else { scopes.join(",") },
                standing(key, now),
                day(key.created_at),
                key.last_used_at.map_or_else(|| "never".to_owned(), day),
                key.name.clone(),
            ];
            print(&columns.join("\t"));
        }
        after = page.last().map(|key| key.id);
        if after.is_none() {
            return Ok(());
        }
    }
}

/// The key of a prefix, which may be written as in the key, or be the whole key.
fn find(connection: &mut Connection, text: &str) -> anyhow::Result<Issued> {
    let prefix = text.strip_prefix("rdr_").unwrap_or(text);
    let prefix = prefix.split('_').next().unwrap_or_default();
    let found = keys::by_prefix(connection, prefix)?;
    found.context("there is no key with that prefix; `redress-service keys list --landlord …` shows those that there are")
}

fn described(key: &Issued) -> String {
    let end = key.expires_at.map_or_else(String::new, |end| format!(", good until {}", minute(end)));
    format!("rdr_{}… ({}, {}, “{}”{end})", key.prefix, key.landlord, key.role, key.name)
}

fn standing(key: &Issued, now: DateTime<Utc>) -> String {
    match (key.revoked_at, key.expires_at) {
        (Some(at), _) => format!("revoked {}", minute(at)),
        (None, Some(end)) if end <= now => format!("expired {}", minute(end)),
        (None, Some(end)) => format!("until {}", minute(end)),
        (None, None) => "in force".to_owned(),
    }
}

fn minute(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%MZ").to_string()
}

fn day(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d").to_string()
}

#[allow(clippy::print_stderr, reason = "what is said beside the data")]
fn say(words: &str) {
    eprintln!("{words}");
}

#[allow(clippy::print_stdout, reason = "the data that was asked for")]
fn print(line: &str) {
    println!("{line}");
}
