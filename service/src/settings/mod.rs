//! What can be set: one documented file, `redress.example.toml`; the environment over it; flags over both; and what holds where nothing
//! is set under them. All of it is looked at before anything is started, and everything that is wrong is said at once.

mod check;
mod due_soon;
mod feed;
mod keys;
mod layers;
mod problem;
mod reader;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::time::Duration;

pub use self::due_soon::{DueSoon, kind_of};
pub use self::feed::{CalendarFeed, is_here};
pub use self::keys::ENVIRONMENT;
pub use self::layers::{Arguments, Loaded, load, strays};
pub use self::problem::{Problem, WrongSettings};

use crate::access::oidc;
use crate::documents::{DocumentLimits, StoreAddress, StoreSettings};
use crate::http::limits::Limits;
use crate::storage::Address;
use crate::webhooks;

/// How the service runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The API's listener.
    pub http: Http,
    /// The listener for whoever operates the service.
    pub operations: Operations,
    /// Where cases are kept.
    pub database: Database,
    /// The landlords' rules.
    pub rules: Rules,
    /// What letters look like.
    pub letters: Letters,
    /// How much may be asked for.
    pub limits: Limits,
    /// The log.
    pub log: Log,
    /// Whose tokens are believed.
    pub oidc: Oidc,
    /// What the service does by itself.
    pub duties: Duties,
    /// How what happens is told to webhooks.
    pub webhooks: webhooks::Settings,
    /// What it tells of because its time comes.
    pub timers: Timers,
    /// Where bank holidays come from.
    pub calendar: Calendar,
    /// What is attached to cases.
    pub documents: Documents,
    /// How long personal data is kept.
    pub retention: Retention,
}

/// How the API is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Http {
    /// The address to listen on, `host:port`; port 0 takes a free one.
    pub listen: String,
    /// The threads that answer requests.
    pub workers: u16,
    /// How many seconds what has been asked may take to be answered once the service is to stop.
    pub drain_seconds: u16,
    /// For how many seconds the service says that it is not ready before it takes no more connections.
    pub drain_notice_seconds: u16,
}

/// The listener for whoever operates the service: its figures are of all landlords, so it is not the API's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operations {
    /// The address to listen on, `host:port`; none turns it off.
    pub listen: Option<String>,
}

/// Where cases are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Database {
    /// The database.
    pub url: Address,
    /// The most connections that are open at once; a request that finds none free waits for one.
    pub connections: u16,
}

/// The landlords' rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// A folder of policy profiles to add to the built-in ones.
    pub policies: Option<PathBuf>,
}

/// What letters look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letters {
    /// A folder that has a folder of templates for each landlord with templates of its own.
    pub templates: Option<PathBuf>,
}

/// The log, which goes to stderr.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// How a line is written.
    pub format: LogFormat,
    /// What is written: a level, or levels by module, such as `info,redress_service=debug`.
    pub filter: String,
}

/// How a line of the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

/// Whose tokens are believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oidc {
    /// Those who issue them.
    pub issuers: Vec<oidc::Issuer>,
}

/// What the service does by itself: webhooks, timers and the like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duties {
    /// Whether this instance does its share of it.
    pub run: bool,
}

/// What the service tells of because its time comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timers {
    /// How long before.
    pub due_soon: DueSoon,
}

/// Where bank holidays come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Where they are read.
    pub feed_url: CalendarFeed,
    /// How many hours lie between two times of reading.
    pub every_hours: u16,
    /// How many months before the last day of which the bank holidays are known a warning is logged.
    pub warn_months: u32,
}

/// What is attached to cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Documents {
    /// Where the files are.
    pub store: StoreSettings,
    /// How much is taken.
    pub limits: DocumentLimits,
    /// After how many days a file that no row speaks of is taken away.
    pub stray_days: u16,
}

/// How long personal data is kept once a case is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// For how many years after the day on which the case ended.
    pub years: u16,
    /// Whether the service erases by itself what is past it.
    pub apply: bool,
}

impl Default for Documents {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        let address = StoreAddress::Folder("documents".into());
        let within = Duration::from_secs(600);
        Self {
            store: StoreSettings { address, endpoint: None, region: None },
            limits: DocumentLimits { file: 25 * MIB, case: 500 * MIB, count: 500, within },
            stray_days: 7,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            // SQLite writes one at a time, so that more threads seldom help.
            http: Http {
                listen: "127.0.0.1:8080".to_owned(),
                workers: 2,
                drain_seconds: 20,
                drain_notice_seconds: 0,
            },
            operations: Operations { listen: Some("127.0.0.1:9090".to_owned()) },
            database: Database { url: Address::Sqlite("redress.db".to_owned()), connections: 8 },
            rules: Rules { policies: None },
            letters: Letters { templates: None },
            limits: Limits::default(),
            log: Log { format: LogFormat::Text, filter: "info".to_owned() },
            oidc: Oidc { issuers: Vec::new() },
            duties: Duties { run: true },
            webhooks: webhooks::Settings::default(),
            timers: Timers { due_soon: DueSoon::default() },
            calendar: Calendar { feed_url: CalendarFeed::default(), every_hours: 24, warn_months: 6 },
            documents: Documents::default(),
            retention: Retention { years: 6, apply: false },
        }
    }
}
