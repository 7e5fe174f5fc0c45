//! The disk is full, and then it is not.

use std::io::Write as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use redress_postgres::{Care, Cluster};
use serde_json::json;

use crate::http::Connection;
use crate::life::{envelope, new_key};
use crate::service::Service;
use crate::{life, verify};

/// A disk of its own, of a few MiB. It goes when this is dropped.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// In that folder; none where this user may not mount one.
    fn on(folder: &Path, size: &str) -> Option<Self> {
        let owner = std::fs::metadata(folder).unwrap().uid();
        let options = format!("size={size},uid={owner},mode=0700");
        mount(&["-t", "tmpfs", "-o", &options, "tmpfs"], folder).then(|| Self(folder.to_owned()))
    }

    fn grow(&self, size: &str) {
        assert!(mount(&["-o", &format!("remount,size={size}")], &self.0));
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).output();
    }
}

fn mount(arguments: &[&str], on: &Path) -> bool {
    Command::new("mount").args(arguments).arg(on).output().is_ok_and(|done| done.status.success())
}

/// Where this is 1, a test that cannot be made fails.
const REQUIRED: &str = "REDRESS_REQUIRE_FULL_DISK";

/// Says so on the terminal, past the test runner, which would keep it to itself.
fn left_out() {
    let required = std::env::var(REQUIRED).is_ok_and(|required| required == "1");
    assert!(!required, "{REQUIRED} is set, and this user may not mount a file system to be filled");
    let _ = writeln!(
        std::io::stderr(),
        "\n*** LEFT OUT, NOT TESTED: a full disk; this user may not mount one ***\n"
    );
}

/// Writes until the disk is full, reads on, and writes again once it is larger: nothing that was answered is lost.
fn fill(disk: &SmallDisk, database: &str) {
    let service = Service::start(database);
    let mut connection = Connection::open(&service.address, &service.key).unwrap();
    let (_, case) = life::receive(&mut connection);
    life::command(&mut connection, &case, "accept", &json!({}));
    let path = format!("/v1/cases/{case}/update-resident");
    let mut kept = 2;
    let full = loop {
        let answer = connection.post(&path, &new_key(), &update(kept)).unwrap();
        match answer.status {
            200 => kept += 1,
            _ => break answer,
        }
        assert!(kept < 2000, "the disk does not fill up");
    };
    assert_eq!(full.status, 503, "{}", String::from_utf8_lossy(&full.body));
    assert_eq!(events(&mut connection, &case), kept, "reading goes on while the disk is full");
    disk.grow("128m");
    let answer = connection.post(&path, &new_key(), &update(kept)).unwrap();
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    assert_eq!(events(&mut connection, &case), kept + 1);
    drop(service);
    verify(database);
}

/// An update of some length that no database makes shorter.
fn update(number: usize) -> String {
    let mut state = number as u64 + 1;
    let words = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("{:x} ", state >> 16)
    });
    envelope(&json!({ "note": words.take(700).collect::<String>() }))
}

#[test]
fn a_full_disk_loses_nothing_that_was_answered_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = SmallDisk::on(folder.path(), "4m") else { return left_out() };
    fill(&disk, &format!("sqlite:{}", folder.path().join("redress.db").display()));
}

#[test]
fn a_full_disk_loses_nothing_that_was_answered_on_postgresql() {
    if !redress_postgres::available().unwrap() {
        return;
    }
    let cluster = Cluster::start(Care::None, |_| Ok(())).unwrap();
    let folder = cluster.folder().join("small");
    std::fs::create_dir(&folder).unwrap();
    let account = std::fs::metadata(cluster.folder().join("data")).unwrap();
    std::os::unix::fs::chown(&folder, Some(account.uid()), Some(account.gid())).unwrap();
    let Some(disk) = SmallDisk::on(&folder, "24m") else { return left_out() };
    let database = cluster.database_in(&folder).unwrap();
    fill(&disk, database.url());
}

fn events(connection: &mut Connection, case: &str) -> usize {
    let history = connection.get(&format!("/v1/cases/{case}/history")).unwrap();
    let history: serde_json::Value = serde_json::from_slice(&history.body).unwrap();
    history["events"].as_array().unwrap().len()
}
