//! What can be set, each with its environment variable.

use std::path::PathBuf;

use crate::access::oidc::Issuer;
use crate::storage::Address;

/// How the service runs.
#[derive(Debug, Clone, clap::Args)]
pub struct Settings {
    /// The database: `sqlite:redress.db`, a file that is made where there is none, or `postgres://user@host/database`.
    #[arg(long, env = "REDRESS_DATABASE_URL", default_value = "sqlite:redress.db")]
    pub database: Address,
    /// The address to listen on; port 0 takes a free one.
    #[arg(long, env = "REDRESS_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// A folder of policy profiles to add to the built-in ones.
    #[arg(long, env = "REDRESS_POLICIES")]
    pub policies: Option<PathBuf>,
    /// The threads that answer requests.
    #[arg(long, env = "REDRESS_WORKERS", default_value_t = Self::WORKERS, value_parser = clap::value_parser!(u16).range(1..))]
    pub workers: u16,
    /// The most connections to the database that are open at once; a request that finds none free waits for one.
    #[arg(long, env = "REDRESS_CONNECTIONS", default_value_t = Self::CONNECTIONS, value_parser = clap::value_parser!(u16).range(1..))]
    pub connections: u16,
    /// Who issues bearer tokens that are taken besides keys; nobody, where none is set.
    #[arg(skip)]
    pub issuers: Vec<Issuer>,
}

impl Settings {
    /// How many threads answer requests where nothing else is set: SQLite writes one at a time, so that more seldom help.
    pub const WORKERS: u16 = 2;
    /// How many connections to the database there are where nothing else is set.
    pub const CONNECTIONS: u16 = 8;
}
