//! Letters are issued, kept, issued anew and erased.

use diesel::RunQueryDsl;
use redress_service::storage::letters;
use serde_json::{Value, json};

use super::{acknowledged, body, first, sha256};
use crate::api::samples::complaint;
use crate::api::server::{NOW, Server};
use crate::api::tables::{connect, dump};

fn letter_events(server: &Server) -> Vec<Value> {
    let events = server.get("/v1/events?type=letter-issued").done();
    events["events"].as_array().unwrap().iter().map(|line| line["notice"]["noticed"].clone()).collect()
}

#[test]
fn what_is_issued_stays_to_the_byte() {
    let server = Server::start();
    let (case, letter) = acknowledged(&server);
    let html = body(&server.get(&format!("{letter}?format=html")), "text/html; charset=utf-8");
    let text = body(&server.get(&format!("{letter}?format=text")), "text/plain; charset=utf-8");
    let issued = first(&server.post(&format!("{letter}/issue"), &json!({})));
    let id = issued["id"].as_str().unwrap();
    assert_eq!((&issued["letter"], &issued["kind"]), (&json!("3"), &json!("acknowledgement")));
    assert_eq!((&issued["addressee"], &issued["issued_at"]), (&json!(1), &json!(NOW)));
    assert_eq!(issued["html_sha256"], sha256(&html));
    assert_eq!(issued["text_sha256"], sha256(&text));
    assert!(issued["template"].as_str().unwrap().starts_with("built-in-"));
    assert!(!issued["issued_by"].as_str().unwrap().is_empty());

    // Whatever is recorded later, the issued letter is what it was.
    server.command(&case, "update-resident", &json!({ "note": "It goes on." })).done();
    let address = format!("/v1/cases/{case}/issued-letters/{id}");
    let page = server.get(&format!("{address}?format=html"));
    assert_eq!(body(&page, "text/html; charset=utf-8"), html);
    assert_eq!(page.header("etag"), Some(format!("\"{}\"", sha256(&html)).as_str()));
    assert!(page.header("content-security-policy").unwrap().contains("style-src 'unsafe-inline'"));
    assert_eq!(body(&server.get(&format!("{address}?format=text")), "text/plain; charset=utf-8"), text);
    assert_eq!(server.get(&address).done(), issued);
    let all = server.get(&format!("/v1/cases/{case}/issued-letters")).done();
    assert_eq!(all["issued"], json!([issued]));
    let listed = server.get(&format!("/v1/cases/{case}/letters")).done();
    assert_eq!(listed["letters"][0]["addressees"][0]["issued"], id);

    let told = json!({ "type": "letter-issued", "issued": id, "letter": "3", "kind": "acknowledgement", "addressee": 1,
        "replaces": null });
    assert_eq!(letter_events(&server), [told]);
}

#[test]
fn a_letter_is_issued_once_however_often_it_is_asked_for() {
    let server = Server::start();
    let (_, letter) = acknowledged(&server);
    let send =
        |key: &str| server.send_with("POST", &format!("{letter}/issue"), &[("Idempotency-Key", key)], "{}");
    let issued = first(&send("one"));
    assert_eq!(first(&send("one")), issued);
    let before = dump(&server);
    let problem = send("two").problem(409, "letter-issued");
    assert!(problem["detail"].as_str().unwrap().ends_with(issued["id"].as_str().unwrap()), "{problem}");
    server.post(&format!("{letter}/issue"), &json!({ "addressee": 1 })).problem(409, "letter-issued");
    server.post(&format!("{letter}/issue"), &json!({ "addressee": 2 })).problem(404, "not-found");
    assert_eq!(before, dump(&server));
    assert_eq!(letter_events(&server).len(), 1);
}

#[test]
fn asked_for_at_once_it_is_issued_once() {
    let server = Server::start();
    let (case, letter) = acknowledged(&server);
    let ask = || server.post(&format!("{letter}/issue"), &json!({})).status;
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409]);
    let all = server.get(&format!("/v1/cases/{case}/issued-letters")).done();
    assert_eq!(all["issued"].as_array().unwrap().len(), 1);
}

