//! The PostgreSQL that the tests make for themselves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test's helpers")]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection, RunQueryDsl as _, sql_query};
use redress_postgres::{Care, Cluster, available};

fn connect(url: &str) -> PgConnection {
    PgConnection::establish(url).unwrap()
}

fn migrate(url: &str) -> anyhow::Result<()> {
    Ok(connect(url).batch_execute("CREATE TABLE words (word TEXT); INSERT INTO words VALUES ('one')")?)
}

fn rows(url: &str) -> usize {
    sql_query("SELECT * FROM words").execute(&mut connect(url)).unwrap()
}

fn alive(process: &str) -> bool {
    let asked = Command::new("sh").args(["-c", &format!("kill -0 {process}")]).output().unwrap();
    asked.status.success()
}

#[test]
fn two_databases_are_apart_and_both_have_what_the_template_has() {
    if !available().unwrap() {
        return;
    }
    let cluster = Cluster::shared(migrate).unwrap();
    let (one, other) = (cluster.database().unwrap(), cluster.database().unwrap());
    connect(one.url()).batch_execute("INSERT INTO words VALUES ('two')").unwrap();
    assert_eq!((rows(one.url()), rows(other.url())), (2, 1));
    let empty = cluster.empty_database().unwrap();
    assert!(sql_query("SELECT * FROM words").execute(&mut connect(empty.url())).is_err());
}

#[test]
fn a_database_goes_though_somebody_is_connected() {
    if !available().unwrap() {
        return;
    }
    let cluster = Cluster::shared(migrate).unwrap();
    let database = cluster.database().unwrap();
    let (url, name) = (database.url().to_owned(), database.name().to_owned());
    let mut connected = connect(&url);
    drop(database);
    assert!(sql_query("SELECT 1").execute(&mut connected).is_err());
    let error = PgConnection::establish(&url).err().unwrap().to_string();
    assert!(error.contains(&name) && error.contains("does not exist"), "{error}");
}

#[test]
fn what_was_committed_is_there_after_a_crash() {
    if !available().unwrap() {
        return;
    }
    let cluster = Cluster::start(Care::Durable, migrate).unwrap();
    let database = cluster.database().unwrap();
    let mut connection = connect(database.url());
    connection.batch_execute("INSERT INTO words VALUES ('two')").unwrap();
    connection.batch_execute("BEGIN; INSERT INTO words VALUES ('three')").unwrap();
    let process = cluster.process();
    cluster.stop_hard().unwrap();
    assert!(!alive(&process.to_string()));
    assert!(PgConnection::establish(database.url()).is_err());
    cluster.resume().unwrap();
    assert_ne!(cluster.process(), process);
    assert_eq!(rows(database.url()), 2);
    let folder = cluster.folder().to_owned();
    drop((database, cluster));
    assert!(!folder.exists());
}

#[test]
fn a_replica_has_what_was_committed_and_refuses_to_be_written_to() {
    if !available().unwrap() {
        return;
    }
    let cluster = Cluster::start(Care::Durable, migrate).unwrap();
    let database = cluster.database().unwrap();
    connect(database.url()).batch_execute("INSERT INTO words VALUES ('two')").unwrap();
    let replica = cluster.replica().unwrap();
    let copy = replica.url(database.name());
    assert_eq!(rows(&copy), 2);
    let error = connect(&copy).batch_execute("INSERT INTO words VALUES ('three')").unwrap_err().to_string();
    assert!(error.contains("read-only transaction"), "{error}");
}

const CHILD: &str = "REDRESS_TEST_IS_THE_CHILD";

/// This test starts itself once more, as a process that has a cluster and is killed.
#[test]
fn a_cluster_does_not_outlive_a_process_that_is_killed() {
    if !available().unwrap() {
        return;
    }
    if std::env::var_os(CHILD).is_some() {
        let cluster = Cluster::shared(migrate).unwrap();
        println!("\ncluster {} {}", cluster.process(), cluster.folder().display());
        std::thread::sleep(Duration::from_secs(60));
        return;
    }
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_cluster_does_not_outlive_a_process_that_is_killed", "--nocapture"])
        .env(CHILD, "1")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let told = lines.find_map(|line| line.unwrap().strip_prefix("cluster ").map(str::to_owned)).unwrap();
    let (process, folder) = told.split_once(' ').unwrap();
    assert!(alive(process) && Path::new(folder).join("data").is_dir(), "{told}");
    child.kill().unwrap();
    child.wait().unwrap();
    let begun = Instant::now();
    while alive(process) || Path::new(folder).exists() {
        assert!(begun.elapsed() < Duration::from_secs(20), "{told} is still there");
        std::thread::sleep(Duration::from_millis(20));
    }
}
