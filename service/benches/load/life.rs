//! A complaint's life, from receipt to closing, as a CRM would report it.

use serde_json::{Value, json};

use super::http::{Answer, Connection};

/// The steps after receipt: verb and content.
pub fn steps() -> Vec<(&'static str, Value)> {
    let today = chrono::Utc::now().date_naive();
    vec![
        ("accept", json!({})),
        (
            "acknowledge",
            json!({
                "channel": "email",
                "points": [{ "understanding": "The stair lighting fails every week.", "responsible": true }],
                "outcomes_sought": "Lights that work.",
                "handler": { "id": "officer-1", "role": "officer", "job_title": "Complaints Officer" },
                "conflict_of_interest": "none",
            }),
        ),
        ("update-resident", json!({ "note": "An electrician has been asked to look at the wiring." })),
        ("update-resident", json!({ "note": "The electrician comes on Thursday." })),
        (
            "respond",
            json!({
                "decisions": [{ "point": 1, "outcome": "upheld", "reasons": "The fault was known." }],
                "sources": "The lighting log.",
                "remedies": [{ "kind": "apology", "detail": "We are sorry.", "due_on": today }],
            }),
        ),
        ("close", json!({ "reason": "answered" })),
    ]
}

/// What receives the complaint.
pub fn receipt() -> Value {
    let today = chrono::Utc::now().date_naive();
    json!({
        "kind": "complaint",
        "channel": "form",
        "about": "The stair lighting fails every week.",
        "stock_type": "lcra",
        "residents": [{ "person": { "name": "Resident A", "email": "a@example.org" } }],
        "event_on": today,
        "categories": ["Communal areas"],
        "references": [{ "system": "crm", "value": uuid::Uuid::new_v4().to_string() }],
    })
}

/// An Idempotency-Key that nothing else has.
pub fn new_key() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// The body of a command.
pub fn envelope(content: &Value) -> String {
    json!({ "actor": "crm", "content": content }).to_string()
}

/// Receives a complaint: the answer, and the case's id.
pub fn receive(connection: &mut Connection) -> (Answer, String) {
    let answer = connection.post("/v1/cases", &new_key(), &envelope(&receipt())).expect("an answer");
    assert_eq!(answer.status, 201, "{}", String::from_utf8_lossy(&answer.body));
    let body: Value = serde_json::from_slice(&answer.body).expect("JSON");
    let id = body["case"]["id"].as_str().expect("an id").to_owned();
    (answer, id)
}

/// Gives a command to a case.
pub fn command(connection: &mut Connection, case: &str, verb: &str, content: &Value) -> Answer {
    let path = format!("/v1/cases/{case}/{verb}");
    let answer = connection.post(&path, &new_key(), &envelope(content)).expect("an answer");
    assert_eq!(answer.status, 200, "{verb}: {}", String::from_utf8_lossy(&answer.body));
    answer
}
