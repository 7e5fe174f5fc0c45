//! Keys as they are kept: the same on either database.

use chrono::{DateTime, TimeDelta, Utc};
use redress_service::access::caller::{Stranger, holder};
use redress_service::access::key::Key;
use redress_service::access::{Role, Scope};
use redress_service::storage::keys::{self, Issued, KeyId, NotRotated, Wanted};
use redress_service::storage::{Connection, write};

use crate::api::server::{NOW, Server};
use crate::api::tables;

fn now() -> DateTime<Utc> {
    NOW.parse().unwrap()
}

fn wanted(landlord: &str) -> Wanted<'_> {
    Wanted {
        landlord,
        name: "CRM",
        role: Role::Integration,
        scopes: &[Scope::SpecialCategory, Scope::KeysManage],
        expires_at: Some(now() + TimeDelta::days(365)),
        created_by: "test",
    }
}

fn issue(connection: &mut Connection, landlord: &str, at: DateTime<Utc>) -> (Key, Issued) {
    let key = Key::generate().unwrap();
    let issued = keys::create(connection, &key, &wanted(landlord), at).unwrap();
    (key, issued)
}

fn rotate(connection: &mut Connection, id: KeyId, hours: i64) -> Result<(Issued, Issued), NotRotated> {
    let (key, overlap) = (Key::generate().unwrap(), TimeDelta::hours(hours));
    write::once(connection, &|connection: &mut Connection| {
        keys::rotate(connection, ("hartlepool", id), &key, overlap, ("test", now()))
    })
}

#[test]
fn a_key_reads_as_it_was_issued() {
    let server = Server::start();
    let connection = &mut tables::connect(server.database());
    let (key, issued) = issue(connection, "hartlepool", now());
    assert_eq!(keys::by_prefix(connection, key.prefix()).unwrap().as_ref(), Some(&issued));
    assert_eq!(keys::by_id(connection, "hartlepool", issued.id).unwrap().as_ref(), Some(&issued));
    assert_eq!(keys::by_id(connection, "bradford", issued.id).unwrap(), None);
    assert_eq!(issued.scopes, [Scope::SpecialCategory, Scope::KeysManage]);
    assert_eq!(issued.created_at, now());
}

#[test]
fn no_key_is_issued_for_a_landlord_that_nobody_knows() {
    let server = Server::start();
    let connection = &mut tables::connect(server.database());
    let key = Key::generate().unwrap();
    let error = keys::create(connection, &key, &wanted("nobody"), now()).unwrap_err();
    assert!(error.to_string().to_lowercase().contains("foreign key"), "{error}");
}

#[test]
fn a_key_is_good_until_the_instant_at_which_it_expires() {
    let server = Server::start();
    let connection = &mut tables::connect(server.database());
    let (key, issued) = issue(connection, "hartlepool", now());
    let end = issued.expires_at.unwrap();
    let mut good = |at| match holder(connection, &key, at) {
        Ok(found) => found.id == issued.id,
        Err(Stranger::NotValid) => false,
        Err(error) => panic!("{error}"),
    };
    assert!(good(end - TimeDelta::microseconds(1)));
    assert!(!good(end));
    assert!(!good(end + TimeDelta::days(1)));
}

#[test]
fn a_wrong_secret_with_a_right_prefix_opens_nothing() {
    let server = Server::start();
    let connection = &mut tables::connect(server.database());
    let (key, _) = issue(connection, "hartlepool", now());
    let other = Key::generate().unwrap().reveal();
    let secret = other.rsplit_once('_').unwrap().1;
    let mixed = Key::read(&format!("rdr_{}_{secret}", key.prefix())).unwrap();
    assert!(matches!(holder(connection, &mixed, now()), Err(Stranger::NotValid)));
    let unknown = Key::generate().unwrap();
    assert!(matches!(holder(connection, &unknown, now()), Err(Stranger::NotValid)));
    assert!(holder(connection, &key, now()).is_ok());
}

#[test]
fn keys_are_listed_page_by_page_without_loss_and_without_another_landlords() {
    let server = Server::start();
    let connection = &mut tables::connect(server.database());
    // Three of the five are of one instant: the id decides among them.
    let mut issued: Vec<KeyId> = [0, 0, 0, 1, 2]
        .iter()
        .map(|second| issue(connection, "portsmouth", now() + TimeDelta::seconds(*second)).1.id)
        .collect();
    let (_, theirs) = issue(connection, "bradford", now());
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = keys::of_landlord(connection, "portsmouth", after, 2).unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        found.extend(page.into_iter().filter(|key| key.created_by == "test").map(|key| key.id));
    }
    issued[..3].sort();
    assert_eq!(found, issued);
    assert_eq!(keys::of_landlord(connection, "portsmouth", Some(theirs.id), 2).unwrap(), []);
}

