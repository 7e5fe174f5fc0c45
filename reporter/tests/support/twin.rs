//! The same rows in PostgreSQL: whatever a page is made of there, it is the same to the byte.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use redress_postgres::{Care, Cluster, Database, available};
use redress_reporter::Request;
use redress_reporter::source::{Address, Origin};

use super::contract::{Dialect, tables};

/// The rows of each file that a test has written, as statements.
static WRITTEN: Mutex<BTreeMap<PathBuf, String>> = Mutex::new(BTreeMap::new());

thread_local! {
    /// The last twin that the test of this thread has asked for, by its rows.
    static LAST: RefCell<Option<(String, Database)>> = const { RefCell::new(None) };
}

/// Notes what was written into a file.
pub fn note(file: &Path, rows: &str) {
    WRITTEN.lock().unwrap_or_else(PoisonError::into_inner).insert(file.to_owned(), rows.to_owned());
}

/// The request on the rows' twin in PostgreSQL; none where PostgreSQL is not installed.
pub fn of(request: &Request) -> Option<Request> {
    let rows = rows_of(request)?;
    if !available().expect("PostgreSQL") {
        return None;
    }
    let url = LAST.with_borrow_mut(|last| match last {
        Some((known, database)) if *known == rows => database.url().to_owned(),
        _ => {
            let database = made(&rows);
            let url = database.url().to_owned();
            *last = Some((rows, database));
            url
        }
    });
    let out = request.out.join("from-postgres");
    Some(Request { origin: Address::Postgres(url).into(), out, ..request.clone() })
}

/// The rows that were written into the request's file.
fn rows_of(request: &Request) -> Option<String> {
    let Origin::Database(Address::Sqlite(file)) = &request.origin else { return None };
    WRITTEN.lock().unwrap_or_else(PoisonError::into_inner).get(Path::new(file)).cloned()
}

/// A server with the request's rows, and a replica of it; none where PostgreSQL is not installed.
pub fn replicated(request: &Request) -> Option<(Database, [Cluster; 2])> {
    let rows = rows_of(request)?;
    if !available().expect("PostgreSQL") {
        return None;
    }
    let server = Cluster::start(Care::Durable, template).expect("a server");
    let database = filled(&server, &rows);
    let replica = server.replica().expect("a replica");
    Some((database, [server, replica]))
}

/// A database with these rows.
pub fn made(rows: &str) -> Database {
    filled(Cluster::shared(template).expect("a server"), rows)
}

/// Makes the tables that the rows go into.
fn template(url: &str) -> anyhow::Result<()> {
    // Rows are written as SQLite takes them, with numbers for yes and no.
    let lenient = "UPDATE pg_cast SET castcontext = 'a' \
                   WHERE castsource = CAST('int4' AS regtype) AND casttarget = CAST('bool' AS regtype);";
    let mut connection = PgConnection::establish(url)?;
    Ok(connection.batch_execute(&format!("{lenient}\n{}", tables(Dialect::Postgres)))?)
}

fn filled(cluster: &Cluster, rows: &str) -> Database {
    let database = cluster.database().expect("a database");
    let mut connection = PgConnection::establish(database.url()).expect("a connection");
    connection.batch_execute(&format!("BEGIN;\n{rows}COMMIT;")).expect("the rows");
    database
}
