//! What is told of, and how each landlord wants it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::api::play;
use crate::api::samples::{acknowledgement, complaint, response, staff, with};
use crate::api::server::Server;
use crate::api::timers::{all_notices, tell, told};
use crate::api::transfers::bring_in;

fn kinds(server: &Server) -> BTreeSet<String> {
    let all = all_notices(server.of("hartlepool"));
    all.iter()
        .map(|line| {
            let noticed = &line["notice"]["noticed"];
            format!("{} {}", line["type"].as_str().unwrap(), noticed["deadline"].as_str().unwrap())
        })
        .collect()
}

/// A case on which everything is owed that can be.
fn owing() -> Server {
    let server = Server::start();
    let case = server.accepted();
    let handled = with(acknowledgement(), "update_every_working_days", json!(3));
    server.command(&case, "acknowledge", &handled).done();
    let action = json!({ "what": "Mend the lights.", "due_on": "2026-12-01", "owner": "Repairs" });
    let remedy = json!({ "kind": "financial", "detail": "For the bother.", "pence": 5000, "basis": "financial-loss",
        "due_on": "2026-12-01", "open_until": "2026-12-01" });
    let restriction = json!({
        "evidence": "Forty letters.", "restriction": "One officer.", "equality_considered": "Yes.",
        "review_on": "2026-12-01", "approved_by": staff("manager-1", "manager"),
    });
    let fair = json!({ "procedure_followed": true, "responses_given": true, "considered_afresh": "Yes." });
    let failure = json!({ "reference": "CHFO-1", "kind": 1, "due_on": "2026-12-01" });
    for (verb, content) in [
        ("add-action", json!({ "action": action })),
        ("offer-remedy", json!({ "remedy": remedy })),
        ("assess-restriction", fair),
        ("restrict-contact", restriction),
        ("record-failure-order", failure),
        ("warn-no-contact", json!({ "contact_by": "2026-12-01" })),
    ] {
        let answer = server.command(&case, verb, &content);
        assert_eq!(answer.status, 200, "{verb}: {}", answer.text);
    }
    server
}

#[test]
fn everything_that_can_be_owed_is_told_of_by_its_own_name() {
    let server = owing();
    server.move_to("2026-11-05T08:00:00Z");
    tell(&server);
    assert!(kinds(&server).contains("update-owed update"), "{:?}", kinds(&server));
    server.move_to("2026-11-27T08:00:00Z");
    tell(&server);
    for soon in ["action-due action-1", "restriction-review-due restriction-1", "order-due failure-order-1"] {
        assert!(kinds(&server).contains(soon), "{soon}: {:?}", kinds(&server));
    }
    let mine = |kinds: &BTreeSet<String>| {
        kinds.iter().any(|kind| kind.ends_with("offer-1") || kind.ends_with("contact"))
    };
    assert!(!mine(&kinds(&server)), "nobody is told that the resident's own time runs out");
    server.move_to("2026-12-02T00:00:00Z");
    tell(&server);
    for over in [
        "action-overdue action-1",
        "overdue restriction-1",
        "order-overdue failure-order-1",
        "offer-expired offer-1",
        "window-closed contact",
        "overdue update",
    ] {
        assert!(kinds(&server).contains(over), "{over}: {:?}", kinds(&server));
    }
}

#[test]
fn the_window_to_ask_for_stage_two_is_told_of_when_it_has_closed_unused() {
    let server = Server::start();
    let housing = server.of("housing-solutions");
    let case = |about: &str| {
        let body = json!({ "actor": "crm", "content": with(complaint(), "about", json!(about)) });
        let case = housing.post("/v1/cases", &body).case();
        housing.command(&case, "accept", &json!({})).done();
        let handled = with(acknowledgement(), "offered_to_discuss", json!(true));
        housing.command(&case, "acknowledge", &handled).done();
        housing.command(&case, "respond", &response()).done();
        case
    };
    let (waited, _asked) = (case("The lift."), {
        let asked = case("The door.");
        housing.command(&asked, "request-escalation", &json!({ "reasons": "It failed again." })).done();
        asked
    });
    server.move_to("2026-11-23T23:59:59Z");
    tell(&server);
    let closed = || -> Vec<Value> {
        let all = all_notices(server.of("housing-solutions"));
        all.into_iter().filter(|line| line["type"] == "window-closed").collect()
    };
    assert_eq!(closed(), Vec::<Value>::new());
    server.move_to("2026-11-24T00:00:00Z");
    tell(&server);
    tell(&server);
    let closed = closed();
    assert_eq!(closed.len(), 1, "{closed:?}");
    assert_eq!(closed[0]["case"], json!(waited));
    let noticed = &closed[0]["notice"]["noticed"];
    assert_eq!((&noticed["clock"], &noticed["deadline"]), (&json!("window"), &json!("escalate-by")));
    assert_eq!(
        (&noticed["due_on"], &noticed["clause"]),
        (&json!("2026-11-23"), &json!("Housing Solutions 6.2"))
    );
    assert_eq!(
        housing.get("/v1/due?within_days=60").done()["due"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|line| line["name"] == "escalate-by")
            .count(),
        0
    );
}

