//! A history of 50,000 cases brought in and all of it taken out, against what the database can do by itself, in one run on one machine.
//!
//! `cargo bench -p redress-service --bench transfers` prints rows a second and MB a second with their ratios; `-- --cases 5000` takes
//! fewer. PostgreSQL takes part where its programs are installed.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    dead_code,
    reason = "a benchmark, and what it shares with another"
)]

mod history;
#[path = "../load/service.rs"]
mod service;

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use diesel::prelude::{ExpressionMethods, QueryDsl, RunQueryDsl};
use redress_postgres::{Care, Cluster};
use redress_service::application::{know_landlords, library};
use redress_service::imports::Mapping;
use redress_service::imports::prepare::{Bench, Ready};
use redress_service::imports::reader;
use redress_service::imports::row::{Mapper, Raw};
use redress_service::rulebook::Rulebook;
use redress_service::storage::bulk::{self, NewCase};
use redress_service::storage::schema::{case_events, case_records};
use redress_service::storage::write::once;
use redress_service::storage::{Address, Connection, Database};
use redress_shared::calendar::Calendar;
use service::{PROGRAM, Service};

fn main() {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--cases");
    let cases = arguments.nth(1).and_then(|cases| cases.parse().ok()).unwrap_or(50_000);
    let folder = tempfile::tempdir_in(".").expect("a folder on the same disk as the project");
    let csv = history::csv(cases);
    std::fs::write(folder.path().join("mapping.toml"), history::MAPPING).expect("the mapping");
    std::fs::write(folder.path().join("history.csv"), &csv).expect("the history");
    println!("a history of {cases} cases, {} MB of CSV", csv.len() / 1_000_000);
    let ready = made_ready(&csv);
    let file = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
    println!("SQLite, one file, WAL, synchronous FULL");
    against(folder.path(), &ready, (&file("service.db"), &file("raw.db")));
    match Cluster::start(Care::Durable, |_| Ok(())) {
        Ok(cluster) => {
            println!("PostgreSQL, fsync on, on a socket");
            let (service, raw) =
                (cluster.database().expect("a database"), cluster.database().expect("a database"));
            against(folder.path(), &ready, (service.url(), raw.url()));
        }
        Err(why) => println!("PostgreSQL is left out: {why:#}"),
    }
}

fn rate(count: usize, lasted: Duration) -> usize {
    count * 1000 / usize::try_from(lasted.as_millis().max(1)).expect("not for ever")
}

fn percent(part: usize, whole: usize) -> usize {
    part * 100 / whole.max(1)
}

/// Every row made ready, without a database.
fn made_ready(csv: &str) -> Vec<Box<Ready>> {
    let rulebook = rulebook();
    let mapping = Mapping::from_toml(history::MAPPING).expect("a sound mapping");
    let rows = reader::rows(&mapping, csv.as_bytes(), (true, true), usize::MAX).rows;
    let Some((Raw::Columns(names), rows)) = rows.split_first() else { panic!("no names") };
    let mapper = Mapper::new(&mapping, names).expect("all columns");
    let now = chrono::Utc::now();
    let bench =
        Bench { rulebook: &rulebook, landlord: "hartlepool", mapper: &mapper, special_category: true, now };
    let begun = Instant::now();
    let ready: Vec<_> = rows.iter().map(|row| bench.prepare(row).expect("a sound row")).collect();
    println!("rows made ready on one core, nothing kept: {}/s", rate(ready.len(), begun.elapsed()));
    ready
}

fn rulebook() -> Rulebook {
    Rulebook::new(library(None).expect("policies"), &Calendar::england_and_wales().expect("a calendar"))
        .expect("rules")
}

