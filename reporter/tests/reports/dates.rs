//! What was known on the date of a report, and what can still change.

use crate::support::small::{ID, landlord};
use crate::support::{Ending, Fixture, Page, StageOf};
use crate::{AS_OF, one_complaint};
use redress_reporter::annual;

/// A late acknowledgement starts the clock late, where the clock is read so: then a stage can be in time after the last date of all others.
#[test]
fn a_stage_that_can_still_be_in_time_keeps_a_year_provisional() {
    let mut fixture = Fixture::new();
    fixture.landlord(ID, "One");
    let requested_on = "2026-03-30";
    let case = fixture.case(ID, "complaint", "lcra", requested_on, "");
    fixture.stage(ID, &case, StageOf { stage: 1, requested_on, ending: Ending::Open, outcome: "" });
    fixture.run("UPDATE report_stages SET code_respond_due_as_acknowledged_on = '2026-07-01'");
    let mut request = fixture.year(ID, 2025, "2026-06-20");
    assert!(!Page::annual(&request).0.contains("Provisional: "));
    request.choices.response_clock = redress_shared::measure::ResponseClock::AsAcknowledged;
    assert!(
        Page::annual(&request).0.contains("Provisional: 1 stage of the period can still be answered in time")
    );
}

#[test]
fn what_is_dated_after_the_report_has_not_happened() {
    let mut fixture = Fixture::new();
    fixture.landlord(ID, "One");
    let requested_on = "2025-10-06";
    let case = fixture.case(ID, "complaint", "lcra", requested_on, "");
    fixture.stage(ID, &case, StageOf { stage: 1, requested_on, ending: Ending::Extended, outcome: "upheld" });
    fixture.run("DELETE FROM report_extensions");
    fixture.insert("report_extensions", &format!("'{ID}','{case}',1,1,'2025-10-17','2025-11-03',1"));
    fixture
        .insert("report_escalations", &format!("'{ID}','{case}','2025-10-20',1,'accepted',0,'2025-11-10'"));
    let refused = fixture.case(ID, "complaint", "lcra", "2025-10-08", "");
    fixture.run(&format!("UPDATE report_cases SET triage = 'refused' WHERE case_id = '{refused}'"));
    fixture.insert(
        "report_refusals",
        &format!("'{ID}','{refused}','complaint','2025-10-24','out-of-time','2.2',1,NULL"),
    );
    let page_on = |as_of| Page::annual(&fixture.year(ID, 2025, as_of));
    let early = page_on("2025-10-21");
    assert_eq!(early.figure("escalation-requests.pending.requests"), "1");
    assert!(early.0.contains("refused 0,") && early.0.contains("still being looked at 1."));
    assert_eq!(early.of("extensions.1.permitted"), "1 of 1");
    let before = page_on("2025-10-16");
    assert_eq!(before.of("extensions.1.permitted"), "0 of 1");
    // It came in, and is accounted for.
    assert_eq!(before.figure("left-out.extensions-dated-after-the-report.rows"), "1");
    let later = page_on("2025-11-10");
    assert_eq!(later.figure("escalation-requests.accepted.requests"), "1");
    assert!(later.0.contains("refused 1,") && later.0.contains("still being looked at 0."));
}

#[test]
fn a_year_is_provisional_until_its_last_answer_can_no_longer_be_in_time() {
    let fixture = landlord();
    let page = |as_of| Page::annual(&fixture.year(ID, 2025, as_of)).0;
    assert!(page("2026-06-07").contains("Provisional: no stage of the period is open"));
    assert!(page("2026-06-07").contains("until 8 June 2026"));
    assert!(
        !page("2026-06-09").contains("Provisional:") && !page("2026-06-09").contains(">Provisional</span>")
    );
    assert!(page("2025-11-12").contains("Provisional: the period ends on 31 March 2026, and 10 stages"));
    assert!(page("2026-06-09").contains(">Draft<"));
}

#[test]
fn dates_are_told_by_the_calendar_that_the_service_counted_on() {
    let built_in = redress_shared::calendar::Calendar::england_and_wales().expect("a calendar");
    let mut another: serde_json::Value =
        serde_json::from_str(&built_in.to_json().expect("JSON")).expect("a calendar");
    another["version"] = "with one more".into();
    let days = another["bank_holidays"].as_array_mut().expect("bank holidays");
    let place = days.iter().position(|day| day["date"] == "2026-05-25").expect("the spring bank holiday");
    days.insert(place + 1, serde_json::json!({ "date": "2026-05-26", "title": "One more", "notes": "" }));
    let mut fixture = landlord();
    fixture.insert("report_calendar", &format!("'{ID}',2,'x','{}'", another.to_string().replace('\'', "''")));
    let page = Page::annual(&fixture.year(ID, 2025, "2026-06-08")).0;
    assert!(page.contains("counted on calendar with one more.") && page.contains("until 9 June 2026"));
    fixture.run("DELETE FROM report_calendar");
    let page = Page::annual(&fixture.year(ID, 2025, "2026-06-08")).0;
    assert!(page.contains(&format!("counted on calendar {}.", built_in.version())));
    fixture.run("INSERT INTO report_calendar VALUES ('northgate',1,'torn','{\"vers')");
    let error = annual(&fixture.year(ID, 2025, AS_OF)).expect_err("a torn calendar");
    assert!(error.to_string().contains("the calendar that the landlord's dates were counted on"), "{error}");
}

#[test]
fn what_is_dated_after_the_report_has_not_happened_yet() {
    let fixture = one_complaint("");
    let page = Page::annual(&fixture.year("one", 2025, "2025-06-20"));
    assert_eq!(page.figure("outcomes.open.stage-1"), "1");
    let page = Page::annual(&fixture.year("one", 2025, "2025-06-01"));
    assert_eq!(page.figure("outcomes.all.stage-1"), "0");
    assert_eq!(page.figure("left-out.stages-dated-after-the-report.rows"), "2");
}
