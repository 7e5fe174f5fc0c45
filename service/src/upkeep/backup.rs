//! A copy of the database as it stood at one moment, made while others write.

use std::fs::File;
use std::path::{Path, PathBuf};

use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};

use crate::storage::address::make_private;
use crate::storage::{Address, Connection, StorageError};

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A server's database is copied with the server's own tools.
    #[error(
        "this copies SQLite files; for PostgreSQL use pg_dump --format=custom, which copies while others write too"
    )]
    NotAFile,
    /// Something stands where the copy would go.
    #[error("{0} is there already; name a file that is not")]
    InTheWay(PathBuf),
    /// A name that SQLite could not be told.
    #[error("the name of the copy is not UTF-8")]
    Name,
    /// The database to copy is not there.
    #[error("{0} is not there")]
    Missing(String),
    /// The copy does not read as a sound database.
    #[error("the copy is not sound: {0}")]
    Unsound(String),
    /// A file could not be written.
    #[error("writing the copy: {0}")]
    File(#[from] std::io::Error),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<diesel::result::Error> for BackupError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Storage(error.into())
    }
}

/// Copies a SQLite database, as it stood at one moment, into a new file. The copy has that name only when it is whole, sound and on
/// disk.
///
/// # Errors
/// See [`BackupError`]; no file is left behind.
pub fn backup(from: &Address, to: &Path) -> Result<(), BackupError> {
    let Address::Sqlite(file) = from else { return Err(BackupError::NotAFile) };
    if !Path::new(file).is_file() {
        return Err(BackupError::Missing(file.clone()));
    }
    if to.exists() {
        return Err(BackupError::InTheWay(to.to_owned()));
    }
    let name = to.to_str().ok_or(BackupError::Name)?;
    // A name that no other copy has, even one that is made at the same moment.
    let unfinished = PathBuf::from(format!("{name}.{}.unfinished", std::process::id()));
    let copied = copy(from, &unfinished).and_then(|()| keep(&unfinished, to));
    if copied.is_err() {
        // What went wrong first is what is said.
        let _ = std::fs::remove_file(&unfinished);
    }
    copied
}

#[derive(QueryableByName)]
struct Check {
    #[diesel(sql_type = Text)]
    quick_check: String,
}

fn copy(from: &Address, to: &Path) -> Result<(), BackupError> {
    let mut connection = Connection::open(from)?;
    // All personal data is in it, and the secrets of webhooks: as the database itself, it is its owner's from its first byte.
    make_private(&Address::file(to))?;
    sql_query("VACUUM INTO $1")
        .bind::<Text, _>(to.to_string_lossy().into_owned())
        .execute(&mut connection)?;
    let mut copy = Connection::open(&Address::file(to))?;
    let found: Vec<Check> = sql_query("PRAGMA quick_check").load(&mut copy)?;
    let wrong: Vec<String> =
        found.into_iter().map(|line| line.quick_check).filter(|line| line != "ok").collect();
    if wrong.is_empty() { Ok(()) } else { Err(BackupError::Unsound(wrong.join("; "))) }
}

/// Puts the copy on disk, and then gives it its name.
fn keep(unfinished: &Path, to: &Path) -> Result<(), BackupError> {
    File::open(unfinished)?.sync_all()?;
    // Unlike a change of name, a link does not take the place of a file that has come up meanwhile.
    std::fs::hard_link(unfinished, to)?;
    std::fs::remove_file(unfinished)?;
    let folder =
        to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    Ok(File::open(folder)?.sync_all()?)
}
