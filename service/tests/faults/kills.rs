//! The service is killed in the middle of load, and PostgreSQL crashes under it.

use redress_postgres::{Care, Cluster};

use crate::callers::{Line, callers};
use crate::service::Service;
use crate::{rounds, verify};

const CALLERS: usize = 8;

fn killed(database: &str, what: &str) {
    let mut service = Service::start(database);
    let line = Line::to(&service.address, &service.key);
    let told = callers(&line, CALLERS, || {
        for round in 0..rounds() {
            // A little later each time, to meet it at another moment.
            line.wait_for(40 + 7 * round);
            service.crash(database);
            *line.address.write().unwrap() = service.address.clone();
        }
        line.wait_for(20);
    });
    line.holds(&told).print(&format!("the process killed on {what}"), rounds());
    drop(service);
    verify(database);
}

#[test]
fn every_answered_command_outlives_the_process_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    killed(&format!("sqlite:{}", folder.path().join("redress.db").display()), "SQLite");
}

#[test]
fn every_answered_command_outlives_the_process_on_postgresql() {
    if !redress_postgres::available().unwrap() {
        return;
    }
    let cluster = Cluster::start(Care::None, |_| Ok(())).unwrap();
    let database = cluster.database().unwrap();
    killed(database.url(), "PostgreSQL");
}

#[test]
fn every_answered_command_outlives_a_crash_of_postgresql() {
    if !redress_postgres::available().unwrap() {
        return;
    }
    let cluster = Cluster::start(Care::Durable, |_| Ok(())).unwrap();
    let database = cluster.database().unwrap();
    let service = Service::start(database.url());
    let line = Line::to(&service.address, &service.key);
    let crashes = rounds().min(10);
    let told = callers(&line, CALLERS, || {
        for _ in 0..crashes {
            line.wait_for(40);
            cluster.stop_hard().unwrap();
            cluster.resume().unwrap();
        }
        line.wait_for(20);
    });
    line.holds(&told).print("PostgreSQL crashed", crashes);
    drop(service);
    verify(database.url());
}
