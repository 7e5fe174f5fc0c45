//! What it counts, and what it writes down.

use serde_json::{Value, json};

use crate::process::{Process, complaint};

#[test]
fn requests_and_decisions_are_counted_and_written_down_without_what_they_hold() {
    // What the service does by itself would be counted too, whenever it happens to do it.
    let process = Process::start(&[("REDRESS_LOG_FILTER", "trace"), ("REDRESS_DUTIES", "false")]);
    let (status, made) = process.ask("POST", "/v1/cases", &complaint());
    assert_eq!(status, 201, "{made}");
    let made: Value = serde_json::from_str(&made).unwrap();
    let case = made["case"]["id"].as_str().unwrap();
    assert_eq!(process.ask("POST", "/v1/cases", &complaint()).0, 201);
    let early = json!({ "actor": "crm", "content": {} });
    assert_eq!(process.ask("POST", &format!("/v1/cases/{case}/accept-escalation"), &early).0, 409);
    let wrong = process.ask("GET", "/v1/cases?secretword=hunter2", &Value::Null);
    assert_eq!(wrong.0, 422);
    assert_eq!(process.ask("GET", "/nowhere/Hunter3", &Value::Null).0, 404);

    let (status, figures) = process.operate("/metrics");
    assert_eq!(status, 200);
    for line in [
        "redress_requests_total{route=\"/v1/cases\",method=\"POST\",status=\"201\"} 2",
        "redress_requests_total{route=\"none\",method=\"GET\",status=\"404\"} 1",
        "redress_decisions_total{command=\"receive\",outcome=\"done\"} 1",
        "redress_decisions_total{command=\"receive\",outcome=\"replayed\"} 1",
        "redress_decisions_total{command=\"accept-escalation\",outcome=\"refused\"} 1",
        "redress_problems_total{code=\"malformed\"} 1",
        "redress_requests_in_flight 0",
        "redress_writes_waiting 0",
        "redress_feed_head{landlord=\"hartlepool\"} 1",
        "redress_feed_waiting{landlord=\"hartlepool\"} 0",
        "redress_deadlines_overdue{landlord=\"portsmouth\"} 0",
        "redress_feed_oldest_waiting_seconds 0",
        "redress_webhook_deliveries_open{landlord=\"hartlepool\"} 0",
        "redress_webhook_oldest_open_seconds 0",
        "redress_database_reachable 1",
        // The end of 31 December 2027 in London.
        "redress_calendar_ends_on 1830297600",
    ] {
        assert!(figures.lines().any(|found| found == line), "{line}\n{figures}");
    }
    assert!(figures.contains("redress_refusals_total{code=") && figures.ends_with("# EOF\n"), "{figures}");
    assert!(figures.contains("\nredress_calendar_age_seconds "), "{figures}");
    assert!(figures.contains("redress_build_info{version="), "{figures}");

    let secret = process.key.rsplit('_').next().unwrap().to_owned();
    let case = case.to_owned();
    let log = process.stop();
    for word in
        [secret.as_str(), "Bearer", "stair lighting", "Resident A", "secretword", "hunter2", "Hunter3"]
    {
        assert!(!log.contains(word), "{word} is in the log");
    }
    let lines: Vec<Value> = log.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let answered: Vec<&Value> = lines.iter().filter(|line| line["message"] == "answered").collect();
    assert_eq!(answered.len(), 5, "{log}");
    let (first, refused) = (answered[0], answered[2]);
    assert_eq!((&first["route"], &first["status"]), (&json!("/v1/cases"), &json!(201)));
    assert_eq!((&first["case"], &first["landlord"]), (&json!(case), &json!("hartlepool")));
    assert!(first["duration_ms"].is_u64() && first["key"].is_string() && first["request_id"].is_string());
    assert!(refused["code"].is_string() && refused["case"] == json!(case), "{refused}");
}
