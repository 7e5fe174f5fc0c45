//! `redress-service keys …`, as an operator uses it from an empty folder on.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;
use std::process::{Command, Output};

use redress_service::access::caller::{Stranger, holder};
use redress_service::access::key::Key;
use redress_service::access::{Role, Scope};
use redress_service::storage::{Address, Connection, keys};

/// What came of a command: whether it succeeded, the data, and what was said.
struct Came {
    well: bool,
    data: String,
    said: String,
}

fn keys(folder: &Path, arguments: &[&str]) -> Came {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress-service"));
    let Output { status, stdout, stderr } = command
        .arg("keys")
        .args(arguments)
        .current_dir(folder)
        .env_remove("REDRESS_DATABASE_URL")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Came { well: status.success(), data: text(stdout), said: text(stderr) }
}

fn create(folder: &Path, more: &[&str]) -> Key {
    let arguments =
        [&["create", "--landlord", "hartlepool", "--role", "officer", "--name", "Front desk"], more];
    let came = keys(folder, &arguments.concat());
    assert!(came.well, "{}", came.said);
    let key = Key::read(came.data.trim_end()).unwrap();
    assert_eq!(came.data, format!("{}\n", key.reveal()), "the key and nothing else");
    assert!(came.said.contains(key.prefix()) && !came.said.contains(&key.reveal()), "{}", came.said);
    key
}

fn connect(folder: &Path) -> Connection {
    Connection::open(&Address::file(&folder.join("redress.db"))).unwrap()
}

fn is_good(folder: &Path, key: &Key) -> bool {
    match holder(&mut connect(folder), key, chrono::Utc::now()) {
        Ok(_) => true,
        Err(Stranger::NotValid) => false,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_key_is_created_from_nothing_and_its_secret_is_kept_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let key = create(folder.path(), &["--scope", "special-category", "--expires", "2099-06-30"]);
    let issued = keys::by_prefix(&mut connect(folder.path()), key.prefix()).unwrap().unwrap();
    assert_eq!((issued.landlord.as_str(), issued.name.as_str()), ("hartlepool", "Front desk"));
    assert_eq!((issued.role, issued.scopes.as_slice()), (Role::Officer, &[Scope::SpecialCategory][..]));
    // The end of a day in a London summer.
    assert_eq!(issued.expires_at, Some("2099-06-30T23:00:00Z".parse().unwrap()));
    let secret = key.reveal().rsplit_once('_').unwrap().1.to_owned();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()));
    }
    assert!(is_good(folder.path(), &key));
}

#[test]
fn keys_are_listed_without_their_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (create(folder.path(), &[]), create(folder.path(), &["--scope", "feed:read"]));
    keys(folder.path(), &["revoke", one.prefix()]);
    let came = keys(folder.path(), &["list", "--landlord", "hartlepool"]);
    let lines: Vec<&str> = came.data.lines().collect();
    assert_eq!(lines.len(), 3, "{}", came.data);
    assert!(lines[1].starts_with(&format!("rdr_{}\tofficer\t-\trevoked ", one.prefix())), "{}", lines[1]);
    assert!(lines[2].starts_with(&format!("rdr_{}\tofficer\tfeed:read\tin force\t", other.prefix())));
    assert!(!came.data.contains(&one.reveal()));
    assert_eq!(keys(folder.path(), &["list", "--landlord", "bradford"]).data.lines().count(), 1);
}

#[test]
fn a_revoked_key_is_over_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let key = create(folder.path(), &[]);
    // A key that has been found somewhere can be given as it was found.
    let came = keys(folder.path(), &["revoke", &key.reveal()]);
    assert!(came.well && came.said.contains("revoked"), "{}", came.said);
    assert!(!came.said.contains(&key.reveal()));
    assert!(!is_good(folder.path(), &key));
}