fn against(folder: &Path, ready: &[Box<Ready>], (database, raw): (&str, &str)) {
    let bare = inserted(raw, ready);
    let events: usize = ready.iter().map(|ready| ready.case.events.len()).sum();
    println!("  the bare database, the same rows in the same transactions: {bare} cases/s ({events} events)");
    for (what, again) in [("import", false), ("the same again", true)] {
        let begun = Instant::now();
        let said = import(folder, database);
        let taken = rate(ready.len(), begun.elapsed());
        println!("  {what}: {taken} rows/s, {} % of bare; {said}", percent(taken, bare));
        let wanted = if again { "0 cases made" } else { "0 unchanged" };
        assert!(said.contains(wanted) && said.contains("0 failed"), "{said}");
    }
    let service = Service::start(database);
    for (table, read) in [("events", read_events as fn(&str) -> usize), ("records", read_records)] {
        let begun = Instant::now();
        let bytes = read(database);
        let bare = rate(bytes, begun.elapsed()) / 1000;
        for format in ["ndjson", "csv"] {
            let begun = Instant::now();
            let bytes = taken_out(&service, table, format);
            let taken = rate(bytes, begun.elapsed()) / 1000;
            println!(
                "  export of {table} as {format}: {} MB at {} MB/s; the bare database reads {} MB/s",
                bytes / 1_000_000,
                taken / 1000,
                bare / 1000
            );
        }
    }
}

/// The same rows, by prepared statements and nothing else: cases a second.
fn inserted(raw: &str, ready: &[Box<Ready>]) -> usize {
    let address: Address = raw.parse().expect("an address");
    let database = Database::open(&address, 1).expect("the database");
    let mut connection = database.connection().expect("a connection");
    let library = library(None).expect("policies");
    once(&mut connection, &|connection: &mut Connection| know_landlords(connection, &library))
        .expect("landlords");
    let begun = Instant::now();
    for some in ready.chunks(250) {
        let cases: Vec<&NewCase> = some.iter().map(|ready| &ready.case).collect();
        once(&mut connection, &|connection: &mut Connection| bulk::insert(connection, "hartlepool", &cases))
            .expect("rows");
    }
    rate(ready.len(), begun.elapsed())
}

fn import(folder: &Path, database: &str) -> String {
    let done = Command::new(PROGRAM)
        .args(["import", "--landlord", "hartlepool", "--mapping"])
        .args([folder.join("mapping.toml"), folder.join("history.csv")])
        .env("REDRESS_DATABASE_URL", database)
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&done.stderr).trim().to_owned();
    assert!(done.status.success(), "{said}");
    said
}

fn read_events(database: &str) -> usize {
    let mut connection = Connection::open(&database.parse().expect("an address")).expect("the database");
    let rows: Vec<(String, i32, String, String, String)> = case_events::table
        .order((case_events::case_id, case_events::sequence))
        .select((
            case_events::case_id,
            case_events::sequence,
            case_events::kind,
            case_events::body,
            case_events::digest,
        ))
        .load(&mut connection)
        .expect("rows");
    rows.iter().map(|(case, _, kind, body, digest)| case.len() + kind.len() + body.len() + digest.len()).sum()
}

fn read_records(database: &str) -> usize {
    let mut connection = Connection::open(&database.parse().expect("an address")).expect("the database");
    let rows: Vec<(String, String, String, Vec<u8>, String)> = case_records::table
        .filter(case_records::landlord_id.eq("hartlepool"))
        .order(case_records::id)
        .select((
            case_records::id,
            case_records::case_id,
            case_records::kind,
            case_records::salt,
            case_records::body,
        ))
        .load(&mut connection)
        .expect("rows");
    rows.iter()
        .map(|(id, case, kind, salt, body)| id.len() + case.len() + kind.len() + 2 * salt.len() + body.len())
        .sum()
}

/// Takes a table out over HTTP, and says how many bytes came.
fn taken_out(service: &Service, table: &str, format: &str) -> usize {
    let mut stream = std::net::TcpStream::connect(&service.address).expect("the service");
    let request = format!(
        "GET /v1/export/{table}?format={format} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {}\r\nConnection: close\r\n\r\n",
        service.key
    );
    stream.write_all(request.as_bytes()).expect("it listens");
    let mut bytes = vec![0; 1 << 16];
    let (mut total, mut end) = (0, Vec::new());
    loop {
        let read = stream.read(&mut bytes).expect("it answers");
        if read == 0 {
            break;
        }
        total += read;
        end = bytes[read.saturating_sub(5)..read].to_vec();
    }
    assert_eq!(end, b"0\r\n\r\n", "the answer broke off");
    total
}