#[test]
fn a_group_gets_a_letter_each() {
    let server = Server::start();
    let mut content = complaint();
    content["residents"] = json!([
        { "person": { "name": "Resident A", "email": "a@example.org" } },
        { "person": { "name": "Resident B", "email": "b@example.org" } },
        { "person": { "name": "Resident C", "email": "c@example.org" } },
    ]);
    let case = server.receive_at("2026-11-02T11:00:00Z", &content).case();
    server.command(&case, "accept", &json!({})).done();
    server.command(&case, "acknowledge", &crate::api::samples::acknowledgement()).done();
    let issue = format!("/v1/cases/{case}/letters/3/issue");
    assert_eq!(first(&server.post(&issue, &json!({ "addressee": 2 })))["addressee"], 2);
    let rest = server.post(&issue, &json!({})).done();
    let numbers: Vec<&Value> =
        rest["issued"].as_array().unwrap().iter().map(|one| &one["addressee"]).collect();
    assert_eq!(numbers, [1, 3]);
    server.post(&issue, &json!({})).problem(409, "letter-issued");
    for one in server.get(&format!("/v1/cases/{case}/issued-letters")).done()["issued"].as_array().unwrap() {
        let text = server
            .get(&format!("/v1/cases/{case}/issued-letters/{}?format=text", one["id"].as_str().unwrap()))
            .text;
        let name = ["A", "B", "C"][usize::try_from(one["addressee"].as_u64().unwrap()).unwrap() - 1];
        assert!(text.contains(&format!("Dear Resident {name},")), "{text}");
    }
}

#[test]
fn a_letter_issued_anew_takes_the_place_of_the_former() {
    let server = Server::start();
    let (case, letter) = acknowledged(&server);
    let former = first(&server.post(&format!("{letter}/issue"), &json!({})));
    let address =
        |issued: &Value| format!("/v1/cases/{case}/issued-letters/{}", issued["id"].as_str().unwrap());
    let again = server.post(&format!("{}/reissue", address(&former)), &json!({}));
    assert_eq!(again.status, 201);
    let latter = again.done();
    assert_eq!((&latter["replaces"], &latter["replaced_at"]), (&former["id"], &Value::Null));
    assert_ne!(latter["html_sha256"], former["html_sha256"], "it says what it replaces");
    let now = server.get(&address(&former)).done();
    assert_eq!(now["replaced_at"], NOW);
    assert_eq!(now["html_sha256"], former["html_sha256"]);
    body(&server.get(&format!("{}?format=html", address(&former))), "text/html; charset=utf-8");
    server.post(&format!("{}/reissue", address(&former)), &json!({})).problem(409, "letter-replaced");
    server.post(&format!("{letter}/issue"), &json!({})).problem(409, "letter-issued");
    let listed = server.get(&format!("/v1/cases/{case}/letters")).done();
    assert_eq!(listed["letters"][0]["addressees"][0]["issued"], latter["id"]);
    let told = letter_events(&server);
    assert_eq!((told.len(), &told[1]["replaces"]), (2, &former["id"]));
}

#[test]
fn what_a_letter_said_can_be_erased_and_that_it_was_issued_cannot() {
    let server = Server::start();
    let (case, letter) = acknowledged(&server);
    let (other, other_letter) = acknowledged(&server);
    let issued = first(&server.post(&format!("{letter}/issue"), &json!({})));
    let untouched = first(&server.post(&format!("{other_letter}/issue"), &json!({})));
    let mut connection = connect(server.database());
    let (id, now) = (case.parse().unwrap(), NOW.parse().unwrap());
    assert_eq!(letters::erase(&mut connection, "bradford", id, now).unwrap(), 0);
    assert_eq!(letters::erase(&mut connection, "hartlepool", id, now).unwrap(), 1);
    assert_eq!(letters::erase(&mut connection, "hartlepool", id, now).unwrap(), 0);

    let address = format!("/v1/cases/{case}/issued-letters/{}", issued["id"].as_str().unwrap());
    for format in ["html", "text"] {
        server.get(&format!("{address}?format={format}")).problem(410, "letter-erased");
    }
    let known = server.get(&address).done();
    assert_eq!((&known["erased_at"], &known["html_sha256"]), (&json!(NOW), &issued["html_sha256"]));
    let standing = format!("/v1/cases/{other}/issued-letters/{}", untouched["id"].as_str().unwrap());
    body(&server.get(&format!("{standing}?format=text")), "text/plain; charset=utf-8");

    // Where the words themselves are gone, there is nothing left to issue.
    let gone = format!("DELETE FROM case_records WHERE case_id = '{case}'");
    diesel::sql_query(gone).execute(&mut connection).unwrap();
    let shown = server.get(&letter).done();
    assert_eq!(
        (&shown["letter"]["erased"], &shown["letter"]["addressees"][0]["name"]),
        (&json!(true), &json!("[erased]"))
    );
    server.post(&format!("{address}/reissue"), &json!({})).problem(409, "letter-words-gone");
}

#[test]
fn no_name_or_word_goes_into_the_feed() {
    let server = Server::start();
    let (_, letter) = acknowledged(&server);
    server.post(&format!("{letter}/issue"), &json!({})).done();
    let feed = server.get("/v1/events").text;
    assert!(!feed.contains("Resident A") && !feed.contains("stair lighting"), "{feed}");
}
