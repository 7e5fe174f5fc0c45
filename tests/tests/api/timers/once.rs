//! Each thing is told once, whoever looks and whatever befalls them.

use std::collections::BTreeSet;

use redress_service::background::{Next, timers};

use serde_json::json;

use crate::api::samples::complaint;
use crate::api::server::Server;
use crate::api::tables::{connect, execute, lines};
use crate::api::timers::{all_notices, tell};
use crate::api::upkeep::look;

/// One round, and no more.
fn round(server: &Server) -> Next {
    actix_web::rt::System::new().block_on(timers::round(server.state())).unwrap()
}

/// Every notice, which must be another each.
fn distinct(server: &Server) -> usize {
    let all = all_notices(server.of("hartlepool"));
    let told: BTreeSet<String> =
        all.iter().map(|line| format!("{} {}", line["case"], line["notice"]["noticed"])).collect();
    assert_eq!(all.len(), told.len());
    told.len()
}

#[test]
fn instances_that_look_at_the_same_time_tell_each_thing_once() {
    let server = Server::start();
    let others = [server.beside(|_| {}), server.beside(|_| {})];
    for _ in 0..10 {
        server.accepted();
    }
    server.move_to("2026-11-10T09:00:00Z");
    std::thread::scope(|scope| {
        for one in others.iter().chain([&server]) {
            scope.spawn(|| tell(one));
        }
    });
    assert_eq!(distinct(&server), 20);
    assert_eq!(look(&server, false).1, []);
}

#[test]
fn what_was_cut_off_between_two_steps_is_gone_on_with() {
    let server = Server::start();
    for _ in 0..55 {
        server.accepted();
    }
    // Of each case two acknowledgements and two responses are overdue, which is more than a step takes on.
    server.move_to("2026-12-01T09:00:00Z");
    assert_eq!(round(&server), Next::Again);
    let step = distinct(&server);
    assert!(step > 0 && step < 220, "{step}");
    let after = server.beside(|_| {});
    tell(&after);
    assert_eq!(distinct(&server), 220);
    assert_eq!(round(&server), Next::Rest);
}

#[test]
fn a_damaged_case_keeps_nobody_from_being_told_of_others() {
    let server = Server::start();
    let (damaged, behind) = (server.accepted(), server.accepted());
    let elsewhere = server.of("portsmouth");
    let received = json!({ "occurred_at": "2026-11-02T11:00:00Z", "actor": "crm", "content": complaint() });
    elsewhere.post("/v1/cases", &received).case();
    let alter = format!("UPDATE case_events SET body = '{{}}' WHERE case_id = '{damaged}' AND sequence = 1");
    execute(&mut connect(server.database()), &alter);
    server.move_to("2026-12-01T09:00:00Z");
    tell(&server);
    let cases = lines(
        &mut connect(server.database()),
        "SELECT case_id AS line FROM notices WHERE landlord_id = 'hartlepool'",
    );
    assert!(!cases.is_empty() && cases.iter().all(|case| *case == behind), "{cases:?}");
    assert!(!all_notices(elsewhere).is_empty());
}
