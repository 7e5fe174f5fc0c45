//! The rows: where every one goes, and what is wrong with a database.

use std::fs;

use crate::support::small::{ID, landlord};
use crate::support::{Fixture, Page, twin};
use crate::{AS_OF, one_complaint};
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use redress_reporter::source::{Address, Origin, Snapshot};
use redress_reporter::{Error, Request, annual, committee};

#[test]
fn a_row_that_is_in_no_figure_and_no_exclusion_fails_the_run() {
    for (statement, complaint) in [
        (
            "INSERT INTO report_categories VALUES ('one','nobody','repairs')",
            "report_categories, case nobody category repairs: its case is not in report_cases",
        ),
        (
            "UPDATE report_cases SET stock_type='castle'",
            "report_cases, case case-1: \"castle\" is no type of home (lcra, lcho, leasehold, other)",
        ),
        ("UPDATE report_cases SET kind='grumble'", "\"grumble\" is no kind of case"),
        (
            "UPDATE report_stages SET stage=3 WHERE stage=2",
            "case case-1 stage 3: a complaint has only stages 1 and 2",
        ),
        (
            "UPDATE report_stages SET code_respond_due_on=NULL, code_respond_due_as_acknowledged_on=NULL",
            "stage 1: answered, but the Code's due date is missing",
        ),
        (
            "UPDATE report_stages SET outcome='maybe'",
            "stage 1: its outcome is not upheld, partly-upheld or not-upheld",
        ),
        ("DELETE FROM report_stages WHERE stage=1", "an accepted complaint without a stage 1"),
        (
            "INSERT INTO report_stages SELECT * FROM report_stages",
            "report_stages, case case-1 stage 1: came in 2 times",
        ),
        ("INSERT INTO report_cases SELECT * FROM report_cases", "report_cases, case case-1: came in 2 times"),
        ("INSERT INTO report_surveys VALUES ('one','case-1',1,6,'2025-07-01')", "6 is no answer (1 to 5)"),
        (
            "INSERT INTO report_orders VALUES ('one','case-1','DET-9',1,'order',NULL,NULL,NULL)",
            "its determination is not in report_findings",
        ),
        (
            "INSERT INTO report_remedies VALUES ('one','case-1',1,1,'financial',-5,'2025-07-01',NULL,NULL,NULL,NULL,NULL)",
            "an amount below zero",
        ),
    ] {
        let fixture = one_complaint(statement);
        let error = annual(&fixture.year("one", 2025, AS_OF)).expect_err(statement);
        assert!(matches!(error, Error::Unreconciled(_)), "{error}");
        assert!(error.to_string().contains(complaint), "{statement}: {error}");
    }
}

#[test]
fn a_run_that_fails_leaves_the_last_good_report() {
    let fixture = one_complaint("");
    let good = fixture.year("one", 2025, AS_OF);
    let path = annual(&good).expect("a report").remove(0);
    assert!(path.ends_with("one-annual-2025-26.html"));
    let before = fs::read(&path).expect("the report");
    let mut broken = one_complaint("UPDATE report_cases SET kind='grumble'").year("one", 2025, AS_OF);
    let broken_fixture = one_complaint("UPDATE report_cases SET kind='grumble'");
    broken.origin = broken_fixture.database().into();
    broken.out = fixture.out();
    assert!(annual(&broken).is_err());
    assert_eq!(fs::read(&path).expect("the report"), before);
    assert_eq!(
        fs::read_dir(fixture.out()).expect("the folder").count(),
        2,
        "the page and its manifest, and no partial file"
    );
}

#[test]
fn the_same_rows_give_the_same_bytes_and_are_not_changed() {
    let fixture = landlord();
    let request = fixture.quarter(ID, 2025, 3, AS_OF);
    let file = fixture.file();
    let rows = fs::read(&file).expect("the database");
    let first = fs::read(&committee(&request).expect("a report")[0]).expect("the report");
    let second = fs::read(&committee(&request).expect("a report")[0]).expect("the report");
    assert_eq!(first, second);
    assert_eq!(fs::read(&file).expect("the database"), rows);
}

