//! Bank holidays that come to be known while cases are open.

mod feed;
mod moving;

use redress_service::background::{bank_holidays, calendar, renewal};
use serde_json::{Value, json};

use crate::api::samples::with;
use crate::api::server::{NOW, Server};
use crate::api::tables::{connect, execute};
use feed::{FeedServer, Reply, days, listing, useless};

/// A server that asks that feed.
fn asking(feed: &FeedServer) -> Server {
    let url = feed.url();
    Server::set(NOW, |settings| settings.calendar.feed_url = url.parse().unwrap())
}

/// Has it asked, where it is time to, and everything counted anew.
fn ask(server: &Server) {
    server.do_duty(bank_holidays::round);
    server.do_duty(renewal::round);
}

fn shown(server: &Server) -> Value {
    server.get("/v1/calendar?from=2026-01-01").done()
}

/// The dates of the bank holidays that are known.
fn known(server: &Server) -> Vec<String> {
    let all = shown(server)["bank_holidays"].clone();
    all.as_array().unwrap().iter().map(|day| day["date"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_new_database_counts_on_what_came_with_the_program_and_says_so() {
    let server = Server::start();
    let origin = &shown(&server)["origin"];
    let expected = json!({ "source": "release", "fetched_at": NOW, "age_seconds": 0, "last_attempt": null });
    assert_eq!(*origin, expected);
    server.move_to("2026-11-03T12:00:00Z");
    assert_eq!(shown(&server)["origin"]["age_seconds"], 86_400);
}

#[test]
fn a_new_bank_holiday_is_taken_in_once_and_told_to_every_landlord() {
    let feed = FeedServer::with(&["2026-11-06"]);
    let server = asking(&feed);
    let before = shown(&server)["version"].clone();
    ask(&server);
    ask(&server);
    assert!(known(&server).contains(&"2026-11-06".to_owned()));
    let after = shown(&server);
    assert_ne!(after["version"], before);
    let origin = &after["origin"];
    assert_eq!(origin["source"], json!(feed.url()));
    assert_eq!((&origin["fetched_at"], &origin["age_seconds"]), (&json!(NOW), &json!(0)));
    assert_eq!(origin["last_attempt"]["error"], Value::Null);
    assert_eq!(origin["last_attempt"]["answered_at"], NOW);
    for landlord in ["hartlepool", "bradford", "portsmouth"] {
        let events = server.of(landlord).get("/v1/events?type=calendar-changed").done()["events"].clone();
        let [one] = events.as_array().unwrap().as_slice() else { panic!("{events}") };
        let noticed = &one["notice"]["noticed"];
        assert_eq!((&one["case"], &noticed["calendar"]), (&Value::Null, &after["version"]));
        assert_eq!((&noticed["replaced"], &noticed["added"]), (&before, &json!(["2026-11-06"])));
        assert_eq!((&noticed["removed"], &noticed["known_to"]), (&json!([]), &json!("2027-12-31")));
    }
    assert_eq!(feed.heard().len(), 1, "it is asked once a day");
}

#[test]
fn it_is_asked_again_when_it_is_time_and_whether_there_is_anything_new() {
    let feed = FeedServer::with(&[]);
    let server = asking(&feed);
    ask(&server);
    server.move_to("2026-11-03T11:59:59Z");
    ask(&server);
    assert_eq!(feed.heard().len(), 1);
    server.move_to("2026-11-03T12:00:00Z");
    feed.say(useless(304, b""));
    ask(&server);
    let heard = feed.heard();
    assert!(heard.len() == 2 && heard[1].contains("if-none-match: \"one\""), "{heard:?}");
    assert_eq!(shown(&server)["origin"]["last_attempt"]["answered_at"], "2026-11-03T12:00:00Z");
    server.move_to("2026-11-03T13:00:00Z");
    assert_eq!(shown(&server)["origin"]["age_seconds"], 3600);
}

#[test]
fn a_feed_that_shrinks_takes_nothing_away() {
    let feed = FeedServer::with(&[]);
    let server = asking(&feed);
    let before = shown(&server);
    // The years before 2026 have dropped out of it, and one day of this year is missing.
    let fewer = days(&[]).into_iter().filter(|day| {
        let date = day["date"].as_str().unwrap();
        date > "2026" && date != "2026-12-28"
    });
    let mut fewer: Vec<Value> = fewer.collect();
    fewer.push(json!({ "date": "2026-11-06", "title": "Day of Thanks", "notes": "" }));
    feed.say(listing(&fewer));
    ask(&server);
    let mut expected: Vec<String> = before["bank_holidays"]
        .as_array()
        .unwrap()
        .iter()
        .map(|day| day["date"].as_str().unwrap().to_owned())
        .chain(["2026-11-06".to_owned()])
        .collect();
    expected.sort();
    assert_eq!(known(&server), expected);
    assert_eq!(shown(&server)["known_from"], before["known_from"]);
    assert_eq!(shown(&server)["origin"]["last_attempt"]["unlisted"], json!(["2026-12-28"]));
}

#[test]
fn a_feed_that_is_broken_or_away_changes_nothing_and_its_fault_is_said() {
    let feed = FeedServer::with(&["2026-11-06"]);
    let server = asking(&feed);
    let before = known(&server);
    let weekend = with(days(&[])[0].clone(), "date", json!("2026-11-07"));
    let moved = Reply { headers: vec![("Location", "ftp://example.org/".to_owned())], ..useless(302, b"") };
    let mut hour = 0;
    for (reply, code) in [
        (useless(500, b"no"), "status"),
        (useless(404, b"no"), "status"),
        (useless(304, b""), "status"),
        (moved, "unreachable"),
        (useless(200, b"<html>"), "unreadable"),
        (useless(200, &[0xff, 0xfe]), "unreadable"),
        (useless(200, b"{\"scotland\":{\"events\":[]}}"), "unreadable"),
        (listing(&[weekend]), "unreadable"),
        (useless(200, &vec![b' '; 2 * 1024 * 1024]), "too-long"),
    ] {
        feed.say(reply);
        ask(&server);
        let attempt = &shown(&server)["origin"]["last_attempt"];
        assert_eq!((&attempt["error"], &attempt["answered_at"]), (&json!(code), &Value::Null));
        assert_eq!(known(&server), before, "{code}");
        // After a failure it is asked again within the hour.
        hour += 1;
        server.move_to(&format!("2026-11-02T{:02}:00:00Z", 12 + hour));
    }
    drop(feed);
    ask(&server);
    assert_eq!(shown(&server)["origin"]["last_attempt"]["error"], "unreachable");
    server.accepted();
}

#[test]
fn a_file_serves_where_there_is_no_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bank-holidays.json");
    let setting = format!("file:{}", file.display());
    let server = Server::set(NOW, |settings| settings.calendar.feed_url = setting.parse().unwrap());
    ask(&server);
    assert_eq!(shown(&server)["origin"]["last_attempt"]["error"], "unreachable");
    std::fs::write(&file, listing(&days(&["2026-11-06"])).body).unwrap();
    server.move_to("2026-11-02T13:00:00Z");
    ask(&server);
    assert!(known(&server).contains(&"2026-11-06".to_owned()));
}

#[test]
fn turned_off_it_asks_nobody() {
    let server = Server::set(NOW, |settings| settings.calendar.feed_url = "".parse().unwrap());
    ask(&server);
    assert_eq!(shown(&server)["origin"]["last_attempt"], Value::Null);
}

#[test]
fn another_instance_takes_the_calendar_up_and_a_new_one_begins_with_it() {
    let feed = FeedServer::with(&["2026-11-06"]);
    let server = asking(&feed);
    let other = server.beside(|_| {});
    ask(&server);
    assert!(!known(&other).contains(&"2026-11-06".to_owned()));
    other.do_duty(calendar::round);
    assert_eq!(shown(&other)["version"], shown(&server)["version"]);
    assert_eq!(known(&server.beside(|_| {})), known(&server));
}

#[test]
fn a_calendar_that_was_tampered_with_is_not_counted_on() {
    let feed = FeedServer::with(&["2026-11-06"]);
    let server = asking(&feed);
    ask(&server);
    let doctored = "UPDATE calendars SET body = replace(body, '2026-11-06', '2026-11-05') WHERE number = 2";
    execute(&mut connect(server.database()), doctored);
    let refused = crate::api::server::refused_start(server.database(), None);
    assert!(refused.contains("the calendar with the number 2 is damaged"), "{refused}");
}
