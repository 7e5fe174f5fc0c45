//! What has been kept for long enough.

use redress_service::access::Role;
use redress_service::background::retention::round;
use redress_service::settings::Retention;
use serde_json::{Value, json};

use super::{MARK, administrator, ended, marked, resident};
use crate::api::access::issue;
use crate::api::documents::notices;
use crate::api::samples::with;
use crate::api::server::{NOW, Server};
use crate::api::tables::{connect, execute, lines};
use crate::api::upkeep::look;

fn due(server: &Server, on: &str) -> Value {
    administrator(server, "GET", &format!("/v1/retention?on={on}"), &Value::Null, &[]).done()
}

#[test]
fn what_was_closed_six_years_ago_is_due_on_the_day_after() {
    let server = Server::start();
    let case = ended(&server, &marked(json!([resident("Ann")])));
    server.accepted();
    assert_eq!(due(&server, "2032-11-02")["cases"], json!([]));
    let shown = due(&server, "2032-11-03");
    assert_eq!(
        (&shown["years"], &shown["applied"], &shown["next"]),
        (&json!(6), &json!(false), &json!(null))
    );
    let [one] = shown["cases"].as_array().unwrap().as_slice() else { panic!("{shown}") };
    assert_eq!((&one["case"], &one["ended_on"]), (&json!(case), &json!("2026-11-02")));
    assert_eq!((&one["erase_from"], &one["hold"]), (&json!("2032-11-03"), &json!(null)));
    assert!(one["records"].as_u64().unwrap() > 10, "{one}");
    assert_eq!(notices(&server, "personal-data-erased"), [Value::Null; 0], "it was only looked at");
}

#[test]
fn what_is_due_is_erased_where_the_settings_say_so_and_not_before() {
    for apply in [false, true] {
        let server = Server::set(NOW, |settings| settings.retention = Retention { years: 1, apply });
        let of = |name| with(marked(json!([resident(name)])), "event_on", json!("2025-04-20"));
        let long_ago = server.receive_at("2025-05-01T10:00:00Z", &of("Ann")).case();
        let lately = server.receive_at("2025-12-01T10:00:00Z", &of("Bob")).case();
        for (case, day) in [(&long_ago, "2025-05-02"), (&lately, "2025-12-02")] {
            let occurred_at = format!("{day}T10:00:00Z");
            let content = json!({ "concerns": "end", "concerns_reason": "They are settled." });
            let body = json!({ "occurred_at": occurred_at, "actor": "crm", "content": content });
            server.post(&format!("/v1/cases/{case}/withdraw"), &body).done();
        }
        assert_eq!(due(&server, "2026-05-02")["cases"], json!([]));
        assert_eq!(due(&server, "2026-05-03")["cases"][0]["case"], json!(long_ago));
        server.do_duty(round);
        server.do_duty(round);
        let person = |case: &str| {
            server.get(&format!("/v1/cases/{case}/residents")).done()["residents"][0]["person"]["name"]
                .clone()
        };
        assert_eq!(person(&long_ago), if apply { Value::Null } else { json!(format!("{MARK} Ann")) });
        assert_eq!(person(&lately), format!("{MARK} Bob"));
        let told = notices(&server, "personal-data-erased");
        assert_eq!(told.len(), usize::from(apply));
        assert!(told.iter().all(|notice| notice["reason"] == "retention"), "{told:?}");
        assert_eq!(due(&server, "2026-11-02")["cases"].as_array().unwrap().len(), usize::from(!apply));
        assert_eq!(look(&server, false).1, []);
    }
}

#[test]
fn a_damaged_case_stays_and_keeps_no_other_from_going() {
    let server = Server::set(NOW, |settings| settings.retention = Retention { years: 1, apply: true });
    let body = with(marked(json!([resident("Ann")])), "event_on", json!("2025-04-20"));
    let ended = |landlord: &str| {
        let asking = server.of(landlord);
        let stamped =
            |at: &str, content: &Value| json!({ "occurred_at": at, "actor": "crm", "content": content });
        let case = asking.post("/v1/cases", &stamped("2025-05-01T10:00:00Z", &body)).case();
        let withdrawn = json!({ "concerns": "end", "concerns_reason": "They are settled." });
        let withdrawn = stamped("2025-05-02T10:00:00Z", &withdrawn);
        asking.post(&format!("/v1/cases/{case}/withdraw"), &withdrawn).done();
        case
    };
    let (damaged, behind, elsewhere) = (ended("hartlepool"), ended("hartlepool"), ended("portsmouth"));
    let alter = format!(
        "UPDATE case_events SET digest = '{}' WHERE case_id = '{damaged}' AND sequence = 2",
        "0".repeat(64)
    );
    execute(&mut connect(server.database()), &alter);
    let shown = due(&server, "2026-11-02");
    assert_eq!((&shown["cases"][0]["case"], &shown["damaged"]), (&json!(behind), &json!([damaged])));
    server.do_duty(round);
    assert_eq!(due(&server, "2026-11-02")["cases"], json!([]));
    let erased = lines(
        &mut connect(server.database()),
        "SELECT DISTINCT case_id AS line FROM erased_records ORDER BY case_id",
    );
    assert_eq!(erased, [behind, elsewhere]);
}

/// Two landlords of one service keep what has ended for as long as each one's policy says.
#[test]
fn a_policy_says_for_how_long_a_landlord_keeps_what_has_ended() {
    let folder = tempfile::tempdir().unwrap();
    let profile = include_str!("../../../../shared/policies/hartlepool-2024.toml")
        .replacen("id = \"hartlepool\"", "id = \"oakshire\"", 1)
        .replacen("id = \"hartlepool-2024\"", "id = \"oakshire-2024\"", 1)
        .replacen("[after]\n", "[after]\nkept_years = { value = 1, clause = \"11.2\" }\n", 1);
    std::fs::write(folder.path().join("oakshire-2024.toml"), profile).unwrap();
    let server = Server::set(NOW, |settings| {
        settings.rules.policies = Some(folder.path().to_owned());
        settings.retention = Retention { years: 6, apply: true };
    });
    let body = with(
        with(marked(json!([resident("Ann")])), "event_on", json!("2025-04-20")),
        "references",
        json!([]),
    );
    let withdraw = json!({ "occurred_at": "2025-05-02T10:00:00Z", "actor": "crm", "content": { "concerns": "end", "concerns_reason": "They are settled." } });
    let receive = json!({ "occurred_at": "2025-05-01T10:00:00Z", "actor": "crm", "content": body });
    let mut cases = Vec::new();
    for landlord in ["hartlepool", "oakshire"] {
        let asking = server.of(landlord);
        let case = asking.post("/v1/cases", &receive).case();
        assert_eq!(asking.post(&format!("/v1/cases/{case}/withdraw"), &withdraw).status, 200);
        cases.push((landlord, case));
    }
    server.do_duty(round);
    for (landlord, case) in cases {
        let residents = server.of(landlord).get(&format!("/v1/cases/{case}/residents")).done();
        let gone = residents["residents"][0]["person"]["name"].is_null();
        assert_eq!(gone, landlord == "oakshire", "{landlord}");
    }
    let key = issue(&server, "oakshire", Role::Administrator, &[]).0;
    let shown =
        server.send_with("GET", "/v1/retention", &[("Authorization", &format!("Bearer {key}"))], "").done();
    assert_eq!((&shown["years"], &shown["clause"]), (&json!(1), &json!("11.2")));
    assert_eq!(due(&server, "2026-11-02")["clause"], Value::Null);
}
