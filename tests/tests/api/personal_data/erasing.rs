//! Personal data is erased; the log and the figures stay.

use redress_service::background::documents::round;
use serde_json::{Value, json};

use super::{MARK, administrator, ended, erase, marked, resident};
use crate::api::documents::{attach, files, notices};
use crate::api::server::{NOW, Server};
use crate::api::tables::{connect, dump, lines};
use crate::api::transfers::{self, HISTORY, MAPPING, bring_in};
use crate::api::upkeep::look;
use crate::api::webhooks::receiver::Receiver;
use crate::api::webhooks::{deliver, nearby, webhook};

/// What the reporter reads: every row of every view.
fn figures(server: &Server) -> Vec<(String, Vec<String>)> {
    let mut connection = connect(server.database());
    let views = [
        "cases",
        "stages",
        "categories",
        "refusals",
        "escalations",
        "remedies",
        "actions",
        "findings",
        "orders",
        "failure_orders",
        "learning",
        "surveys",
        "risks",
        "extensions",
        "restrictions",
        "stock",
        "landlords",
    ];
    let mut rows =
        |view: &str| redress_tests::tables::rows(&mut connection, &format!("report_{view}")).unwrap();
    views.iter().map(|view| ((*view).to_owned(), rows(view))).collect()
}

/// The tables that still say the mark.
fn saying(server: &Server) -> Vec<String> {
    let says = |rows: &Vec<String>| rows.iter().any(|row| row.to_lowercase().contains(&MARK.to_lowercase()));
    dump(server).into_iter().filter(|(_, rows)| says(rows)).map(|(table, _)| table).collect()
}

#[test]
fn of_a_case_that_is_erased_no_word_is_left_anywhere_and_every_figure_stays() {
    let server = Server::start();
    let body = marked(json!([resident("Ann")]));
    // Under a key, so that the answer is kept.
    let request =
        json!({ "occurred_at": "2026-11-02T11:00:00Z", "actor": "crm", "content": body }).to_string();
    let kept = server.send_with("POST", "/v1/cases", &[("Idempotency-Key", "first")], request);
    assert_eq!(kept.status, 201, "{}", kept.text);
    let case = ended(&server, &body);
    let learning = json!({
        "theme": "Lighting", "root_cause": "No plan", "improvement": "Every lamp is looked at once a year.", "owner": "Works",
    });
    server.command(&case, "record-learning", &learning).done();
    let corrected = json!({ "resident": 1, "person": { "name": format!("{MARK} Anne") }, "reason": MARK });
    server.command(&case, "correct-resident", &corrected).done();
    let attached = attach(&server, &case, &format!("{MARK}.pdf"));
    let (before, history) = (figures(&server), server.get(&format!("/v1/cases/{case}/history")).done());
    let erased = erase(&server, &case, 1).done();
    assert_eq!(
        (&erased["erased"][0]["whole_case"], &erased["erased"][0]["documents"]),
        (&json!(true), &json!(1))
    );
    // The other complaint is not over, and keeps its words.
    let other = kept.case();
    assert_eq!(saying(&server), ["case_records"]);
    server
        .command(&other, "withdraw", &json!({ "concerns": "end", "concerns_reason": "They are settled." }))
        .done();
    let path = format!("/v1/cases/{other}/erase");
    administrator(&server, "POST", &path, &json!({ "reason": "not-needed" }), &[]).done();
    assert_eq!(saying(&server), [""; 0], "no table says a word of it");
    server.do_duty(round);
    assert_eq!(files(&server).len(), 0);
    let only_this = |all: Vec<(String, Vec<String>)>| -> Vec<String> {
        all.into_iter().flat_map(|(_, rows)| rows).filter(|row| row.contains(&case)).collect()
    };
    assert_eq!(only_this(figures(&server)), only_this(before));
    assert_eq!(server.get(&format!("/v1/cases/{case}/history")).done()["events"], history["events"]);
    let (report, found) = look(&server, false);
    assert_eq!(found, [], "the chain is whole, and what is gone was erased");
    assert!(report.erased > 20, "{report:?}");
    let residents = server.get(&format!("/v1/cases/{case}/residents")).done();
    assert_eq!(residents["residents"][0]["person"], Value::Null);
    let letters = server.get(&format!("/v1/cases/{case}/letters")).done();
    for letter in letters["letters"].as_array().unwrap() {
        let text = server.get(&format!("/v1/cases/{case}/letters/{}", letter["sequence"])).text;
        assert!(!text.contains(MARK), "{text}");
    }
    let document = server.get(attached.header("location").unwrap()).done();
    assert_eq!(document["removed"]["reason"], "erased");
}

