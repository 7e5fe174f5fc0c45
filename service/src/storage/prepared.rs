//! Statements that a connection prepares once and keeps.
//!
//! Asked through [`Connection`](super::Connection), diesel writes the SQL of a query anew each time, several times over, to find out
//! that it knows it already; and an `UPDATE` it never keeps, nor an `INSERT` in which a value may be left out, as their text might
//! depend on their values. Here a query is handed to the
//! connection of the backend itself, and a statement whose text is always the same is said to be so.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::query_dsl::RunQueryDsl;

/// Does something with the connection of the backend itself: `on!(connection => |it| query.execute(it))`.
#[macro_export]
macro_rules! on {
    ($connection:expr => |$it:ident| $work:expr) => {
        match $connection {
            $crate::storage::Connection::Sqlite($it) => $work,
            $crate::storage::Connection::Postgres($it) => $work,
        }
    };
}
pub use on;

/// A statement that is prepared once on each connection, known by the place in the program at which it stands. Its text must not
/// depend on anything but that place; its values may.
#[macro_export]
macro_rules! kept {
    ($query:expr) => {{
        struct Here;
        $crate::storage::prepared::Kept::<Here, _>::new($query)
    }};
}
pub use kept;

/// A statement that is always the same text. Made by `kept!`.
#[derive(Debug, Clone, Copy)]
pub struct Kept<Place, Statement> {
    statement: Statement,
    place: PhantomData<fn() -> Place>,
}

impl<Place, Statement> Kept<Place, Statement> {
    /// The statement of a place.
    pub const fn new(statement: Statement) -> Self {
        Self { statement, place: PhantomData }
    }
}

impl<DB: Backend, Place, Statement: QueryFragment<DB>> QueryFragment<DB> for Kept<Place, Statement> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.statement.walk_ast(pass)
    }

    // This is asked where rows come back. Where none do, diesel asks a reference, which walks the statement itself: an UPDATE that is to
    // be kept is therefore made with `update`.
    fn is_safe_to_cache_prepared(&self, _backend: &DB) -> QueryResult<bool> {
        Ok(true)
    }
}

impl<Place: 'static, Statement> QueryId for Kept<Place, Statement> {
    type QueryId = Place;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<Place, Statement: Query> Query for Kept<Place, Statement> {
    type SqlType = Statement::SqlType;
}

impl<Place, Statement, Conn> RunQueryDsl<Conn> for Kept<Place, Statement> {}

/// `UPDATE table SET changes WHERE place`: what `diesel::update` makes, but such that it can be kept. All the columns that the changes
/// can have must always be among them.
#[derive(Debug, Clone, Copy)]
pub struct Update<Changes, Which> {
    table: &'static str,
    changes: Changes,
    which: Which,
}

/// Changes some rows of a table.
pub const fn update<Changes, Which>(
    table: &'static str,
    changes: Changes,
    which: Which,
) -> Update<Changes, Which> {
    Update { table, changes, which }
}

impl<DB, Changes, Which> QueryFragment<DB> for Update<Changes, Which>
where
    DB: Backend,
    Changes: QueryFragment<DB>,
    Which: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        pass.push_sql("UPDATE ");
        pass.push_identifier(self.table)?;
        pass.push_sql(" SET ");
        self.changes.walk_ast(pass.reborrow())?;
        pass.push_sql(" WHERE ");
        self.which.walk_ast(pass)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use diesel::connection::{Connection as _, InstrumentationEvent, SimpleConnection};
    use diesel::prelude::{ExpressionMethods, QueryDsl, RunQueryDsl};
    use diesel::query_builder::AsChangeset;
    use diesel::sqlite::SqliteConnection;

    use super::super::schema::feed_heads;
    use super::update;

    #[test]
    fn a_statement_that_is_kept_is_prepared_once_whatever_its_values() {
        let mut connection = SqliteConnection::establish(":memory:").unwrap();
        connection
            .batch_execute(
                "CREATE TABLE feed_heads (landlord_id TEXT, last INTEGER);
                 INSERT INTO feed_heads VALUES ('one', 0), ('other', 0)",
            )
            .unwrap();
        let kept = Arc::new(AtomicU32::new(0));
        let count = kept.clone();
        connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if matches!(event, InstrumentationEvent::CacheQuery { .. }) {
                count.fetch_add(1, Ordering::Relaxed);
            }
        });
        let mut moved = |landlord: &str, to: i64| {
            let moved = feed_heads::last.eq(to).as_changeset();
            kept!(update("feed_heads", moved, feed_heads::landlord_id.eq(landlord))).execute(&mut connection)
        };
        assert_eq!((moved("one", 3), moved("other", 4), moved("none", 5)), (Ok(1), Ok(1), Ok(0)));
        assert_eq!(kept.load(Ordering::Relaxed), 1);
        let heads =
            feed_heads::table.order(feed_heads::last).select((feed_heads::landlord_id, feed_heads::last));
        let heads: Vec<(String, i64)> = heads.load(&mut connection).unwrap();
        assert_eq!(heads, [("one".to_owned(), 3), ("other".to_owned(), 4)]);
    }
}