#[test]
fn how_long_before_is_the_landlords_to_say() {
    let server = Server::set("2026-11-02T12:00:00Z", |settings| {
        settings.timers.due_soon = "1; code: 3; respond-1:".parse().unwrap();
    });
    server.accepted();
    let mut known = 0;
    server.move_to("2026-11-04T09:00:00Z");
    let three = ["due-soon code acknowledge-1 2026-11-09 3 since 2026-11-04T00:00:00Z"];
    assert_eq!(told(&server, &mut known), three);
    server.move_to("2026-11-09T09:00:00Z");
    let one = ["due-soon policy acknowledge-1 2026-11-09 0 since 2026-11-06T00:00:00Z"];
    assert_eq!(told(&server, &mut known), one);
    server.move_to("2026-11-23T09:00:00Z");
    assert!(told(&server, &mut known).iter().all(|line| line.starts_with("overdue")));
}

#[test]
fn what_a_history_leaves_overdue_is_told_of_once_where_it_is_still_open_and_never_where_it_is_not() {
    let server = Server::start();
    let history = json!({
        "references": [{ "system": "crm", "value": "C-1" }], "stock_type": "lcra", "received": "2026-10-12",
        "stage_1": { "logged": "2026-10-12" },
    });
    let closed = json!({
        "references": [{ "system": "crm", "value": "C-2" }], "stock_type": "lcra", "received": "2026-09-07",
        "stage_1": { "logged": "2026-09-07" }, "withdrawn": { "on": "2026-10-30" },
    });
    let file = format!("{history}\n{closed}");
    let brought = bring_in(&server, "format = \"ndjson\"", &file);
    assert_eq!(brought["cases_made"], 2, "{brought}");
    let mut known = 0;
    // The acknowledgement was overdue before; the answer is due on the day on which the history came.
    let first = told(&server, &mut known);
    let late: Vec<&String> = first.iter().filter(|line| line.starts_with("overdue")).collect();
    let acknowledgement =
        |clock: &str| format!("overdue {clock} acknowledge-1 2026-10-19 over since 2026-10-19T23:00:00Z");
    assert_eq!(late, [&acknowledgement("code"), &acknowledgement("policy")]);
    assert!(first.len() == 4 && first[..2].iter().all(|line| line.starts_with("due-soon")), "{first:?}");
    assert_eq!(told(&server, &mut known), Vec::<String>::new());
    server.move_to("2026-11-03T09:00:00Z");
    let later = [
        "overdue code respond-1 2026-11-02 over since 2026-11-03T00:00:00Z",
        "overdue policy respond-1 2026-11-02 over since 2026-11-03T00:00:00Z",
    ];
    assert_eq!(told(&server, &mut known), later);
}

#[test]
fn no_notice_of_any_scenario_holds_a_word_of_a_residents() {
    let server = Server::at(play::TOLD_ON);
    play::all(&server);
    server.move_to("2027-06-01T00:00:00Z");
    tell(&server);
    let mut count = 0;
    for landlord in ["bradford", "cheshire-west", "hartlepool", "housing-solutions", "portsmouth"] {
        for line in all_notices(server.of(landlord)) {
            count += 1;
            let noticed = line["notice"]["noticed"].as_object().unwrap();
            let known = ["type", "clock", "deadline", "due_on", "due_at", "clause", "working_days_left"];
            assert!(noticed.keys().all(|key| known.contains(&key.as_str())), "{line}");
        }
    }
    assert!(count > 50, "{count}");
}