#[test]
fn a_rotated_key_is_good_beside_its_successor_for_as_long_as_was_said() {
    let folder = tempfile::tempdir().unwrap();
    let old = create(folder.path(), &["--scope", "special-category"]);
    let came = keys(folder.path(), &["rotate", old.prefix(), "--overlap-hours", "1"]);
    let new = Key::read(came.data.trim_end()).unwrap();
    assert!(is_good(folder.path(), &old) && is_good(folder.path(), &new));
    let later = chrono::Utc::now() + chrono::TimeDelta::hours(2);
    let connection = &mut connect(folder.path());
    assert!(matches!(holder(connection, &old, later), Err(Stranger::NotValid)));
    let issued = holder(connection, &new, later).unwrap();
    assert_eq!((issued.role, issued.scopes.as_slice()), (Role::Officer, &[Scope::SpecialCategory][..]));
    let again = keys(folder.path(), &["rotate", old.prefix()]);
    assert!(!again.well && again.said.contains("replaced already"), "{}", again.said);
    let at_once = keys(folder.path(), &["rotate", new.prefix(), "--overlap-hours", "0"]);
    assert!(at_once.well && !is_good(folder.path(), &new), "{}", at_once.said);
}

#[test]
fn what_cannot_be_is_refused_with_a_way_out_and_makes_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let create = ["create", "--landlord", "hartlepool", "--role", "officer", "--name", "x"];
    let changed = |at: usize, to: &'static str| {
        let mut arguments = create;
        arguments[at] = to;
        arguments.to_vec()
    };
    let with = |more: [&'static str; 2]| [&create[..], &more[..]].concat();
    for (arguments, said) in [
        (changed(2, "nobody"), "there are those of"),
        (changed(4, "director"), "the roles are integration, officer"),
        (changed(6, " "), "blank"),
        (with(["--scope", "everything"]), "the scopes are cases:read"),
        (with(["--expires", "2020-01-01"]), "that day is over"),
        (with(["--expires", "soon"]), "--expires"),
        (vec!["revoke", "aaaaaaaaaaaa"], "there is no key with that prefix"),
        (vec!["rotate", "aaaaaaaaaaaa"], "there is no key with that prefix"),
        (vec!["rotate", "aaaaaaaaaaaa", "--overlap-hours", "200"], "--overlap-hours"),
    ] {
        let came = keys(folder.path(), &arguments);
        assert!(
            !came.well && came.data.is_empty() && came.said.contains(said),
            "{arguments:?}: {}",
            came.said
        );
    }
    let listed = keys(folder.path(), &["list", "--landlord", "hartlepool"]);
    assert_eq!(listed.data.lines().count(), 1);
}

#[test]
fn a_database_that_is_not_there_is_said_to_be_missing_and_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mapping.toml"), "format = \"ndjson\"").unwrap();
    std::fs::write(folder.path().join("history.ndjson"), "").unwrap();
    std::fs::write(folder.path().join("feed.json"), "{}").unwrap();
    for arguments in [
        &["keys", "list", "--landlord", "hartlepool"][..],
        &["keys", "revoke", "rdr_abc"],
        &["keys", "rotate", "rdr_abc"],
        &["calendar", "update", "feed.json"],
        &["import", "--landlord", "hartlepool", "--mapping", "mapping.toml", "history.ndjson"],
        &["verify"],
        &["retention", "--dry-run"],
        &["backup", "copy.db"],
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_redress-service"));
        let command = command.args(arguments).current_dir(folder.path()).env_remove("REDRESS_DATABASE_URL");
        let Output { status, stderr, .. } = command.output().unwrap();
        let said = String::from_utf8(stderr).unwrap();
        assert!(!status.success() && said.contains("redress.db is not there"), "{arguments:?}: {said}");
        assert!(!folder.path().join("redress.db").exists(), "{arguments:?}");
    }
}

#[test]
fn retention_looks_at_one_landlord_where_one_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_redress-service"));
        let command = command.args(arguments).current_dir(folder.path()).env_remove("REDRESS_DATABASE_URL");
        let Output { status, stderr, .. } = command.output().unwrap();
        (status.success(), String::from_utf8(stderr).unwrap())
    };
    assert!(run(&["keys", "create", "--landlord", "hartlepool", "--role", "officer", "--name", "A"]).0);
    let (good, said) = run(&["retention", "--dry-run", "--landlord", "hartlepool"]);
    assert!(good && said.contains("0 cases due"), "{said}");
    let (good, said) = run(&["retention", "--dry-run", "--landlord", "elsewhere"]);
    assert!(!good && said.contains("there is no landlord `elsewhere`"), "{said}");
}
