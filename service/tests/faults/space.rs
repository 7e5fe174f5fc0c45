//! The disk is full, and then it is not.

use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::http::Connection;
use crate::life::{envelope, new_key};
use crate::service::Service;
use crate::{life, verify};

/// A disk of its own, of a few MiB. It goes when this is dropped.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// None where this user may not mount one.
    fn of(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        mount(&["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"], folder.path()).then_some(Self(folder))
    }

    fn grow(&self, size: &str) {
        assert!(mount(&["-o", &format!("remount,size={size}")], self.0.path()));
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0.path()).output();
    }
}

fn mount(arguments: &[&str], on: &Path) -> bool {
    Command::new("mount").args(arguments).arg(on).output().is_ok_and(|done| done.status.success())
}

#[test]
#[allow(clippy::print_stderr, reason = "a test that cannot be made must say so")]
fn a_full_disk_loses_nothing_that_was_answered() {
    let Some(disk) = SmallDisk::of("4m") else {
        eprintln!("THE TEST OF A FULL DISK IS LEFT OUT: this user may not mount a file system");
        return;
    };
    let database = format!("sqlite:{}", disk.0.path().join("redress.db").display());
    let service = Service::start(&database);
    let mut connection = Connection::open(&service.address, &service.key).unwrap();
    let (_, case) = life::receive(&mut connection);
    life::command(&mut connection, &case, "accept", &json!({}));
    let path = format!("/v1/cases/{case}/update-resident");
    let body = envelope(&json!({ "note": "The lift is looked at. ".repeat(400) }));
    let mut kept = 2;
    let full = loop {
        let answer = connection.post(&path, &new_key(), &body).unwrap();
        match answer.status {
            200 => kept += 1,
            _ => break answer,
        }
        assert!(kept < 2000, "the disk does not fill up");
    };
    assert_eq!(full.status, 503, "{}", String::from_utf8_lossy(&full.body));
    assert_eq!(events(&mut connection, &case), kept, "reading goes on while the disk is full");
    disk.grow("64m");
    let answer = connection.post(&path, &new_key(), &body).unwrap();
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    assert_eq!(events(&mut connection, &case), kept + 1);
    drop(service);
    verify(&database);
}

fn events(connection: &mut Connection, case: &str) -> usize {
    let history = connection.get(&format!("/v1/cases/{case}/history")).unwrap();
    let history: serde_json::Value = serde_json::from_slice(&history.body).unwrap();
    history["events"].as_array().unwrap().len()
}
