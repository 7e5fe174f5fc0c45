//! What an operator does to a database besides serving from it.

mod backup;
mod case;
mod command;
mod documents;
mod found;
mod line;
mod log;
mod retention;
mod told;
mod verify;

pub use backup::{BackupError, backup};
pub use command::{Backup, Verify};
pub use documents::verify_documents;
pub use found::{Found, Report};
pub use retention::Retention;
pub use verify::verify;
