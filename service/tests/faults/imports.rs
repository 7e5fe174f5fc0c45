//! An import is killed in the middle, again and again: nothing is lost, and nothing comes twice.

use std::process::{Command, Stdio};
use std::time::Duration;

use redress_postgres::{Care, Cluster};

use crate::history;
use crate::service::PROGRAM;
use crate::{rounds, verify};

const CASES: usize = 1_000;

fn killed(database: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    std::fs::write(file("mapping.toml"), history::MAPPING).unwrap();
    std::fs::write(file("history.csv"), history::csv(CASES)).unwrap();
    let import = || {
        let mut command = Command::new(PROGRAM);
        command.args(["import", "--landlord", "hartlepool", "--mapping"]);
        command.args([file("mapping.toml"), file("history.csv")]).env("REDRESS_DATABASE_URL", database);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    // A history goes into a database that is there: its first key makes it.
    let key = ["keys", "create", "--landlord", "hartlepool", "--role", "integration", "--name", "crm"];
    let made = Command::new(PROGRAM).args(key).env("REDRESS_DATABASE_URL", database).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    for round in 0..rounds() {
        let mut process = import().spawn().unwrap();
        // A little later each time, to meet it at another moment.
        std::thread::sleep(Duration::from_millis(400 + 350 * u64::try_from(round).unwrap()));
        let _ = process.kill();
        process.wait().unwrap();
    }
    let said = |wanted: &str| {
        let ended = import().output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(ended.status.success() && said.contains(wanted), "{said}");
        said
    };
    let last = said("1000 rows");
    let number = |before: &str| -> usize {
        let (head, _) = last.split_once(before).unwrap();
        head.rsplit(' ').next().unwrap().parse().unwrap()
    };
    assert_eq!(number(" cases made") + number(" unchanged"), CASES, "{last}");
    said("0 cases made, 1000 unchanged, 0 failed");
    verify(database);
}

#[test]
fn a_history_whose_import_is_killed_is_there_once_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    killed(&format!("sqlite:{}", folder.path().join("redress.db").display()));
}

#[test]
fn a_history_whose_import_is_killed_is_there_once_on_postgresql() {
    if !redress_postgres::available().unwrap() {
        return;
    }
    let cluster = Cluster::start(Care::None, |_| Ok(())).unwrap();
    let database = cluster.database().unwrap();
    killed(database.url());
}
