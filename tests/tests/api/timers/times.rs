//! When something is told.

use serde_json::json;

use crate::api::samples::{acknowledgement, complaint, response};
use crate::api::server::Server;
use crate::api::timers::{all_notices, lines, tell, told};

#[test]
fn what_is_due_soon_is_told_then_that_it_is_due_and_then_that_it_is_overdue() {
    let server = Server::start();
    let case = server.accepted();
    let mut known = 0;
    assert_eq!(told(&server, &mut known), [""; 0]);
    server.move_to("2026-11-04T23:59:59Z");
    assert_eq!(told(&server, &mut known), [""; 0]);
    server.move_to("2026-11-05T00:00:00Z");
    let soon = [
        "due-soon code acknowledge-1 2026-11-09 2 since 2026-11-05T00:00:00Z",
        "due-soon policy acknowledge-1 2026-11-09 2 since 2026-11-05T00:00:00Z",
    ];
    assert_eq!(told(&server, &mut known), soon);
    server.move_to("2026-11-08T12:00:00Z");
    assert_eq!(told(&server, &mut known), [""; 0]);
    server.move_to("2026-11-09T09:00:00Z");
    let today = [
        "due-soon code acknowledge-1 2026-11-09 0 since 2026-11-09T00:00:00Z",
        "due-soon policy acknowledge-1 2026-11-09 0 since 2026-11-09T00:00:00Z",
    ];
    assert_eq!(told(&server, &mut known), today);
    server.move_to("2026-11-10T00:00:00Z");
    let over = [
        "overdue code acknowledge-1 2026-11-09 over since 2026-11-10T00:00:00Z",
        "overdue policy acknowledge-1 2026-11-09 over since 2026-11-10T00:00:00Z",
    ];
    assert_eq!(told(&server, &mut known), over);
    let notice = all_notices(server.of("hartlepool")).remove(0);
    assert_eq!(notice["case"], json!(case));
    assert_eq!(notice["notice"]["noticed"]["clause"], "Hartlepool 5.2, Code 6.2");
    assert_eq!(notice["notice"]["recorded_at"], "2026-11-05T00:00:00Z");
}

#[test]
fn after_a_week_in_which_nobody_looked_only_what_holds_now_is_told() {
    let server = Server::start();
    server.accepted();
    server.move_to("2026-11-20T10:00:00Z");
    let mut known = 0;
    let once = [
        "due-soon code respond-1 2026-11-23 1 since 2026-11-19T00:00:00Z",
        "due-soon policy respond-1 2026-11-23 1 since 2026-11-19T00:00:00Z",
        "overdue code acknowledge-1 2026-11-09 over since 2026-11-10T00:00:00Z",
        "overdue policy acknowledge-1 2026-11-09 over since 2026-11-10T00:00:00Z",
    ];
    assert_eq!(told(&server, &mut known), once);
    assert_eq!(told(&server, &mut known), [""; 0]);
    server.move_to("2026-12-20T10:00:00Z");
    let later = told(&server, &mut known);
    assert_eq!(later.len(), 2, "{later:?}");
    assert!(later.iter().all(|line| line.ends_with("since 2026-11-24T00:00:00Z")), "{later:?}");
}

#[test]
fn a_date_that_moves_is_told_of_anew_and_the_same_date_never_twice() {
    let server = Server::start();
    let case = server.accepted();
    server.command(&case, "acknowledge", &acknowledgement()).done();
    let mut known = 0;
    // Acknowledged on 2 November, so that the answer is due on the 16th.
    server.move_to("2026-11-12T09:00:00Z");
    let soon = told(&server, &mut known);
    assert_eq!(soon.len(), 2, "{soon:?}");
    assert!(soon.iter().all(|line| line.contains("respond-1 2026-11-16 2")), "{soon:?}");
    let extend = json!({
        "respond_by": "2026-11-20", "reason": "A surveyor is awaited.", "good_reason": "The surveyor is ill.",
        "agreed": true, "ombudsman_details_given": true,
    });
    server.command(&case, "extend", &extend).done();
    assert_eq!(told(&server, &mut known), [""; 0]);
    server.move_to("2026-11-17T09:00:00Z");
    assert_eq!(told(&server, &mut known), [""; 0]);
    server.move_to("2026-11-18T09:00:00Z");
    let anew = told(&server, &mut known);
    assert_eq!(anew.len(), 2, "{anew:?}");
    assert!(anew.iter().all(|line| line.contains("respond-1 2026-11-20 2")), "{anew:?}");
    // A correction that comes to the same date is no news.
    let correct = json!({ "correct": { "fact": "channel", "is": "letter" }, "reason": "It was a letter." });
    server.command(&case, "correct", &correct).done();
    assert_eq!(told(&server, &mut known), [""; 0]);
}

