//! Residents are found, and what is held on them is given out.

use redress_service::access::{Role, Scope};
use serde_json::{Value, json};

use super::{MARK, administrator, ended, marked, resident};
use crate::api::access::issue;
use crate::api::documents::attach;
use crate::api::server::{Answer, Server};

fn look(server: &Server, body: &Value) -> Value {
    administrator(server, "POST", "/v1/residents/search", body, &[]).done()
}

fn export(server: &Server, people: &Value, scopes: &[Scope]) -> Answer {
    administrator(server, "POST", "/v1/residents/export", &json!({ "people": people }), scopes)
}

#[test]
fn a_resident_is_found_on_every_case_as_they_were_and_as_they_are() {
    let server = Server::start();
    let first = ended(&server, &marked(json!([resident("Ann")])));
    let second = ended(&server, &marked(json!([resident("Bob"), resident("Ann")])));
    let found = look(&server, &json!({ "email": format!("{MARK}.ANN@example.org") }));
    let places = |found: &Value| -> Vec<(String, u64)> {
        let people = found["people"].as_array().unwrap().iter();
        people
            .map(|one| (one["case"].as_str().unwrap().to_owned(), one["resident"].as_u64().unwrap()))
            .collect()
    };
    assert_eq!(places(&found), [(first.clone(), 1), (second.clone(), 2)]);
    let corrected = json!({
        "resident": 1, "reason": "They wrote.",
        "person": { "name": "Cleo", "telephone": "+44 20 7946 0999" },
    });
    server.command(&first, "correct-resident", &corrected).done();
    let found = look(&server, &json!({ "telephone": "02079460999" }));
    assert_eq!(
        (places(&found), &found["people"][0]["person"]["name"]),
        (vec![(first.clone(), 1)], &json!("Cleo"))
    );
    let by_old = look(&server, &json!({ "name": format!("ann {MARK}"), "address": "street" }));
    assert_eq!(places(&by_old), [(first.clone(), 1), (second, 2)], "by what was known before");
    assert_eq!(by_old["people"][0]["person"]["name"], "Cleo");
    assert_eq!(look(&server, &json!({ "email": "f@example.org" }))["people"][0]["representative"], true);
    assert_eq!(look(&server, &json!({ "name": "Nobody" }))["people"], json!([]));
    administrator(&server, "POST", "/v1/residents/search", &json!({}), &[]).malformed("");
    assert_eq!(
        server.get(&format!("/v1/cases/{first}/residents")).done()["residents"][0]["person"]["name"],
        "Cleo"
    );
}

#[test]
fn everything_that_is_held_is_given_out_with_what_it_is_held_for() {
    let server = Server::start();
    let case = ended(&server, &marked(json!([resident("Ann"), resident("Bob")])));
    attach(&server, &case, "letter.pdf");
    let people = json!([{ "case": case, "resident": 1 }]);
    let given = export(&server, &people, &[]).done();
    assert_eq!(given["withheld"], 4);
    let whole = export(&server, &people, &[Scope::SpecialCategory]);
    let given = whole.done();
    assert_eq!((&given["withheld"], &given["landlord"]), (&json!(0), &json!("hartlepool")));
    let held = given["cases"][0]["held"].as_array().unwrap();
    for said in ["Ann", "about", "property", "large print", "sight", "ethnicity", "reasons", "comment"] {
        assert!(whole.text.contains(&format!("{MARK} {said}")), "{said}");
    }
    for others in ["Bob", "Friend"] {
        assert!(!whole.text.contains(&format!("{MARK} {others}")), "{others}");
    }
    assert!(held.iter().all(|thing| thing["held_for"].as_str().is_some_and(|why| why.ends_with('.'))));
    assert_eq!(given["cases"][0]["documents"][0]["name"], "letter.pdf");
    assert_eq!(given["cases"][0]["events"][0]["type"], "opened");
    let friend = export(&server, &json!([{ "case": case, "representative": true }]), &[]);
    assert!(friend.text.contains(&format!("{MARK} Friend")) && !friend.text.contains(&format!("{MARK} Ann")));
    export(&server, &json!([{ "case": case, "resident": 3 }]), &[]).problem(404, "not-found");
    export(&server, &json!([{ "case": case }]), &[]).malformed("/people/0");
}

