//! What the worked client's outbox keeps, and for how long.

use std::fs;
use std::sync::Arc;

use anyhow::bail;
use redress_tests::client::identity;
use redress_tests::crm::connection::{Connection, Patience};
use redress_tests::crm::outbox::{Command, Outbox, Outcome};
use redress_tests::line::{Line, Trouble};
use serde_json::json;

use super::House;

/// A CRM that does not wait between its attempts.
fn hasty(line: &Line, authorization: String) -> Connection {
    let patience = Patience { pause: Arc::new(|_| {}), ..Patience::default() };
    Connection::with(&line.url(), authorization, patience).unwrap()
}

fn hartlepool() -> String {
    identity("hartlepool").1
}

/// An outbox in which a command waits that is done when it gets through, and one that is refused.
fn filled(connection: &Connection, folder: &std::path::Path) -> (Outbox, [Command; 2]) {
    let body = json!({ "occurred_at": chrono::Utc::now(), "actor": "crm", "content": {
        "kind": "complaint", "channel": "email", "stock_type": "lcra", "about": "Damp.",
        "event_on": chrono::Utc::now().date_naive() - chrono::TimeDelta::days(1),
        "residents": [{ "person": { "name": "Resident A" } }],
    } });
    let request = connection.request("POST".parse().unwrap(), "cases").json(&body);
    let answer = connection.send(request).unwrap().done().unwrap().json().unwrap();
    let case = answer["case"]["id"].as_str().unwrap().to_owned();
    let close = Command::now(&case, "close", "officer-7", json!({ "reason": "answered" }));
    let accept = Command::now(&case, "accept", "officer-7", json!({}));
    let outbox = Outbox::open(folder).unwrap();
    [&close, &accept].iter().for_each(|command| outbox.put(command).unwrap());
    (outbox, [close, accept])
}

/// Sends what waits, and gives what was heard and whether all got through.
fn heard(outbox: &Outbox, connection: &Connection) -> (Vec<(String, Outcome)>, anyhow::Result<()>) {
    let mut heard = Vec::new();
    let sent = outbox.send_all(connection, &mut |command, outcome| {
        heard.push((command.verb.clone(), outcome));
        Ok(())
    });
    (heard, sent)
}

#[test]
fn what_has_no_answer_waits_and_what_has_one_was_heard_of() {
    let (house, folder) = (House::new(), tempfile::tempdir().unwrap());
    let line = Line::to(&house.url()).unwrap();
    let connection = hasty(&line, hartlepool());
    let (outbox, commands) = filled(&connection, folder.path());
    // "Not now", as often as it is asked, is no answer; nor is what a key is answered that is none, or a service that fails.
    (0..8).for_each(|_| line.next(Trouble::NotNow(429, 1)));
    assert!(heard(&outbox, &connection).1.unwrap_err().to_string().contains("no time"));
    (0..8).for_each(|_| line.next(Trouble::NotNow(409, 1)));
    assert!(heard(&outbox, &connection).1.is_err());
    line.next(Trouble::NotNow(500, 1));
    assert!(heard(&outbox, &connection).1.is_err());
    let (nothing, refused) = heard(&outbox, &hasty(&line, "Bearer rk_gone".to_owned()));
    assert!(nothing.is_empty() && refused.unwrap_err().to_string().contains("401"));
    assert_eq!(outbox.waiting().unwrap(), commands);
    // A 404 that is no problem document is not the service's.
    line.next(Trouble::NotNow(404, 0));
    assert!(heard(&outbox, &connection).1.is_err());
    assert_eq!(outbox.waiting().unwrap(), commands);
    // The first is refused; of the second there is no word. What became of the first was heard all the same, and it does not come again.
    line.next(Trouble::Nothing);
    line.next(Trouble::NotNow(500, 1));
    let (first, rest) = heard(&outbox, &connection);
    assert!(rest.is_err());
    assert!(matches!(first.as_slice(), [(verb, Outcome::Refused(_))] if verb == "close"), "{first:?}");
    assert_eq!(outbox.waiting().unwrap(), commands[1..]);
    let (second, rest) = heard(&outbox, &connection);
    assert!(matches!(second.as_slice(), [(verb, Outcome::Done { .. })] if verb == "accept"), "{second:?}");
    assert!(rest.is_ok() && outbox.waiting().unwrap().is_empty());
}

#[test]
fn what_could_not_be_noted_is_heard_again_and_was_done_once() {
    let (house, folder) = (House::new(), tempfile::tempdir().unwrap());
    let line = Line::to(&house.url()).unwrap();
    let connection = hasty(&line, hartlepool());
    let (outbox, [close, accept]) = filled(&connection, folder.path());
    outbox.send_all(&connection, &mut |_, _| bail!("the CRM's own database is away")).unwrap_err();
    assert_eq!(outbox.waiting().unwrap(), [close, accept]);
    let (all, sent) = heard(&outbox, &connection);
    assert!(sent.is_ok() && all.len() == 2, "{all:?}");
    assert!(matches!(all[1].1, Outcome::Done { before: false, .. }), "{all:?}");
}

#[test]
fn half_a_command_stops_no_other() {
    let (house, folder) = (House::new(), tempfile::tempdir().unwrap());
    let line = Line::to(&house.url()).unwrap();
    let connection = hasty(&line, hartlepool());
    let (outbox, commands) = filled(&connection, folder.path());
    // The power went while another was being written: nobody was told that it was, and whoever pressed the button presses it again.
    fs::write(folder.path().join("0.half"), "{\"key\":").unwrap();
    assert_eq!(outbox.waiting().unwrap(), commands);
    assert_eq!(heard(&outbox, &connection).0.len(), 2);
    assert!(fs::read_dir(folder.path()).unwrap().all(|file| file.unwrap().file_name() == "0.half"));
}
