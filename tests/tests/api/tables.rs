//! What stands in a server's tables.

use redress_service::storage::Connection;
use redress_tests::database::{self, Database};
use redress_tests::tables;

use crate::api::server::Server;

pub use redress_tests::tables::Dump;

pub fn connect(database: &Database) -> Connection {
    database.connect().unwrap()
}

/// The one text column, named `line`, of a query.
pub fn lines(connection: &mut Connection, query: &str) -> Vec<String> {
    database::lines(connection, query).unwrap_or_else(|error| panic!("{error:#}"))
}

/// Executes statements that give nothing back.
pub fn execute(connection: &mut Connection, statements: &str) {
    database::execute(connection, statements).unwrap_or_else(|error| panic!("{error:#}"));
}

/// Every row of every table of a server.
pub fn dump(server: &Server) -> Dump {
    dump_of(server.database())
}

/// Every row of every table of a database.
pub fn dump_of(database: &Database) -> Dump {
    tables::dump(&mut connect(database)).unwrap_or_else(|error| panic!("{error:#}"))
}