#[test]
fn the_letters_that_somebody_was_sent_are_given_out_and_not_those_of_others() {
    let server = Server::start();
    let mut body = marked(json!([resident("Ann"), resident("Bob")]));
    body["representative"] = json!(null);
    let case = ended(&server, &body);
    let letters = server.get(&format!("/v1/cases/{case}/letters")).done();
    for letter in letters["letters"].as_array().unwrap() {
        let path = format!("/v1/cases/{case}/letters/{}/issue", letter["id"].as_str().unwrap());
        assert_eq!(server.post(&path, &json!({})).status, 201);
    }
    let of = |resident: u64| {
        export(&server, &json!([{ "case": case, "resident": resident }]), &[]).done()["cases"][0]["letters"]
            .clone()
    };
    let (ann, bob) = (of(1), of(2));
    assert_eq!(ann.as_array().unwrap().len(), letters["letters"].as_array().unwrap().len());
    for (letters, name, other) in [(&ann, "Ann", "Bob"), (&bob, "Bob", "Ann")] {
        for letter in letters.as_array().unwrap() {
            let text = letter["text"].as_str().unwrap();
            assert!(
                text.contains(&format!("{MARK} {name}")) && !text.contains(&format!("{MARK} {other}")),
                "{text}"
            );
            assert_eq!(letter["held_for"], "To show what was written to them.");
        }
    }
    // A letter may quote anybody of the case: erasing one erases what all of them say.
    super::erase(&server, &case, 2).done();
    let left = of(1);
    assert!(
        left.as_array()
            .unwrap()
            .iter()
            .all(|letter| letter["text"].is_null() && letter["erased_at"].is_string())
    );
    assert_eq!(left.as_array().unwrap().len(), ann.as_array().unwrap().len());
}

#[test]
fn who_looked_is_written_down_by_ids_alone() {
    let server = Server::start();
    let case = ended(&server, &marked(json!([resident("Ann")])));
    look(&server, &json!({ "name": MARK, "address": "street" }));
    export(&server, &json!([{ "case": case, "resident": 1 }]), &[]).done();
    let (auditor, _) = issue(&server, "hartlepool", Role::Auditor, &[]);
    let bearer = format!("Bearer {auditor}");
    let seen = server.send_with("GET", "/v1/personal-access", &[("Authorization", &bearer)], "");
    assert!(!seen.text.contains(MARK), "{}", seen.text);
    let lines = seen.done();
    let told: Vec<(&Value, &Value)> =
        lines["accesses"].as_array().unwrap().iter().map(|line| (&line["what"], &line["people"])).collect();
    let ann = json!([{ "case": case, "resident": 1 }]);
    assert_eq!(told, [(&json!("search"), &ann), (&json!("export"), &ann)]);
    assert_eq!(lines["accesses"][1]["request_id"], "suite");
}

/// Reads the log after its own requests; no test of another kind says this word.
#[test]
fn no_line_of_the_log_says_whose_data_was_looked_for_given_out_or_erased() {
    let server = Server::start();
    let case = ended(&server, &marked(json!([resident("Ann")])));
    let location = attach(&server, &case, &format!("{MARK}.pdf")).header("location").unwrap().to_owned();
    attach(&server, &case, &format!("{MARK}.exe")).problem(415, "document-type");
    assert_eq!(server.get(&format!("{location}/content")).status, 200);
    look(&server, &json!({ "name": MARK }));
    export(&server, &json!([{ "case": case, "resident": 1 }]), &[Scope::SpecialCategory]).done();
    administrator(&server, "POST", "/v1/residents/search", &json!({ "name": 1, "email": MARK }), &[])
        .malformed("/name");
    super::erase(&server, &case, 1).done();
    server.do_duty(redress_service::background::documents::round);
    drop(server);
    let log = crate::api::logs::so_far();
    assert!(
        log.lines().any(|line| line.contains("answered") && line.contains(&case)),
        "the log was captured"
    );
    let said: Vec<&str> = log.lines().filter(|line| line.contains(MARK)).collect();
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn a_residents_details_are_put_right_and_what_they_told_is_counted_anew() {
    let server = Server::start();
    let case = ended(&server, &marked(json!([resident("Ann")])));
    let correct = |content: &Value| server.command(&case, "correct-resident", content);
    correct(&json!({ "resident": 2, "person": { "name": "X" }, "reason": "A slip." }))
        .problem(409, "unknown-item");
    correct(&json!({ "resident": 1, "reason": "A slip." })).problem(409, "nothing-changes");
    let told = json!({ "resident": 1, "adjustments": ["Braille", "By telephone"], "disabilities": [], "reason": "Told." });
    let shown = correct(&told).done();
    assert_eq!(shown["case"]["parties"]["adjustments"], 2);
    assert_eq!(shown["case"]["parties"]["vulnerabilities"], 1);
    let (officer, _) = issue(&server, "hartlepool", Role::Officer, &[]);
    let body = json!({ "actor": "officer-7", "content": told }).to_string();
    let path = format!("/v1/cases/{case}/correct-resident");
    let headers = [("Authorization", &*format!("Bearer {officer}")), ("If-Match", "\"7\"")];
    server.send_with("POST", &path, &headers, body).problem(403, "scope-missing");
    assert_eq!(crate::api::upkeep::look(&server, false).1, []);
}
