//! Lists and what is due, as closed cases pile up.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl as _, sql_query};
use redress_service::storage::{Address, Connection as Database};

use super::figures::{Times, ratio, shown};
use super::http::Connection;
use super::life;
use super::service::Service;

/// How many closed cases there are at first, and then.
const FEW: u32 = 10_000;
const MANY: u32 = 1_000_000;

const PATHS: [(&str, &str); 4] = [
    ("open cases", "/v1/cases?open=true&sort=due"),
    ("overdue", "/v1/cases?overdue=true&sort=due"),
    ("an officer's", "/v1/cases?open=true&handler=officer-1"),
    ("what is due", "/v1/due?within_days=30"),
];

/// Times the same lists over 300 open cases, with few closed ones and with many.
pub fn piled_up(name: &str, database: &str, million: bool) {
    let many = if million { MANY } else { MANY / 10 };
    println!("\nLists of 300 open cases among closed ones ({name})");
    let service = Service::start(database);
    let mut rows = Rows::of(database);
    let mut connection = Connection::open(&service.address, &service.key).expect("a connection");
    for _ in 0..300 {
        let (_, case) = life::receive(&mut connection);
        for (verb, content) in life::steps().iter().take(2) {
            life::command(&mut connection, &case, verb, content);
        }
    }
    rows.close(FEW);
    let few: Vec<Duration> = PATHS.iter().map(|(_, path)| median(&mut connection, path)).collect();
    rows.close(many - FEW);
    for ((name, path), few) in PATHS.iter().zip(few) {
        let then = median(&mut connection, path);
        println!(
            "  {name:<14} {:>9} among {FEW}, {:>9} among {many}: {}",
            shown(few),
            shown(then),
            ratio(then.as_micros(), few.as_micros())
        );
    }
}

fn median(connection: &mut Connection, path: &str) -> Duration {
    let begun = Instant::now();
    let mut times = Times::default();
    for _ in 0..200 {
        let answer = times.take(|| connection.get(path).expect("an answer"));
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
    }
    Times::of(vec![times], begun.elapsed()).percentile(50)
}

/// The table of cases, past the service: lists look at the rows alone.
struct Rows(Database);

/// A column of the table.
#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
}

impl Rows {
    fn of(database: &str) -> Self {
        let address: Address = database.parse().expect("an address");
        Self(Database::open(&address).expect("the database"))
    }

    /// Puts so many closed cases into it.
    fn close(&mut self, count: u32) {
        let columns = match &mut self.0 {
            Database::Sqlite(file) => sql_query("SELECT name FROM pragma_table_info('cases')").load(file),
            Database::Postgres(server) => {
                let columns = "SELECT CAST(attname AS TEXT) AS name FROM pg_attribute \
                               WHERE attrelid = CAST('cases' AS regclass) AND attnum > 0 AND NOT attisdropped";
                sql_query(columns).load(server)
            }
        };
        let columns: Vec<Column> = columns.expect("its columns");
        let into: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        let from: Vec<&str> = into.iter().map(|column| self.closed_has(column)).collect();
        let fill = format!(
            "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}),
             one AS (SELECT * FROM cases WHERE phase <> 'closed' LIMIT 1)
             INSERT INTO cases ({}) SELECT {} FROM numbers, one",
            into.join(", "),
            from.join(", ")
        );
        self.0.batch_execute(&fill).expect("closed cases");
        if let Database::Postgres(server) = &mut self.0 {
            // As it does by itself a while after so many rows have come.
            server.batch_execute("VACUUM ANALYZE cases").expect("its statistics");
        }
    }

    /// What a closed case has in a column, where it is not what the open one has that it is copied from.
    fn closed_has<'a>(&self, column: &'a str) -> &'a str {
        match (column, &self.0) {
            ("id", Database::Sqlite(_)) => "lower(hex(randomblob(16)))",
            ("id", Database::Postgres(_)) => "md5(CAST(random() AS TEXT) || CAST(n AS TEXT))",
            ("received_on", Database::Sqlite(_)) => "date(received_on, '-' || (n % 700) || ' days')",
            ("received_on", Database::Postgres(_)) => "received_on - n % 700",
            ("phase", _) => "'closed'",
            ("next_due_on", Database::Sqlite(_)) => "NULL",
            ("next_due_on", Database::Postgres(_)) => "CAST(NULL AS DATE)",
            ("closed_on", _) => "received_on",
            ("closed_why", _) => "'answered'",
            (same, _) => same,
        }
    }
}