/// Each of these keeps something of its own: what was written to a resident, what a CRM's file had, what webhooks were told.
#[test]
fn nothing_is_left_of_it_in_issued_letters_imports_or_deliveries() {
    let server = Server::set(NOW, nearby);
    let receiver = Receiver::answering(200);
    webhook(&server, &receiver);
    let case = ended(&server, &marked(json!([resident("Ann")])));
    let letters = server.get(&format!("/v1/cases/{case}/letters")).done();
    for letter in letters["letters"].as_array().unwrap() {
        let path = format!("/v1/cases/{case}/letters/{}/issue", letter["id"].as_str().unwrap());
        assert_eq!(server.post(&path, &json!({})).status, 201);
    }
    // A history with the mark in its words, one row of which is wrong in a way that says the mark.
    let history =
        HISTORY.replace("Resident A", &format!("{MARK} Ann")).replace("02/06/2025,", &format!("{MARK},"));
    let brought = bring_in(&server, MAPPING, &history);
    assert!(brought["rows_failed"].as_i64().unwrap() > 0, "{brought}");
    deliver(&server);
    let sent = receiver.take();
    assert!(!sent.is_empty() && sent.iter().all(|one| !one.body.contains(MARK)));
    assert_eq!(saying(&server), ["case_records", "issued_letters"]);
    let mut connection = connect(server.database());
    let filled = |connection: &mut _, table: &str| {
        lines(connection, &format!("SELECT CAST(count(*) AS TEXT) AS line FROM {table}")) != ["0"]
    };
    assert!(!filled(&mut connection, "import_chunks"), "the file goes with the end of the import");
    for table in ["import_errors", "webhook_deliveries", "issued_letters"] {
        assert!(filled(&mut connection, table), "{table}");
    }
    erase(&server, &case, 1).done();
    let imported = transfers::case(&server, "C-1")["id"].as_str().unwrap().to_owned();
    erase(&server, &imported, 1).done();
    assert_eq!(saying(&server), [""; 0]);
}

#[test]
fn what_a_resident_told_of_themselves_is_counted_and_its_words_go() {
    let server = Server::start();
    let case = ended(&server, &marked(json!([resident("Ann"), { "person": { "name": "B" } }])));
    let told = || {
        let query = "SELECT characteristic || ': ' || answer || ' ' || residents || ' ' || received_on AS line \
                     FROM report_equality ORDER BY 1";
        lines(&mut connect(server.database()), query)
    };
    let of = |ethnicity: &str| {
        [
            "adjustment: told 1 2026-11-02".to_owned(),
            "disability: told 1 2026-11-02".to_owned(),
            format!("ethnicity: {ethnicity} 1 2026-11-02"),
            "vulnerability: told 1 2026-11-02".to_owned(),
        ]
    };
    assert_eq!(told(), of(&format!("{MARK} ethnicity")));
    erase(&server, &case, 1).done();
    assert_eq!(told(), of("[erased]"), "that something was told is still counted");
}

#[test]
fn erased_again_nothing_more_goes_and_it_is_told_of_once() {
    let server = Server::start();
    let case = ended(&server, &marked(json!([resident("Ann")])));
    let dry = json!({ "people": [{ "case": case, "resident": 1 }], "reason": "request", "dry_run": true });
    let planned = administrator(&server, "POST", "/v1/residents/erase", &dry, &[]).done();
    assert_eq!(saying(&server), ["case_records"], "a dry run erases nothing");
    let first = erase(&server, &case, 1).done();
    assert_eq!(planned["erased"], first["erased"]);
    assert!(first["erased"][0]["records"].as_u64().unwrap() > 10);
    let again = erase(&server, &case, 1).done();
    assert_eq!(again["erased"][0]["records"], 0);
    let told = notices(&server, "personal-data-erased");
    assert_eq!(told.len(), 1);
    assert_eq!((&told[0]["whole_case"], &told[0]["reason"]), (&json!(true), &json!("request")));
}

