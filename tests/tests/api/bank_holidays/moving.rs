//! Due dates that move when a bank holiday comes to be known.

use std::collections::BTreeSet;

use redress_service::background::{Next, bank_holidays, renewal};
use serde_json::{Value, json};

use super::feed::FeedServer;
use super::{ask, asking, shown};
use crate::api::samples::acknowledgement;
use crate::api::server::Server;
use crate::api::timers::{all_notices, tell};
use crate::api::upkeep::look;

/// The dates that were told to have changed, in a line each and in order.
fn changed(server: &Server) -> Vec<String> {
    let line = |notice: &Value| {
        let noticed = &notice["notice"]["noticed"];
        let text = |member: &str| noticed[member].as_str().unwrap_or("-").to_owned();
        format!("{} {} {} to {}", text("clock"), text("deadline"), text("from"), text("to"))
    };
    let all = all_notices(server.of("hartlepool"));
    let mut lines: Vec<String> =
        all.iter().filter(|notice| notice["type"] == "due-date-changed").map(line).collect();
    lines.sort();
    lines
}

const MOVED: [&str; 4] = [
    "code acknowledge-1 2026-11-09 to 2026-11-10",
    "code respond-1 2026-11-23 to 2026-11-24",
    "policy acknowledge-1 2026-11-09 to 2026-11-10",
    "policy respond-1 2026-11-23 to 2026-11-24",
];

#[test]
fn each_date_of_an_open_case_is_counted_anew_and_told_of_once() {
    let feed = FeedServer::with(&["2026-11-06"]);
    let server = asking(&feed);
    let (case, withdrawn) = (server.accepted(), server.accepted());
    server
        .command(&withdrawn, "withdraw", &json!({ "concerns": "end", "concerns_reason": "Nothing is left." }))
        .done();
    let before = shown(&server)["version"].clone();
    ask(&server);
    ask(&server);
    assert_eq!(changed(&server), MOVED);
    let due = server.get("/v1/due?within_days=60").done();
    let dates: BTreeSet<&str> =
        due["due"].as_array().unwrap().iter().map(|line| line["due_on"].as_str().unwrap()).collect();
    assert_eq!(dates, BTreeSet::from(["2026-11-10", "2026-11-24"]));
    let all = all_notices(server.of("hartlepool"));
    let one = all.iter().find(|notice| notice["type"] == "due-date-changed").unwrap();
    assert_eq!(one["case"], json!(case));
    let noticed = &one["notice"]["noticed"];
    assert_eq!((&noticed["from_calendar"], &noticed["to_calendar"]), (&before, &shown(&server)["version"]));
    assert_eq!(noticed["clause"], "Hartlepool 5.2, Code 6.2");
    let deadline = &server.get(&format!("/v1/cases/{case}")).done()["deadlines"][0];
    assert!(deadline["sentence"].as_str().unwrap().contains("Day of Thanks"), "{deadline}");
    // The closed case has its rows made anew too, so that reports say what the API says.
    assert_eq!(look(&server, false).1, []);
}

#[test]
fn a_command_before_the_case_was_counted_anew_tells_of_the_change_too() {
    let feed = FeedServer::with(&["2026-11-06"]);
    let server = asking(&feed);
    let case = server.accepted();
    server.do_duty(bank_holidays::round);
    assert_eq!(changed(&server), [""; 0]);
    server.command(&case, "acknowledge", &acknowledgement()).done();
    assert_eq!(changed(&server), MOVED);
    server.do_duty(renewal::round);
    assert_eq!(changed(&server), MOVED);
    assert_eq!(look(&server, false).1, []);
}

#[test]
fn timers_go_by_the_new_date_and_not_by_the_old() {
    let feed = FeedServer::with(&["2026-11-06"]);
    let server = asking(&feed);
    server.accepted();
    ask(&server);
    server.move_to("2026-11-10T12:00:00Z");
    tell(&server);
    let all = all_notices(server.of("hartlepool"));
    assert!(!all.iter().any(|notice| notice["type"] == "overdue"), "{all:?}");
    let soon = all.iter().filter(|notice| notice["type"] == "due-soon");
    assert!(soon.clone().count() == 2, "{all:?}");
    assert!(soon.into_iter().all(|notice| notice["notice"]["noticed"]["due_on"] == "2026-11-10"));
}

#[test]
fn what_was_cut_off_is_gone_on_with_by_another_instance() {
    let feed = FeedServer::with(&["2026-11-06"]);
    let server = asking(&feed);
    for _ in 0..60 {
        server.accepted();
    }
    server.do_duty(bank_holidays::round);
    let round =
        |server: &Server| actix_web::rt::System::new().block_on(renewal::round(server.state())).unwrap();
    assert_eq!(round(&server), Next::Again);
    assert_eq!(changed(&server).len(), 4 * renewal::STEP);
    let other = server.beside(|_| {});
    other.do_duty(renewal::round);
    assert_eq!(changed(&server).len(), 4 * 60);
    assert_eq!(round(&server), Next::Rest);
    assert_eq!(look(&server, false).1, []);
}

#[test]
fn instances_that_ask_and_count_at_the_same_time_do_it_once() {
    let feed = FeedServer::with(&["2026-11-06"]);
    let server = asking(&feed);
    let url = feed.url();
    let other = server.beside(|settings| settings.calendar.feed_url = url.parse().unwrap());
    for _ in 0..5 {
        server.accepted();
    }
    std::thread::scope(|scope| {
        scope.spawn(|| ask(&server));
        scope.spawn(|| ask(&other));
    });
    assert_eq!(changed(&server).len(), 20);
    let calendars = server.get("/v1/events?type=calendar-changed").done();
    assert_eq!(calendars["events"].as_array().unwrap().len(), 1);
}

#[test]
fn what_an_instance_wrote_that_had_not_heard_yet_is_made_anew_soon_after() {
    let feed = FeedServer::with(&["2026-11-06"]);
    let server = asking(&feed);
    let known = server.accepted();
    let late = server.beside(|_| {});
    ask(&server);
    assert_eq!(changed(&server), MOVED);
    // It still counts on the old calendar: it tells nobody of the way back, and what it wrote does not stay.
    late.command(&known, "update-resident", &json!({ "note": "We are on it." })).done();
    late.accepted();
    assert_eq!(changed(&server), MOVED);
    server.move_to("2026-11-02T12:11:00Z");
    server.do_duty(renewal::round);
    let mut twice = [MOVED, MOVED].concat();
    twice.sort_unstable();
    assert_eq!(changed(&server), twice);
    assert_eq!(look(&server, false).1, []);
}
