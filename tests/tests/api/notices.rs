//! What the service notices by itself, and its place in the feed.

use redress_service::background::numbering;
use redress_service::notices::{CalendarChanged, Notice, Noticed};
use redress_service::storage::notices::give;
use serde_json::{Value, json};

use crate::api::server::{NOW, Server};
use crate::api::tables::{connect, lines};
use crate::api::upkeep::look;

#[test]
fn what_nobody_reads_is_numbered_all_the_same() {
    let server = Server::start();
    let case = server.accepted();
    let mut connection = connect(server.database());
    server.do_duty(numbering::round);
    let mut count = |table: &str| {
        let query = format!("SELECT CAST(count(*) AS TEXT) AS line FROM {table} WHERE case_id = '{case}'");
        lines(&mut connection, &query)
    };
    assert_eq!(count("feed_waiting"), ["0"]);
    assert_eq!(count("feed"), ["2"]);
}

#[test]
fn a_notice_stands_in_the_feed_once_however_often_it_is_given() {
    let server = Server::start();
    let case = server.accepted();
    let writer = server.state().database.writer().clone();
    let give = || {
        let notice = Notice {
            case: Some(case.parse().unwrap()),
            key: "calendar-changed 2026-11-01".to_owned(),
            noticed: Noticed::CalendarChanged(CalendarChanged {
                calendar: "2026-11-01".to_owned(),
                replaced: "2026-10-01".to_owned(),
                added: Vec::new(),
                removed: Vec::new(),
                known_to: "2027-12-31".parse().unwrap(),
            }),
            occurred_at: NOW.parse().unwrap(),
        };
        let given =
            writer.write(move |connection| give(connection, "hartlepool", &notice, notice.occurred_at));
        actix_web::rt::System::new().block_on(given).unwrap()
    };
    let given: Vec<bool> = std::thread::scope(|scope| {
        let all = [scope.spawn(give), scope.spawn(give), scope.spawn(give)];
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(given.iter().filter(|new| **new).count(), 1, "{given:?}");
    let all = server.get("/v1/events").json();
    let lines = all["events"].as_array().unwrap();
    let types: Vec<&Value> = lines.iter().map(|line| &line["type"]).collect();
    assert_eq!(types, ["opened", "accepted", "calendar-changed"]);
    assert_eq!((&lines[2]["case"], &lines[2]["event"]), (&json!(case), &Value::Null));
    assert_eq!(
        lines[2]["notice"]["noticed"],
        json!({
            "type": "calendar-changed", "calendar": "2026-11-01", "replaced": "2026-10-01", "added": [], "removed": [],
            "known_to": "2027-12-31"
        })
    );
    assert_eq!(look(&server, false).1, []);
}
