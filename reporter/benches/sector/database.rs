//! Reading from a database, against what the database needs to give the same rows out by itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use diesel::connection::SimpleConnection;
use diesel::{Connection as _, PgConnection, SqliteConnection};
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;
use redress_postgres::{Care, Cluster};
use redress_reporter::source::{Address, Case, Snapshot, Stage, VIEWS};

use super::contract::{self, Dialect};
use super::figures::{ratio, seconds};
use super::generate;
use super::landlords::Member;
use super::{kept, process};

/// How many rows one statement puts in.
const ROWS_AT_ONCE: usize = 400;

/// Five years, in days.
const FIVE_YEARS: u64 = 5 * 365;

fn member(complaints: u64) -> Member {
    Member { id: "landlord-001".to_owned(), rank: 1, homes: 60_000, complaints, in_time: 80 }
}

/// One landlord of 5,000 cases a year over five years: from SQLite to every report on the disk, against reading its rows.
pub fn one_landlord(turns: usize) {
    let folder = tempfile::tempdir_in(kept()).expect("a folder");
    let file = in_sqlite(folder.path(), &member(25_000));
    let address = format!("sqlite:{}", file.display());
    println!("\none landlord of 5,000 cases a year, five years, in SQLite");
    let (mut reading, mut all) = (u128::MAX, u128::MAX);
    for turn in 0..turns {
        let begun = Instant::now();
        let source = snapshot(&address).source("landlord-001").expect("its rows");
        reading = reading.min(begun.elapsed().as_millis());
        drop(source);
        let into = folder.path().join(format!("reports-{turn}"));
        let mut command = process::itself("all");
        let (measured, _) = process::run(command.arg("--database").arg(&address).arg(into));
        all = all.min(measured.millis);
    }
    println!(
        "  its rows read {} s   every report due on the disk {} s   reports / rows {}",
        seconds(reading),
        seconds(all),
        ratio(all, reading)
    );
}

/// So many stages with their cases: read by the reporter, and given out by the database in bulk.
pub fn reading(stages: u64, turns: usize) {
    let folder = tempfile::tempdir_in(kept()).expect("a folder");
    let all = member(stages * 100 / 120);
    let file = in_sqlite(folder.path(), &all);
    println!("\n{stages} stages with their cases, read against the database's own bulk export");
    let address = format!("sqlite:{}", file.display());
    let shell = || {
        let mut shell = Command::new("sqlite3");
        shell.arg("-csv").arg(&file).arg("SELECT * FROM report_stages; SELECT * FROM report_cases;");
        shell
    };
    against("SQLite", &address, turns, shell);
    match Cluster::start(Care::Durable, |_| Ok(())) {
        Ok(cluster) => {
            let database = cluster.database().expect("a database");
            let mut connection = PgConnection::establish(database.url()).expect("a connection");
            fill(&mut connection, Dialect::Postgres, &extract_of(folder.path(), &all));
            let shell = || {
                let mut shell = Command::new("psql");
                shell.args(["-q", "-d", database.url(), "-c", "COPY report_stages TO STDOUT"]);
                shell.args(["-c", "COPY report_cases TO STDOUT"]);
                shell
            };
            against("PostgreSQL", database.url(), turns, shell);
        }
        Err(why) => println!("  PostgreSQL is left out: {why:#}"),
    }
}

fn against(name: &str, address: &str, turns: usize, export: impl Fn() -> Command) {
    let (mut reading, mut exported) = (u128::MAX, u128::MAX);
    for _ in 0..turns {
        let begun = Instant::now();
        let mut snapshot = snapshot(address);
        let rows = snapshot.rows::<Stage>("landlord-001").expect("stages").len()
            + snapshot.rows::<Case>("landlord-001").expect("cases").len();
        reading = reading.min(begun.elapsed().as_millis());
        assert!(rows > 0, "there are rows");
        let begun = Instant::now();
        let status = export().stdout(Stdio::null()).status().expect("the database's own shell");
        exported = exported.min(begun.elapsed().as_millis());
        assert!(status.success(), "{name} gives its rows out");
    }
    println!(
        "  {name:<10} read {} s   exported {} s   read / exported {}",
        seconds(reading),
        seconds(exported),
        ratio(reading, exported)
    );
}

fn snapshot(address: &str) -> Snapshot {
    Snapshot::open(address.parse::<Address>().expect("an address")).expect("a database")
}

/// A database of one landlord's rows.
fn in_sqlite(folder: &Path, member: &Member) -> PathBuf {
    let file = folder.join("cases.db");
    let mut connection = SqliteConnection::establish(&file.to_string_lossy()).expect("a database");
    connection.batch_execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF").expect("settings");
    fill(&mut connection, Dialect::Sqlite, &extract_of(folder, member));
    file
}

fn extract_of(folder: &Path, member: &Member) -> PathBuf {
    let extract = folder.join("extract");
    if !extract.is_dir() {
        fs::create_dir(&extract).expect("a folder");
        generate::extract(&extract, std::slice::from_ref(member), FIVE_YEARS);
    }
    extract
}

/// Makes the contract's views as tables and puts the rows of an extract into them.
fn fill(connection: &mut impl SimpleConnection, dialect: Dialect, extract: &Path) {
    connection.batch_execute(&contract::tables(dialect)).expect("tables");
    connection.batch_execute("BEGIN").expect("a transaction");
    for view in VIEWS {
        for file in files(&extract.join(view.name)) {
            put(connection, dialect, view.name, &file);
        }
    }
    connection.batch_execute("COMMIT").expect("a transaction");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn put(connection: &mut impl SimpleConnection, dialect: Dialect, view: &str, file: &Path) {
    let file = fs::File::open(file).expect("a file");
    let reader = SerializedFileReader::new(file).expect("a Parquet file");
    let rows: Vec<String> = reader
        .get_row_iter(None)
        .expect("rows")
        .map(|row| {
            let row = row.expect("a row");
            let values: Vec<String> =
                row.get_column_iter().map(|(_, value)| literal(value, dialect)).collect();
            format!("({})", values.join(","))
        })
        .collect();
    for rows in rows.chunks(ROWS_AT_ONCE) {
        connection
            .batch_execute(&format!("INSERT INTO {view} VALUES {}", rows.join(",")))
            .expect("rows in their table");
    }
}

fn literal(value: &Field, dialect: Dialect) -> String {
    match (value, dialect) {
        (Field::Null, _) => "NULL".to_owned(),
        (Field::Bool(yes), Dialect::Sqlite) => u8::from(*yes).to_string(),
        (Field::Date(days), _) => {
            let day = chrono::NaiveDate::from_epoch_days(*days).expect("a date");
            format!("'{day}'")
        }
        (Field::Str(text), _) => format!("'{}'", text.replace('\'', "''")),
        (other, _) => other.to_string(),
    }
}
