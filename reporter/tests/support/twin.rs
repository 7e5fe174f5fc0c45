//! The same rows in PostgreSQL: whatever a page is made of there, it is the same to the byte.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use redress_postgres::{Cluster, Database, available};
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
    let Origin::Database(Address::Sqlite(file)) = &request.origin else { return None };
    let rows = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner).get(Path::new(file)).cloned()?;
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

/// A database with these rows.
pub fn made(rows: &str) -> Database {
    // Rows are written as SQLite takes them, with numbers for yes and no.
    let lenient = "UPDATE pg_cast SET castcontext = 'a' \
                   WHERE castsource = CAST('int4' AS regtype) AND casttarget = CAST('bool' AS regtype);";
    let cluster = Cluster::shared(|url| {
        let mut connection = PgConnection::establish(url)?;
        Ok(connection.batch_execute(&format!("{lenient}\n{}", tables(Dialect::Postgres)))?)
    });
    let database = cluster.and_then(Cluster::database).expect("a database");
    let mut connection = PgConnection::establish(database.url()).expect("a connection");
    connection.batch_execute(&format!("BEGIN;\n{rows}COMMIT;")).expect("the rows");
    database
}
