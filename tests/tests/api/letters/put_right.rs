//! What is put right counts for every letter that is still to go out, and for none that has gone.

use serde_json::{Value, json};

use super::{body, first};
use crate::api::samples::{acknowledgement, complaint, response, with};
use crate::api::server::{Asking, Server};

const TEXT: &str = "text/plain; charset=utf-8";

/// A case of somebody whose name and address were taken down wrongly, acknowledged on the second working day.
fn acknowledged(server: &Server) -> String {
    let person = json!({ "person": { "name": "Wrong Name", "address": "1 Wrong Street" } });
    let case =
        server.receive_at("2026-11-02T09:00:00Z", &with(complaint(), "residents", json!([person]))).case();
    order(server.of("hartlepool"), &case, "accept", "2026-11-02T09:30:00Z", json!({}));
    order(server.of("hartlepool"), &case, "acknowledge", "2026-11-04T09:00:00Z", acknowledgement());
    case
}

fn order(asking: Asking<'_>, case: &str, verb: &str, at: &str, content: Value) {
    asking.order(case, verb, &json!({ "occurred_at": at, "actor": "crm", "content": content })).done();
}

fn name_put_right(server: &Server, case: &str) {
    let person = json!({ "name": "Right Name", "address": "2 Right Road" });
    let content = json!({ "resident": 1, "person": person, "reason": "They told us." });
    server.command(case, "correct-resident", &content).done();
}

fn acknowledgement_put_right(server: &Server, case: &str) {
    let fact = json!({ "fact": "acknowledged-at", "stage": "1", "at": "2026-11-05T09:00:00Z" });
    server.command(case, "correct", &json!({ "correct": fact, "reason": "It went out a day later." })).done();
}

/// The dates on which the answer is due, as the due dates have it.
fn due(server: &Server, case: &str) -> Vec<String> {
    let all = server.get(&format!("/v1/cases/{case}/deadlines")).done();
    let all = all["deadlines"].as_array().unwrap().clone();
    let of_answer = all.iter().filter(|deadline| deadline["name"] == "respond-1");
    of_answer.map(|deadline| deadline["sentence"].as_str().unwrap().to_owned()).collect()
}

fn issued(server: &Server, case: &str, one: &Value, format: &str) -> String {
    let id = one["id"].as_str().unwrap();
    server.get(&format!("/v1/cases/{case}/issued-letters/{id}?format={format}")).text.clone()
}

#[test]
fn a_letter_that_is_still_to_go_out_says_what_was_put_right() {
    let server = Server::at("2026-11-06T12:00:00Z");
    let case = acknowledged(&server);
    let letter = format!("/v1/cases/{case}/letters/3");
    let before = body(&server.get(&format!("{letter}?format=text")), TEXT);
    assert!(before.contains("Dear Wrong Name") && before.contains("4 November 2026"), "{before}");
    name_put_right(&server, &case);
    acknowledgement_put_right(&server, &case);
    // What came later and put nothing right is not in it.
    order(
        server.of("hartlepool"),
        &case,
        "extend",
        "2026-11-06T11:00:00Z",
        json!({
            "respond_by": "2026-12-01", "reason": "A part is awaited.", "ombudsman_details_given": true, "agreed": true,
            "discussed": true,
        }),
    );
    let text = body(&server.get(&format!("{letter}?format=text")), TEXT);
    for said in ["Dear Right Name", "2 Right Road", "5 November 2026"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    for wrong in ["Wrong", "4 November 2026", "1 December 2026", "replaces"] {
        assert!(!text.contains(wrong), "{wrong}: {text}");
    }
    // As the due dates have it: ten working days after the corrected day, which was within the time allowed.
    assert!(due(&server, &case).iter().any(|sentence| sentence.contains("after 5 November 2026")));
    assert!(text.contains("by Thursday 19 November 2026"), "{text}");
    let one = first(&server.post(&format!("{letter}/issue"), &json!({})));
    assert_eq!(issued(&server, &case, &one, "text"), text);
    let listed = server.get(&format!("/v1/cases/{case}/letters")).done();
    assert_eq!(listed["letters"][0]["addressees"][0]["name"], "Right Name");
    assert_eq!(listed["letters"][0]["dated"], "2026-11-05");
}

#[test]
fn a_letter_issued_anew_says_what_was_put_right_and_what_it_replaces() {
    let server = Server::at("2026-11-06T12:00:00Z");
    let case = acknowledged(&server);
    let former = first(&server.post(&format!("/v1/cases/{case}/letters/3/issue"), &json!({})));
    let as_it_was = ["html", "text"].map(|format| issued(&server, &case, &former, format));
    name_put_right(&server, &case);
    acknowledgement_put_right(&server, &case);
    let id = former["id"].as_str().unwrap();
    let latter = server.post(&format!("/v1/cases/{case}/issued-letters/{id}/reissue"), &json!({})).done();
    for format in ["html", "text"] {
        let said = issued(&server, &case, &latter, format);
        assert!(said.contains("Right Name") && !said.contains("Wrong"), "{said}");
        assert!(said.contains("5 November 2026") && !said.contains("4 November 2026"), "{said}");
        assert!(said.contains("It replaces the one that we issued on 6 November 2026."), "{said}");
    }
    assert_eq!(as_it_was, ["html", "text"].map(|format| issued(&server, &case, &former, format)));
    assert!(as_it_was[1].contains("Dear Wrong Name"), "{}", as_it_was[1]);
}

/// A correction of a later stage is none of an earlier letter's, and one that was made before an event is in it as ever.
#[test]
fn what_a_letter_could_not_know_of_stays_out_of_it() {
    let server = Server::at("2026-11-06T12:00:00Z");
    let case = acknowledged(&server);
    let letter = format!("/v1/cases/{case}/letters/3?format=text");
    let before = body(&server.get(&letter), TEXT);
    let mut answer = response();
    answer["remedies"][0]["due_on"] = json!("2026-11-20");
    order(server.of("hartlepool"), &case, "respond", "2026-11-05T09:00:00Z", answer);
    let fact = json!({ "fact": "responded-at", "stage": "1", "at": "2026-11-06T09:00:00Z" });
    server.command(&case, "correct", &json!({ "correct": fact, "reason": "A slip." })).done();
    assert_eq!(body(&server.get(&letter), TEXT), before);
    let answer = server.get(&format!("/v1/cases/{case}/letters/4?format=text")).text;
    assert!(answer.contains("6 November 2026") && !answer.contains("5 November 2026"), "{answer}");
}
