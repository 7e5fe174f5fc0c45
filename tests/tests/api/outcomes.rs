//! What became of offers and of requests for stage 2, as the reports read it.

use serde_json::json;

use crate::api::samples::{acknowledgement, response, staff};
use crate::api::server::Server;
use crate::api::tables::{connect, lines};

fn answered(server: &Server) -> String {
    let case = server.accepted();
    server.command(&case, "acknowledge", &acknowledgement()).done();
    server.command(&case, "respond", &response()).done();
    case
}

fn withdrawal() -> serde_json::Value {
    json!({ "concerns": "end", "concerns_reason": "The lights work now." })
}

fn escalation(server: &Server, case: &str) -> Vec<String> {
    let query = format!("SELECT outcome AS line FROM report_escalations WHERE case_id = '{case}'");
    lines(&mut connect(server.database()), &query)
}

#[test]
fn an_offer_that_was_declined_is_not_open() {
    let server = Server::start();
    let case = answered(&server);
    let declined = || {
        let query = "SELECT coalesce(CAST(declined_on AS TEXT), 'open') || ' ' \
                     || coalesce(CAST(accepted_on AS TEXT), 'not accepted') AS line \
                     FROM report_remedies";
        lines(&mut connect(server.database()), query)
    };
    assert_eq!(declined(), ["open not accepted"]);
    server.command(&case, "answer-offer", &json!({ "remedy": 1, "accepted": false })).done();
    assert_eq!(declined(), ["2026-11-02 not accepted"]);
}

#[test]
fn a_request_for_stage_two_ends_undecided_with_its_case() {
    let server = Server::start();
    let withdrawn = answered(&server);
    server.command(&withdrawn, "request-escalation", &json!({ "reasons": "It failed again." })).done();
    assert_eq!(escalation(&server, &withdrawn), ["pending"]);
    server.command(&withdrawn, "withdraw", &withdrawal()).done();
    assert_eq!(escalation(&server, &withdrawn), ["ended"]);
    let decided = answered(&server);
    server.command(&decided, "request-escalation", &json!({ "reasons": "It failed again." })).done();
    server.command(&decided, "accept-escalation", &json!({})).done();
    server.command(&decided, "withdraw", &withdrawal()).done();
    assert_eq!(escalation(&server, &decided), ["accepted"]);
}

fn rows(server: &Server, columns: &str, view: &str) -> Vec<String> {
    let query = format!("SELECT {columns} AS line FROM report_{view} ORDER BY 1");
    lines(&mut connect(server.database()), &query)
}

#[test]
fn risks_extensions_and_restrictions_are_told_of_one_by_one() {
    let server = Server::start();
    let case = server.accepted();
    let risk = json!({ "risk": { "kind": "significant-hazard", "aware_at": "2026-11-02T08:00:00Z" } });
    server.command(&case, "flag-risk", &risk).done();
    server.command(&case, "acknowledge", &acknowledgement()).done();
    let extended = json!({
        "respond_by": "2026-11-25", "reason": "The surveyor is ill.", "agreed": true, "in_writing": true,
        "ombudsman_details_given": true,
    });
    server.command(&case, "extend", &extended).done();
    let assessed =
        json!({ "procedure_followed": true, "responses_given": true, "considered_afresh": "By itself." });
    server.command(&case, "assess-restriction", &assessed).done();
    let restricted = json!({
        "evidence": "40 calls a day.", "restriction": "By letter alone.", "equality_considered": "Yes.", "review_on": "2027-02-01",
        "approved_by": staff("manager-1", "senior-manager"),
    });
    server.command(&case, "restrict-contact", &restricted).done();
    assert_eq!(
        rows(&server, "kind || ' ' || aware_on || ' ' || coalesce(CAST(handed_on AS TEXT), 'kept')", "risks"),
        ["significant-hazard 2026-11-02 kept"]
    );
    server.command(&case, "hand-off-risk", &json!({ "kind": "significant-hazard", "to": "Repairs" })).done();
    assert_eq!(rows(&server, "CAST(handed_on AS TEXT)", "risks"), ["2026-11-02"]);
    assert_eq!(
        rows(&server, "stage || ' ' || number || ' ' || decided_on || ' ' || respond_by", "extensions"),
        ["1 1 2026-11-02 2026-11-25"]
    );
    assert_eq!(
        rows(
            &server,
            "since_on || ' ' || review_on || ' ' || coalesce(CAST(lifted_on AS TEXT), 'stands')",
            "restrictions"
        ),
        ["2026-11-02 2027-02-01 stands"]
    );
}

#[test]
fn the_log_and_the_calendar_are_there_to_count_anew_by() {
    let server = Server::start();
    let case = server.accepted();
    let log = rows(&server, &format!("CASE WHEN case_id = '{case}' THEN sequence || '' END"), "events");
    assert_eq!(log, ["1", "2"]);
    let built_in = redress_shared::calendar::Calendar::england_and_wales().unwrap();
    let kept = rows(&server, "version", "calendar");
    assert!(kept.len() >= 5 && kept.iter().all(|version| version == built_in.version()), "{kept:?}");
}
