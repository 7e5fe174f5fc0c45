//! `ETag`, `If-Match` and `If-None-Match`.

use serde_json::{Value, json};

use super::Shared;

#[test]
fn reading_a_case_again_costs_nothing_while_it_looks_the_same() {
    let shared = Shared::new();
    let service = shared.instance();
    let case = service.case();
    let shown = service.get(&case, &[]);
    assert!(shown.etag().starts_with("\"1-"), "{}", shown.etag());
    for header in [shown.etag().to_owned(), format!("\"x\", W/{}", shown.etag()), "*".to_owned()] {
        let again = service.get(&case, &[("If-None-Match", &header)]);
        assert_eq!((again.status, again.etag(), again.text.as_str()), (304, shown.etag(), ""));
    }
    // The same version, and yet not the same: by then it is overdue.
    let later = service.get(&format!("{case}?as_of=2027-01-04"), &[("If-None-Match", shown.etag())]);
    assert_ne!(later.done(200).etag(), shown.etag());
    service.post(&format!("{case}/accept"), &[], &json!({})).done(200);
    service.get(&case, &[("If-None-Match", shown.etag())]).done(200);
    service.get(&case, &[("If-None-Match", "1")]).problem(422, "malformed");
}

#[test]
fn a_command_on_what_has_changed_is_not_carried_out() {
    let shared = Shared::new();
    let service = shared.instance();
    let case = service.case();
    let seen = service.get(&case, &[]).etag().to_owned();
    let update = format!("{case}/flag-risk");
    let risk = json!({ "risk": { "kind": "safeguarding", "aware_at": "2026-11-02T12:00:00Z" } });
    let done = service.post(&update, &[("If-Match", &seen)], &risk);
    assert_eq!(done.done(200).etag(), "\"2\"");
    for stale in [seen.as_str(), "\"1\"", "W/\"2\"", "\"abc\"", "\"1\", \"3\""] {
        let refused = service.post(&update, &[("If-Match", stale)], &risk);
        refused.problem(412, "stale");
        assert_eq!(refused.etag(), "\"2\"");
    }
    service.post(&update, &[("If-Match", "\"1\", \"2\"")], &risk).done(200);
    service.post(&update, &[("If-Match", "*")], &risk).done(200);
    service.post(&update, &[], &risk).done(200);
    service.post(&update, &[("If-Match", "5")], &risk).problem(422, "malformed");
    assert_eq!(service.version(&case), 5);
}

#[test]
fn what_would_undo_another_persons_word_says_what_it_has_seen() {
    let shared = Shared::new();
    let service = shared.instance();
    let case = service.case();
    let correct = format!("{case}/correct");
    let content = json!({ "correct": { "fact": "stock-type", "is": "leasehold" }, "reason": "A slip." });
    service.post(&correct, &[], &content).problem(428, "version-required");
    service.post(&correct, &[("If-Match", "*")], &content).problem(428, "version-required");
    service.post(&correct, &[("If-Match", "\"1\"")], &content).done(200);
}

#[test]
fn homes_are_replaced_by_whoever_has_seen_them() {
    let shared = Shared::new();
    let service = shared.instance();
    let put = |headers: &[(&str, &str)], homes: &Value| service.send("PUT", "/v1/stock/2026", headers, homes);
    put(&[], &json!({ "lcra": 10 })).problem(428, "version-required");
    let first = put(&[("If-None-Match", "*")], &json!({ "lcra": 10 }));
    let tag = first.done(200).etag().to_owned();
    assert_eq!(service.get("/v1/stock/2026", &[]).etag(), tag);
    service.get("/v1/stock/2026", &[("If-None-Match", &tag)]).done(304);
    let refused = put(&[("If-None-Match", "*")], &json!({ "lcra": 11 }));
    refused.problem(412, "stale");
    assert_eq!(refused.etag(), tag);
    put(&[("If-Match", "\"x\"")], &json!({ "lcra": 11 })).problem(412, "stale");
    let second = put(&[("If-Match", &tag)], &json!({ "lcra": 11 }));
    assert_ne!(second.done(200).etag(), tag);
    put(&[("If-Match", &tag)], &json!({ "lcra": 12 })).problem(412, "stale");
}
