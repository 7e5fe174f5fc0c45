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
    /// Letters in lower case: as PostgreSQL does by the locale of the database, which must be one of UTF-8, and as [`lowered`] does
    /// on SQLite, whose own knows only the letters A to Z.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

diesel::define_sql_function! {
    /// Each letter of `from` replaced by that of `to` in its place, or taken out where there is none.
    fn translate(text: diesel::sql_types::Text, from: diesel::sql_types::Text, to: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// What locales make lower in ways of their own: a sigma at the end of a word, and a dotted I, of which some leave the dot behind.
pub const UNEVEN: &str = "\u{3c2}\u{307}";
/// What stands in their places, for all locales alike.
pub const EVEN: &str = "\u{3c3}";

/// Text as `translate(lower(text), UNEVEN, EVEN)` has it on every database.
pub fn lowered(text: &str) -> String {
    translated(&text.to_lowercase(), UNEVEN, EVEN)
}

fn translated(text: &str, from: &str, to: &str) -> String {
    let each = |letter: char| match from.chars().position(|other| other == letter) {
        Some(place) => to.chars().nth(place),
        None => Some(letter),
    };
    text.chars().filter_map(each).collect()
}

/// Puts the functions that lists use into a connection to SQLite.
///
/// # Errors
/// When SQLite does not take them.
pub(super) fn register(connection: &mut diesel::sqlite::SqliteConnection) -> diesel::QueryResult<()> {
    lower_utils::register_impl(connection, |text: String| text.to_lowercase())?;
    translate_utils::register_impl(connection, |text: String, from: String, to: String| {
        translated(&text, &from, &to)
    })
}
