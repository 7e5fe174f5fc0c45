//! What can be set, each with its environment variable.

use std::path::PathBuf;

/// How the service runs.
#[derive(Debug, Clone, clap::Args)]
pub struct Settings {
    /// The SQLite file; made where there is none.
    #[arg(long, env = "REDRESS_DATABASE", default_value = "redress.db")]
    pub database: PathBuf,
    /// The address to listen on; port 0 takes a free one.
    #[arg(long, env = "REDRESS_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// A folder of policy profiles to add to the built-in ones.
    #[arg(long, env = "REDRESS_POLICIES")]
    pub policies: Option<PathBuf>,
}
