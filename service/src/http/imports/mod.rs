//! A CRM's history, brought in: an import is made with its mapping, gets its file, is tried and started, and tells how far it has come.

mod cancel;
mod create;
mod errors;
mod list;
mod show;
mod start;
mod upload;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use cancel::operation as cancel;
pub use create::operation as create;
pub use errors::operation as errors;
pub use list::operation as list;
pub use show::operation as show;
pub use start::operation as start;
pub use upload::operation as upload;

use crate::imports::{ImportId, State};
use crate::problem::{Problem, codes};
use crate::storage::imports::Import;

/// Which import.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ImportPath {
    /// The import's id.
    import: ImportId,
}

/// An import.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Import")]
struct ImportView {
    /// Its id.
    id: ImportId,
    /// Where it stands.
    state: State,
    /// Whether nothing is kept of it: it only tries.
    dry_run: bool,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// By whom: a key's id, a token's issuer and subject, or `command-line`.
    created_by: String,
    /// The file's size in bytes; null until it is there.
    file_bytes: Option<i64>,
    /// The SHA-256 of the file, in hexadecimal; null until it is there.
    file_sha256: Option<String>,
    /// When it was started.
    started_at: Option<DateTime<Utc>>,
    /// When it was over.
    ended_at: Option<DateTime<Utc>>,
    /// How much of the file has been read, in percent, rounded down.
    percent: i64,
    /// The rows that have been read.
    rows_read: i64,
    /// The rows of which nothing was kept, because something is wrong with them.
    rows_failed: i64,
    /// The cases that were made; in a dry run, that would have been.
    cases_made: i64,
    /// The cases that had come before, just so, and were left as they are.
    cases_unchanged: i64,
    /// The events of the cases that were made.
    events_made: i64,
    /// How many errors there are to be read.
    errors: i64,
    /// How many rows were read in a second, so far; null until a second has passed.
    rows_per_second: Option<i64>,
    /// Why it could not go on; null where it could.
    why: Option<String>,
}

impl From<Import> for ImportView {
    fn from(import: Import) -> Self {
        let progress = import.progress;
        let seconds = import.started_at.zip(import.stepped_at).map(|(from, to)| (to - from).num_seconds());
        let all = import.file_bytes.filter(|all| *all > 0);
        Self {
            id: import.id,
            state: import.state,
            dry_run: import.dry_run,
            created_at: import.created_at,
            created_by: import.created_by,
            file_bytes: import.file_bytes,
            file_sha256: import.file_digest,
            started_at: import.started_at,
            ended_at: import.ended_at,
            percent: all.map_or(0, |all| progress.bytes.saturating_mul(100) / all),
            rows_read: progress.rows,
            rows_failed: progress.failed,
            cases_made: progress.made,
            cases_unchanged: progress.unchanged,
            events_made: progress.events,
            errors: progress.errors,
            rows_per_second: seconds.filter(|seconds| *seconds > 0).map(|seconds| progress.rows / seconds),
            why: import.why,
        }
    }
}

fn no_such() -> Problem {
    Problem::not_found("import")
}

/// That an import is not where something can be done.
fn not_now(state: State) -> Problem {
    Problem::new(codes::IMPORT_STATE, format!("the import is `{state}`"))
}
