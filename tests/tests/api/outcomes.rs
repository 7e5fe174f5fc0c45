//! What became of offers and of requests for stage 2, as the reports read it.

use serde_json::json;

use crate::api::samples::{acknowledgement, response};
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
