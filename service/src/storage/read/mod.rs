//! What lists are made of: pages by keyset, so that one that was begun goes on where it was, whatever is written meanwhile. Every
//! reading takes the landlord that it is for, and finds nothing of another's.

pub mod cases;
pub mod due;
pub mod export;
pub mod feed;
pub mod filter;
pub mod items;
#[cfg(test)]
mod plan_tests;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

use super::Connection;

/// The backend that is written for: either.
type Either = <Connection as diesel::Connection>::Backend;

diesel::define_sql_function! {
    /// Letters in lower case, each by itself: as PostgreSQL does by the locale of the database, which must be one of UTF-8, and as
    /// [`lowered`] does on SQLite, whose own knows only the letters A to Z.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// Letters in lower case, each by itself and each one letter, so that both databases find the same: not as `str::to_lowercase` has it,
/// which makes two of `İ`, and something else of a `Σ` at the end of a word.
pub fn lowered(text: &str) -> String {
    text.chars().map(|letter| letter.to_lowercase().next().unwrap_or(letter)).collect()
}

/// Puts the functions that lists use into a connection to SQLite.
///
/// # Errors
/// When SQLite does not take them.
pub(super) fn register(connection: &mut diesel::sqlite::SqliteConnection) -> diesel::QueryResult<()> {
    lower_utils::register_impl(connection, |text: String| lowered(&text))
}