#[test]
fn a_revoked_key_stays_revoked_since_it_was() {
    let server = Server::start();
    let connection = &mut tables::connect(server.database());
    let (key, issued) = issue(connection, "hartlepool", now());
    assert_eq!(keys::revoke(connection, "bradford", issued.id, now()).unwrap(), None);
    assert!(holder(connection, &key, now()).is_ok());
    let revoked = keys::revoke(connection, "hartlepool", issued.id, now()).unwrap().unwrap();
    assert_eq!(revoked.revoked_at, Some(now()));
    assert!(matches!(holder(connection, &key, now()), Err(Stranger::NotValid)));
    let again = keys::revoke(connection, "hartlepool", issued.id, now() + TimeDelta::hours(1)).unwrap();
    assert_eq!(again, Some(revoked));
}

#[test]
fn a_rotated_key_ends_after_the_overlap_and_its_successor_lives_as_long_as_it_did() {
    let server = Server::start();
    let connection = &mut tables::connect(server.database());
    let (_, old) = issue(connection, "hartlepool", now() - TimeDelta::days(300));
    let (new, ended) = rotate(connection, old.id, 24).unwrap();
    assert_eq!(ended.expires_at, Some(now() + TimeDelta::hours(24)));
    assert_eq!(ended.replaced_by, Some(new.id));
    assert_eq!(keys::by_id(connection, "hartlepool", old.id).unwrap(), Some(ended));
    assert_eq!(new.expires_at, Some(now() + TimeDelta::days(665)));
    assert_eq!((new.name, new.role, new.scopes), (old.name, old.role, old.scopes));
}

#[test]
fn an_overlap_makes_no_key_live_longer() {
    let server = Server::start();
    let connection = &mut tables::connect(server.database());
    // One hour is left of its year.
    let (_, old) = issue(connection, "hartlepool", now());
    let late = old.expires_at.unwrap() - TimeDelta::hours(1);
    let key = Key::generate().unwrap();
    let (_, ended) =
        keys::rotate(connection, ("hartlepool", old.id), &key, TimeDelta::hours(24), ("test", late)).unwrap();
    assert_eq!(ended.expires_at, old.expires_at);
}

#[test]
fn a_key_is_rotated_once_and_only_while_it_is_good_and_only_by_its_landlord() {
    let server = Server::start();
    let connection = &mut tables::connect(server.database());
    let (_, old) = issue(connection, "hartlepool", now());
    let (new, _) = rotate(connection, old.id, 24).unwrap();
    let before = tables::dump(&server);
    assert!(matches!(rotate(connection, old.id, 24), Err(NotRotated::Over)));
    assert!(matches!(rotate(connection, KeyId(1), 24), Err(NotRotated::NoSuchKey)));
    let (_, theirs) = issue(connection, "bradford", now());
    assert!(matches!(rotate(connection, theirs.id, 24), Err(NotRotated::NoSuchKey)));
    keys::revoke(connection, "hartlepool", new.id, now()).unwrap();
    assert!(matches!(rotate(connection, new.id, 24), Err(NotRotated::Over)));
    assert_ne!(before, tables::dump(&server));
    let all = keys::of_landlord(connection, "hartlepool", None, 100).unwrap();
    assert_eq!(all.iter().filter(|key| key.created_by == "test").count(), 2, "a refused rotation left a key");
}

#[test]
fn when_a_key_was_last_used_is_written_once_an_hour() {
    let server = Server::start();
    let connection = &mut tables::connect(server.database());
    let (_, issued) = issue(connection, "hartlepool", now());
    let mut used = |minutes: i64| {
        let at = now() + TimeDelta::minutes(minutes);
        let before = keys::by_id(connection, "hartlepool", issued.id).unwrap().unwrap();
        keys::used(connection, issued.id, at).unwrap();
        let after = keys::by_id(connection, "hartlepool", issued.id).unwrap().unwrap();
        assert_eq!(before.use_is_news(at), before != after, "it is written when it is news, and only then");
        after.last_used_at.unwrap() - now()
    };
    assert_eq!(used(0), TimeDelta::zero());
    assert_eq!(used(59), TimeDelta::zero());
    assert_eq!(used(60), TimeDelta::zero());
    assert_eq!(used(61), TimeDelta::minutes(61));
}