#[test]
fn a_day_is_over_at_midnight_in_london_also_when_the_clocks_change() {
    for (received, day, still, over) in [
        ("2026-10-12T09:00:00Z", "2026-10-23", "2026-10-23T22:59:59Z", "2026-10-23T23:00:00Z"),
        ("2026-10-12T09:00:00Z", "2026-10-25", "2026-10-25T23:59:59Z", "2026-10-26T00:00:00Z"),
        ("2027-03-15T09:00:00Z", "2027-03-28", "2027-03-28T22:59:59Z", "2027-03-28T23:00:00Z"),
    ] {
        let server = Server::at(received);
        let case = server.receive_at(received, &complaint()).case();
        server.command(&case, "accept", &json!({})).done();
        let action = json!({ "what": "Mend the lights.", "due_on": day, "owner": "Repairs" });
        server.command(&case, "add-action", &json!({ "action": action })).done();
        server.move_to(still);
        tell(&server);
        let is_over = |line: &String| line.starts_with("action-overdue");
        assert!(!lines(server.of("hartlepool")).iter().any(is_over), "{day}");
        server.move_to(over);
        tell(&server);
        let line = format!("action-overdue promise action-1 {day} over since {over}");
        assert!(
            lines(server.of("hartlepool")).contains(&line),
            "{day}: {:?}",
            lines(server.of("hartlepool"))
        );
    }
}

#[test]
fn hours_run_through_the_night_on_which_the_clocks_go_back() {
    let received = "2026-10-24T20:00:00Z";
    let server = Server::at(received);
    let bradford = server.of("bradford");
    let body = json!({ "occurred_at": received, "actor": "crm", "content": complaint() });
    let case = bradford.post("/v1/cases", &body).case();
    bradford.command(&case, "accept", &json!({})).done();
    let risk = json!({ "risk": { "kind": "risk-to-life", "aware_at": received } });
    bradford.command(&case, "flag-risk", &risk).done();
    let about = |what: &str| -> Vec<String> {
        let all = lines(server.of("bradford")).into_iter();
        all.filter(|line| line.starts_with(what) && line.contains("policy respond-1")).collect()
    };
    tell(&server);
    assert_eq!(about("due-soon"), ["due-soon policy respond-1 2026-10-25 0 since 2026-10-24T20:00:00Z"]);
    server.move_to("2026-10-25T20:00:00Z");
    tell(&server);
    assert_eq!(about("overdue"), [""; 0]);
    server.move_to("2026-10-25T20:00:00.000001Z");
    tell(&server);
    assert_eq!(about("overdue"), ["overdue policy respond-1 2026-10-25 over since 2026-10-25T20:00:00Z"]);
}

#[test]
fn what_was_done_in_time_and_what_is_closed_is_not_told_of() {
    let server = Server::start();
    let (answered, withdrawn) = (server.accepted(), server.accepted());
    server
        .command(&withdrawn, "withdraw", &json!({ "concerns": "end", "concerns_reason": "Nothing is left." }))
        .done();
    server.command(&answered, "acknowledge", &acknowledgement()).done();
    server.command(&answered, "respond", &response()).done();
    server.move_to("2027-02-01T00:00:00Z");
    tell(&server);
    assert_eq!(lines(server.of("hartlepool")), [""; 0]);
}
