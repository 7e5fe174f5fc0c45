//! Setting up webhooks, changing them, and looking at what became of deliveries.

use serde_json::{Value, json};

use super::receiver::Receiver;
use super::{ask, deliver, deliveries, made, server, show, webhook};

#[test]
fn a_webhook_is_set_up_shown_changed_and_taken_away() {
    let server = server();
    let wanted =
        json!({ "url": "https://8.8.8.8/a", "description": "Our CRM", "types": ["closed", "answered"] });
    let answer = server.post("/v1/webhooks", &wanted);
    let made = answer.done();
    let id = made["webhook"]["id"].as_str().unwrap();
    assert_eq!(answer.header("location").unwrap(), format!("/v1/webhooks/{id}"));
    let shown = show(&server, id);
    assert_eq!(shown, made["webhook"]);
    assert_eq!((&shown["types"], &shown["enabled"]), (&json!(["answered", "closed"]), &json!(true)));
    assert_eq!(server.get("/v1/webhooks").done()["webhooks"], json!([shown]));

    let path = format!("/v1/webhooks/{id}");
    let changed = server.put(&path, r#"{"url":"https://8.8.8.8/b"}"#).done();
    assert_eq!(changed["url"], "https://8.8.8.8/b");
    assert_eq!((&changed["description"], &changed["types"]), (&Value::Null, &json!([])));
    let stale = [("If-Match", answer.header("etag").unwrap())];
    server.send_with("PUT", &path, &stale, r#"{"url":"https://8.8.8.8/c"}"#).problem(412, "stale");
    server.send("PUT", &path, r#"{"url":"https://8.8.8.8/c"}"#).problem(428, "version-required");
    server.send("DELETE", &path, "").done();
    server.get(&path).problem(404, "not-found");
    assert_eq!(server.get("/v1/webhooks").done()["webhooks"], json!([]));
}

#[test]
fn what_is_wrong_with_a_webhook_is_said_where_it_is() {
    let server = server();
    let url = "https://8.8.8.8/";
    server.post("/v1/webhooks", &json!({})).malformed("/url");
    server.post("/v1/webhooks", &json!({ "url": url, "types": ["opened", "opend"] })).malformed("/types/1");
    server.post("/v1/webhooks", &json!({ "url": url, "secret": "x" })).problem(422, "malformed");
    let (id, _) = made(&server, &json!({ "url": url }));
    for body in [json!({}), json!({ "after": 1, "since": "2026-11-02T12:00:00Z" })] {
        server.post(&format!("/v1/webhooks/{id}/replay"), &body).malformed("/after");
    }
    server.get(&format!("/v1/webhooks/{id}/deliveries?state=lost")).malformed("state");
}

#[test]
fn what_is_kept_of_an_address_is_what_was_looked_at() {
    let server = server();
    let (id, _) = made(&server, &json!({ "url": " https://8.8.8.8/a\u{0}\n" }));
    assert_eq!(show(&server, &id)["url"], "https://8.8.8.8/a");
}

#[test]
fn a_landlord_has_no_more_webhooks_than_it_may() {
    let server = server();
    for _ in 0..50 {
        server.post("/v1/webhooks", &json!({ "url": "https://8.8.8.8/" })).done();
    }
    server.post("/v1/webhooks", &json!({ "url": "https://8.8.8.8/" })).problem(409, "too-many-webhooks");
    server.of("bradford").post("/v1/webhooks", &json!({ "url": "https://8.8.8.8/" })).done();
    let first = server.get("/v1/webhooks?limit=30").done();
    let next = first["next"].as_str().unwrap();
    let second = server.get(&format!("/v1/webhooks?limit=30&after={next}")).done();
    assert_eq!(
        (first["webhooks"].as_array().unwrap().len(), second["webhooks"].as_array().unwrap().len()),
        (30, 20)
    );
    assert_eq!(second["next"], Value::Null);
}

#[test]
fn a_webhook_is_tried_with_a_message_that_tells_nothing() {
    let (server, receiver) = (server(), Receiver::answering(200));
    let (id, _) = made(&server, &json!({ "url": receiver.url(), "types": ["closed"] }));
    let tried = ask(&server, &id, "test");
    assert_eq!(
        (&tried["type"], &tried["state"], &tried["feed"]),
        (&json!("test"), &json!("pending"), &Value::Null)
    );
    deliver(&server);
    let sent = receiver.take();
    assert_eq!(sent[0].id(), tried["message"]);
    assert_eq!((&sent[0].json()["type"], &sent[0].json()["data"]["case"]), (&json!("test"), &Value::Null));
    let delivery = tried["id"].as_str().unwrap();
    let seen = server.get(&format!("/v1/webhooks/{id}/deliveries/{delivery}")).done();
    assert_eq!((&seen["state"], &seen["last_status"]), (&json!("delivered"), &json!(200)));
}

#[test]
fn deliveries_are_listed_by_what_became_of_them_page_by_page() {
    let (server, receiver) = (server(), Receiver::answering(200));
    let (id, _) = webhook(&server, &receiver);
    for _ in 0..3 {
        server.accepted();
    }
    deliver(&server);
    server.accepted();
    super::ask(&server, &id, "test");
    let list = |query: &str| server.get(&format!("/v1/webhooks/{id}/deliveries{query}")).done();
    assert_eq!(list("?state=delivered")["deliveries"].as_array().unwrap().len(), 6);
    assert_eq!(list("?state=pending")["deliveries"].as_array().unwrap().len(), 1);
    assert_eq!(list("?state=failed")["deliveries"], json!([]));
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let page = list(&format!("?limit=2{after}"));
        seen.extend(page["deliveries"].as_array().unwrap().clone());
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(seen, deliveries(&server, &id));
    assert_eq!(seen.len(), 7);
}

#[test]
fn the_types_of_the_feed_are_words_that_there_are() {
    let server = server();
    server.get("/v1/events?type=opened&type=calendar-changed").done();
    let said = server.get("/v1/events?type=opened&type=opend").malformed("type");
    assert!(!said.contains("opend`"), "{said}");
}
