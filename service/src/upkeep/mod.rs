//! What an operator does to a database besides serving from it.

mod backup;
mod command;
mod line;
mod log;
mod verify;

pub use backup::{BackupError, backup};
pub use command::{Backup, Verify};
pub use verify::{Found, Report, verify};
