//! Statements that a connection prepares once and keeps.
//!
//! Asked through [`Connection`](super::Connection), diesel writes the SQL of a query anew each time, several times over, to find out
//! that it knows it already; and an `UPDATE` it never keeps, as its text might depend on its values. Here a query is handed to the
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

    // Asked of what gives rows; of what gives none, diesel asks the statement itself.
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
