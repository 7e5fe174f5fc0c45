//! Bodies that are well-formed.

use serde_json::{Value, json};

pub fn complaint() -> Value {
    json!({
        "kind": "complaint",
        "channel": "form",
        "about": "The stair lighting fails every week.",
        "stock_type": "lcra",
        "residents": [{ "person": { "name": "Resident A", "email": "a@example.org" } }],
        "event_on": "2026-10-01",
        "categories": ["Communal areas"],
    })
}

/// The same, of another kind.
pub fn contact(kind: &str) -> Value {
    with(complaint(), "kind", json!(kind))
}

/// An object with one member changed.
pub fn with(mut object: Value, member: &str, value: Value) -> Value {
    object[member] = value;
    object
}

pub fn staff(id: &str, role: &str) -> Value {
    json!({ "id": id, "role": role, "job_title": "Complaints Officer" })
}

pub fn acknowledgement() -> Value {
    json!({
        "channel": "email",
        "points": [{ "understanding": "The stair lighting fails every week.", "responsible": true }],
        "outcomes_sought": "Lights that work.",
        "handler": staff("officer-1", "officer"),
        "conflict_of_interest": "none",
    })
}

pub fn response() -> Value {
    json!({
        "decisions": [{ "point": 1, "outcome": "upheld", "reasons": "The fault was known." }],
        "sources": "The lighting log.",
        "remedies": [{ "kind": "apology", "detail": "We are sorry.", "due_on": "2026-11-02" }],
    })
}
