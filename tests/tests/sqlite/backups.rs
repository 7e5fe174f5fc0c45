//! A copy of a file that is in use.

use redress_service::storage::Address;
use redress_service::upkeep::{BackupError, backup};
use serde_json::json;

use crate::api::server::Server;
use redress_tests::database::{self, Database};

#[test]
fn a_copy_made_while_others_write_is_of_one_moment_and_sound() {
    let server = Server::start();
    let case = server.accepted();
    let folder = tempfile::tempdir().unwrap();
    let copies: Vec<_> = (0..3).map(|number| folder.path().join(format!("copy-{number}.db"))).collect();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0..60 {
                server
                    .command(&case, "update-resident", &json!({ "note": format!("Round {round}.") }))
                    .done();
            }
        });
        for copy in &copies {
            backup(server.database().address(), copy).unwrap();
        }
    });
    for copy in &copies {
        let copy = Database::file(copy);
        let line = "SELECT version || ' ' || (SELECT count(*) FROM case_events) || ' ' || (SELECT last FROM feed_heads WHERE landlord_id = 'hartlepool') AS line FROM cases";
        let counted = database::lines(&mut copy.connect().unwrap(), line).unwrap().remove(0);
        let numbers: Vec<&str> = counted.split(' ').collect();
        assert!(numbers.iter().all(|number| *number == numbers[0]), "{counted}");
        // A service can be started on it.
        drop(copy.open().unwrap());
    }
}

#[test]
fn nothing_is_written_over_and_a_server_is_copied_with_its_own_tools() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("there.db");
    std::fs::write(&there, "something else").unwrap();
    let error = backup(server.database().address(), &there).unwrap_err();
    assert!(matches!(error, BackupError::InTheWay(_)), "{error}");
    assert_eq!(std::fs::read_to_string(&there).unwrap(), "something else");
    let missing = Address::file(&folder.path().join("none.db"));
    assert!(matches!(backup(&missing, &folder.path().join("copy.db")), Err(BackupError::Missing(_))));
    assert!(!folder.path().join("none.db").exists());
    let elsewhere: Address = "postgres://localhost/redress".parse().unwrap();
    let error = backup(&elsewhere, &folder.path().join("copy.db")).unwrap_err();
    assert!(error.to_string().contains("pg_dump"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_file_that_the_service_makes_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let server = Server::start();
    let mode = std::fs::metadata(server.database().path().unwrap()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.db");
    backup(server.database().address(), &copy).unwrap();
    let mode = std::fs::metadata(&copy).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "a copy has all that the database has");
}
