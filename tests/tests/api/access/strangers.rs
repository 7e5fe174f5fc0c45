//! Nobody does anything without a key that is good and has the scope for it.

use chrono::TimeDelta;
use redress_service::access::key::Key;
use redress_service::access::{Role, Scope};
use redress_service::storage::keys::{self, Wanted};

use super::{NOBODYS, issue, now, operations};
use crate::api::server::Server;
use crate::api::tables::{connect, dump};

#[test]
fn every_operation_is_refused_to_whoever_has_no_key() {
    let server = Server::start();
    let case = server.case();
    let before = dump(&server);
    for operation in operations(&server) {
        let path = operation.at(&[
            ("case", &case),
            ("record", NOBODYS),
            ("key", NOBODYS),
            ("letter", "1"),
            ("issued", NOBODYS),
            ("webhook", NOBODYS),
            ("delivery", NOBODYS),
            ("import", NOBODYS),
            ("document", NOBODYS),
            ("year", "2026"),
        ]);
        let answer = operation.ask(&server, None, &path);
        answer.problem(401, "no-key");
        assert!(answer.header("www-authenticate").unwrap().starts_with("Bearer"), "{}", operation.id);
    }
    assert_eq!(before, dump(&server));
}

#[test]
fn every_operation_is_refused_alike_with_a_key_that_is_malformed_unknown_expired_or_revoked() {
    let server = Server::start();
    let case = server.case();
    let (good, _) = issue(&server, "hartlepool", Role::Manager, Scope::ALL);
    let (revoked, id) = issue(&server, "hartlepool", Role::Manager, Scope::ALL);
    keys::revoke(&mut connect(server.database()), "hartlepool", id, now()).unwrap();
    let expired = Key::generate().unwrap();
    let wanted = Wanted {
        landlord: "hartlepool",
        name: "Test",
        role: Role::Manager,
        scopes: Scope::ALL,
        expires_at: Some(now()),
        created_by: "test",
    };
    let connection = &mut connect(server.database());
    keys::create(connection, &expired, &wanted, now() - TimeDelta::days(1)).unwrap();
    let other_secret = Key::generate().unwrap().reveal();
    let mixed = format!("{}{}", &good[..17], &other_secret[17..]);
    let bad = [
        revoked,
        expired.reveal(),
        Key::generate().unwrap().reveal(),
        mixed,
        good[..good.len() - 1].to_owned(),
        good.to_uppercase(),
        "rdr_".to_owned(),
        "hartlepool".to_owned(),
        "eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4In0.".to_owned(),
    ];
    let before = dump(&server);
    for operation in operations(&server) {
        let path = operation.at(&[
            ("case", &case),
            ("record", NOBODYS),
            ("key", NOBODYS),
            ("letter", "1"),
            ("issued", NOBODYS),
            ("webhook", NOBODYS),
            ("delivery", NOBODYS),
            ("import", NOBODYS),
            ("document", NOBODYS),
            ("year", "2026"),
        ]);
        let answers: Vec<_> = bad.iter().map(|key| operation.ask(&server, Some(key), &path)).collect();
        answers[0].problem(401, "key-not-valid");
        for (answer, key) in answers.iter().zip(&bad) {
            assert_eq!(answer, &answers[0], "{} with {key}", operation.id);
        }
    }
    assert_eq!(before, dump(&server));
}

#[test]
fn every_operation_is_refused_to_a_key_without_its_scope() {
    let server = Server::start();
    let case = server.case();
    let keys: Vec<_> =
        Role::ALL.iter().map(|role| (*role, issue(&server, "hartlepool", *role, &[]).0)).collect();
    let before = dump(&server);
    let mut tried = 0;
    for operation in operations(&server) {
        let path = operation.at(&[
            ("case", &case),
            ("record", NOBODYS),
            ("key", NOBODYS),
            ("letter", "1"),
            ("issued", NOBODYS),
            ("webhook", NOBODYS),
            ("delivery", NOBODYS),
            ("import", NOBODYS),
            ("document", NOBODYS),
            ("year", "2026"),
        ]);
        let Some(scope) = operation.scope else { continue };
        // Every role reads cases: there is no key that does not.
        for (role, key) in keys.iter().filter(|(role, _)| !role.scopes().contains(&scope)) {
            let problem = operation.ask(&server, Some(key), &path).problem(403, "scope-missing");
            let detail = problem["detail"].as_str().unwrap();
            assert!(detail.contains(&format!("`{scope}`")), "{} as {role}: {detail}", operation.id);
            tried += 1;
        }
    }
    assert!(tried > 100, "only {tried} tried");
    assert_eq!(before, dump(&server));
}

#[test]
fn a_key_is_taken_from_the_authorization_header_and_nowhere_else() {
    let server = Server::start();
    let (key, _) = issue(&server, "hartlepool", Role::Officer, &[]);
    let with = |headers: &[(&str, &str)], path: &str| server.send_bare("GET", path, headers, "");
    with(&[], &format!("/v1/whoami?key={key}")).problem(401, "no-key");
    with(&[("Cookie", &format!("key={key}"))], "/v1/whoami").problem(401, "no-key");
    with(&[("X-Api-Key", &key)], "/v1/whoami").problem(401, "no-key");
    with(&[("Authorization", &key)], "/v1/whoami").problem(401, "no-key");
    let bearer = format!("bearer {key}");
    let who = with(&[("Authorization", &bearer)], "/v1/whoami").done();
    assert_eq!((&who["landlord"], &who["role"]), (&"hartlepool".into(), &"officer".into()));
    with(&[("Authorization", &bearer), ("Authorization", &bearer)], "/v1/whoami")
        .problem(401, "key-not-valid");
}
