//! Lists and what is due, as closed cases pile up.

use std::time::{Duration, Instant};

use diesel::sql_types::Text;
use diesel::{Connection as _, QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query};

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
pub fn piled_up(database: &str, million: bool) {
    let many = if million { MANY } else { MANY / 10 };
    println!("\nLists of 300 open cases among closed ones (SQLite)");
    let service = Service::start(database);
    let mut connection = Connection::open(&service.address, &service.key).expect("a connection");
    for _ in 0..300 {
        let (_, case) = life::receive(&mut connection);
        for (verb, content) in life::steps().iter().take(2) {
            life::command(&mut connection, &case, verb, content);
        }
    }
    closed(database, FEW);
    let few: Vec<Duration> = PATHS.iter().map(|(_, path)| median(&mut connection, path)).collect();
    closed(database, many - FEW);
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

/// Closed cases, put straight into the table: lists look at the rows alone.
fn closed(database: &str, count: u32) {
    let file = database.strip_prefix("sqlite:").expect("a file");
    let mut connection = SqliteConnection::establish(file).expect("the database");
    let columns: Vec<Column> =
        sql_query("SELECT name FROM pragma_table_info('cases')").load(&mut connection).expect("its columns");
    let into: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let from: Vec<&str> = into.iter().map(|column| closed_has(column)).collect();
    let fill = format!(
        "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}),
         one AS (SELECT * FROM cases WHERE phase <> 'closed' LIMIT 1)
         INSERT INTO cases ({}) SELECT {} FROM numbers, one",
        into.join(", "),
        from.join(", ")
    );
    sql_query(fill).execute(&mut connection).expect("closed cases");
}

/// A column of the table of cases.
#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
}

/// What a closed case has in a column, where it is not what the open one has that it is copied from.
fn closed_has(column: &str) -> &str {
    match column {
        "id" => "lower(hex(randomblob(16)))",
        "phase" => "'closed'",
        "next_due_on" => "NULL",
        "received_on" => "date(received_on, '-' || (n % 700) || ' days')",
        "closed_on" => "received_on",
        "closed_why" => "'answered'",
        same => same,
    }
}