#[test]
fn a_database_in_use_with_its_changes_still_in_the_log_is_read() {
    let fixture = one_complaint("");
    let request = fixture.year("one", 2025, AS_OF);
    let page = || Page::read(&annual(&request).expect("a report")[0]);
    let mut writer = SqliteConnection::establish(&fixture.file().to_string_lossy()).expect("the database");
    writer
        .batch_execute(
            "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; UPDATE report_stock SET homes = 200",
        )
        .expect("a change");
    assert_eq!(page().of("tsm.ch01-1.lcra"), "1 of 200");
    // And closed again: the files of the log are gone.
    drop(writer);
    assert_eq!(page().of("tsm.ch01-1.lcra"), "1 of 200");
}

#[test]
fn every_missing_column_is_named_before_a_row_is_read() {
    let fixture = one_complaint(
        "ALTER TABLE report_cases DROP COLUMN hazard; ALTER TABLE report_failure_orders DROP COLUMN type; \
         DROP TABLE report_surveys",
    );
    let error = annual(&fixture.year("one", 2025, AS_OF)).expect_err("a poor schema").to_string();
    for column in ["report_cases.hazard", "report_failure_orders.type", "report_surveys.answered_on"] {
        assert!(error.contains(column), "{error}");
    }
    assert!(!error.contains("report_cases.kind"));
}

/// The rows of a fixture in PostgreSQL, and the request on them; none where PostgreSQL is not installed.
fn in_postgres(fixture: &Fixture) -> Option<Request> {
    twin::of(&fixture.year("one", 2025, AS_OF))
}

#[test]
fn what_is_wrong_with_a_database_is_told_alike_of_both() {
    let fixture = one_complaint(
        "ALTER TABLE report_cases DROP COLUMN hazard; ALTER TABLE report_failure_orders DROP COLUMN type; \
         DROP TABLE report_surveys",
    );
    let Some(postgres) = in_postgres(&fixture) else { return };
    let told = |request: &Request| annual(request).expect_err("a poor schema").to_string();
    assert_eq!(told(&postgres), told(&fixture.year("one", 2025, AS_OF)));
    let unknown =
        Request { landlord_id: "nobody".to_owned(), ..in_postgres(&one_complaint("")).expect("both") };
    assert_eq!(told(&unknown), "there is no landlord \"nobody\" in the database");
    let grumble = one_complaint("UPDATE report_cases SET kind='grumble'");
    let postgres = in_postgres(&grumble).expect("both");
    assert_eq!(told(&postgres), told(&grumble.year("one", 2025, AS_OF)));
}

#[test]
fn what_others_write_meanwhile_is_not_seen_and_nothing_can_be_written() {
    let fixture = one_complaint("");
    let file = fixture.file();
    let mut addresses = vec![Address::file(&file)];
    let twin = in_postgres(&fixture).map(|request| match request.origin {
        Origin::Database(address) => address,
        Origin::Extract(_) | Origin::Held(_) => panic!("no database"),
    });
    addresses.extend(twin);
    for address in addresses {
        let write = "UPDATE report_stock SET homes = homes + 1";
        let mut snapshot = match &address {
            Address::Sqlite(_) => {
                let mut writer = SqliteConnection::establish(&file.to_string_lossy()).expect("the database");
                writer.batch_execute("PRAGMA journal_mode = WAL").expect("a log");
                let snapshot = Snapshot::open(&address).expect("a snapshot");
                writer.batch_execute(write).expect("a change");
                snapshot
            }
            Address::Postgres(url) => {
                let snapshot = Snapshot::open(&address).expect("a snapshot");
                PgConnection::establish(url).expect("a connection").batch_execute(write).expect("a change");
                snapshot
            }
        };
        assert_eq!(snapshot.source("one").expect("the rows").stock[0].homes, 100);
        let later = Snapshot::open(&address).expect("a snapshot").source("one").expect("the rows");
        assert_eq!(later.stock[0].homes, 101);
    }
}

#[test]
fn an_address_is_told_of_without_its_password() {
    for (url, told) in [
        ("postgres://me:s3cret@127.0.0.1:1/redress?connect_timeout=2", "postgres://127.0.0.1:1/redress"),
        ("postgres://me:s3 cret@127.0.0.1:1/redress", "postgres://127.0.0.1:1/redress"),
    ] {
        let error = Snapshot::open(Address::Postgres(url.to_owned())).err().expect("no database").to_string();
        assert!(error.starts_with(&format!("cannot read the database {told}: ")), "{error}");
        assert!(!error.contains("s3"), "{error}");
    }
}
