//! What the service tells of because its time comes.

mod kinds;
mod once;
mod times;

use redress_service::background::timers;
use serde_json::Value;

use crate::api::server::{Asking, Server};

/// Has the timers looked at until there is nothing more to tell.
pub fn tell(server: &Server) {
    server.do_duty(timers::round);
}

/// Every notice in a landlord's feed, in its order.
pub fn all_notices(asking: Asking<'_>) -> Vec<Value> {
    let mut found = Vec::new();
    let mut after = 0;
    loop {
        let page = asking.get(&format!("/v1/events?limit=500&after={after}")).done();
        found.extend(
            page["events"].as_array().unwrap().iter().filter(|line| !line["notice"].is_null()).cloned(),
        );
        after = page["last"].as_i64().unwrap();
        if page["last"] == page["head"] {
            return found;
        }
    }
}

/// The notices in a line each: type, clock and name, due date, working days left, since when.
pub fn lines(asking: Asking<'_>) -> Vec<String> {
    let line = |notice: &Value| {
        let (noticed, since) =
            (&notice["notice"]["noticed"], notice["notice"]["occurred_at"].as_str().unwrap());
        let left = noticed["working_days_left"].as_u64().map_or("over".to_owned(), |left| left.to_string());
        let text = |member: &str| noticed[member].as_str().unwrap_or_default().to_owned();
        assert_eq!(notice["type"], noticed["type"]);
        assert_eq!(notice["event"], Value::Null);
        let (kind, clock, name, due) = (text("type"), text("clock"), text("deadline"), text("due_on"));
        format!("{kind} {clock} {name} {due} {left} since {since}")
    };
    all_notices(asking).iter().map(line).collect()
}

/// The new lines since the last time, in alphabetical order.
pub fn told(server: &Server, known: &mut usize) -> Vec<String> {
    tell(server);
    let all = lines(server.of("hartlepool"));
    let mut new: Vec<String> = all[*known..].to_vec();
    *known = all.len();
    new.sort();
    new
}