#[test]
fn of_several_residents_one_goes_and_the_others_stay() {
    let server = Server::start();
    let case = ended(&server, &marked(json!([resident("Ann"), resident("Bob")])));
    let issued = server.post(&format!("/v1/cases/{case}/letters/3/issue"), &json!({}));
    assert_eq!(issued.status, 201, "{}", issued.text);
    // One to each of them, and both may name either: the dry run says so too.
    let people = [2, 1].map(|resident| json!({ "case": case, "resident": resident }));
    let plan = json!({ "people": people, "reason": "request", "dry_run": true });
    let planned = administrator(&server, "POST", "/v1/residents/erase", &plan, &[]).done();
    assert_eq!((&planned["erased"][0]["letters"], &planned["erased"][1]["letters"]), (&json!(2), &json!(0)));
    let erased = erase(&server, &case, 2).done();
    assert_eq!(
        (&erased["erased"][0]["records"], &erased["erased"][0]["whole_case"]),
        (&json!(5), &json!(false))
    );
    assert_eq!(erased["erased"][0]["letters"], 2);
    let all = server.get(&format!("/v1/cases/{case}/residents")).done();
    assert_eq!(all["residents"][1]["person"], Value::Null);
    assert_eq!(all["residents"][0]["person"]["name"], format!("{MARK} Ann"));
    assert_eq!(notices(&server, "personal-data-erased")[0]["resident"], 2);
    assert_eq!(look(&server, false).1, []);
}

#[test]
fn what_another_case_has_too_goes_with_the_last_of_them() {
    let server = Server::start();
    let mut body = marked(json!([resident("Ann")]));
    body["kind"] = json!("service-request");
    let request = server.receive_at("2026-11-02T11:00:00Z", &body).case();
    let raised = json!({ "about": format!("{MARK} again"), "dissatisfied": true, "channel": "email" });
    let complaint = server.command(&request, "raise-complaint", &raised).done()["complaint"].clone();
    let complaint = complaint.as_str().unwrap();
    server.command(&request, "settle", &json!({ "note": format!("{MARK} done") })).done();
    let first = erase(&server, &request, 1).done();
    let first = &first["erased"][0];
    assert_eq!(first["shared_with"], json!([complaint]));
    assert!(first["shared"].as_u64().unwrap() >= 5 && first["records"].as_u64().unwrap() >= 1, "{first}");
    let name =
        server.get(&format!("/v1/cases/{complaint}/residents")).done()["residents"][0]["person"]["name"]
            .clone();
    assert_eq!(name, format!("{MARK} Ann"), "the open complaint still knows who it is of");
    erase(&server, complaint, 1).problem(409, "still-open");
    server
        .command(complaint, "withdraw", &json!({ "concerns": "end", "concerns_reason": "They are settled." }))
        .done();
    erase(&server, complaint, 1).done();
    assert_eq!(saying(&server), [""; 0]);
    assert_eq!(look(&server, false).1, []);
}

#[test]
fn one_target_that_may_not_go_keeps_all_of_them() {
    let server = Server::start();
    let over = ended(&server, &marked(json!([resident("Ann")])));
    let open = server.accepted();
    let body = json!({
        "people": [{ "case": over, "resident": 1 }, { "case": open, "resident": 1 }], "reason": "request",
    });
    administrator(&server, "POST", "/v1/residents/erase", &body, &[]).problem(409, "still-open");
    assert_eq!(saying(&server), ["case_records"]);
    assert_eq!(notices(&server, "personal-data-erased"), [Value::Null; 0]);
}

#[test]
fn a_record_that_is_lost_is_named_and_one_that_was_erased_is_not() {
    let server = Server::start();
    let case = ended(&server, &marked(json!([resident("Ann")])));
    erase(&server, &case, 1).done();
    assert_eq!(look(&server, false).1, []);
    let mut connection = connect(server.database());
    let record = lines(&mut connection, "SELECT min(record_id) AS line FROM erased_records").remove(0);
    crate::api::tables::execute(
        &mut connection,
        &format!("DELETE FROM erased_records WHERE record_id = '{record}'"),
    );
    let told: Vec<String> = look(&server, false).1.into_iter().map(|found| found.what).collect();
    // The erasure has one mark less than it took away, and the record has none.
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("erasure ") && told[0].ends_with("are marked as erased by it"), "{told:?}");
    assert_eq!(told[1], format!("record {record} is not there, and was not erased"));
}

#[test]
fn of_what_is_erased_the_file_of_the_database_says_nothing_any_more() {
    let server = Server::start();
    let Some(file) = server.database().path() else { return };
    let case = ended(&server, &marked(json!([resident("Ann")])));
    let says = || {
        crate::api::tables::execute(&mut connect(server.database()), "PRAGMA wal_checkpoint(TRUNCATE)");
        std::fs::read(file).unwrap().windows(MARK.len()).any(|window| window == MARK.as_bytes())
    };
    assert!(says());
    erase(&server, &case, 1).done();
    assert!(!says(), "what was taken away is overwritten");
}
