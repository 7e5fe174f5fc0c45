//! What a report holds, and when it is not written.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use redress_reporter::form::Assessment;
use redress_reporter::source::{Address, Origin, Snapshot};
use redress_reporter::{Error, Request, Variant, annual, committee};
use redress_shared::measure::{Choices, DEFINITIONS, Extensions, Group, TERMS, Withdrawn};
use redress_shared::policy::Library;
use support::small::{ID, landlord};
use support::{Ending, Fixture, Page, StageOf, twin};

const AS_OF: &str = "2026-01-20";

#[test]
fn the_small_landlords_annual_report() {
    let mut request = landlord().year(ID, 2025, AS_OF);
    let fixture = landlord();
    request.origin = fixture.database().into();
    request.out = fixture.out();
    // Three provisions stand for all: the form is tested whole elsewhere.
    let wanted = ["1.2", "5.1", "6.2"];
    let mut assessment = Assessment::of(&request.span, None, Library::embedded().expect("the policies"))
        .expect("the form")
        .expect("a year with a form");
    assessment.rows.retain(|row| wanted.contains(&row.number().as_str()));
    assessment.rows[1].policy_evidence = vec!["5.1, says so: one policy for all.".to_owned()];
    request.assessment = Some(assessment);
    insta::assert_snapshot!(Page::annual(&request).0);
}

#[test]
fn each_policy_is_told_of_with_its_clauses_and_its_silences() {
    let library = redress_shared::policy::Library::embedded().expect("the policies");
    let fixture = landlord();
    for (policy, told, silences) in [
        ("hartlepool-2024", "Every 12 months (9.12).", 0),
        ("bradford-draft", "A draft, gone by until another is adopted.", 5),
        ("cheshire-west-2023", "The Complaint Handling Code of 2022 (Aim of Policy: Code followed).", 2),
        (
            "housing-solutions-2024",
            "Executive Team: the periodic report on complaints, every quarter (3 Roles:",
            1,
        ),
        ("portsmouth-2024", "Every 24 months (Review).", 1),
    ] {
        let profile = library.by_id(policy).expect("the policy");
        let mut request = fixture.year(ID, 2025, AS_OF);
        request.policy = Some(profile.clone());
        let page = Page::annual(&request).0;
        let section = page.split_once("<h2 id=\"policy\">").expect("the section").1;
        let section = section.split_once("<h2").expect("what follows").0;
        for words in [told, profile.policy.title.as_str(), "telephone: 0300 111 3000", "By 30 September 2026"]
        {
            assert!(section.to_lowercase().contains(&words.to_lowercase()), "{policy}: {words}\n{section}");
        }
        assert_eq!(section.matches("<dt>").count(), 11);
        assert_eq!(section.matches("The policy does not say.").count(), silences, "{policy}\n{section}");
        assert!(!page.contains("http"), "{policy}");
    }
    let page = Page::annual(&fixture.year(ID, 2025, AS_OF)).0;
    assert!(page.contains("The policy was not given"));
}

#[test]
fn the_committee_sees_the_quarter_beside_the_one_before_and_the_year_before() {
    let fixture = landlord();
    let request = fixture.quarter(ID, 2025, 3, AS_OF);
    let page = Page::committee(&Request { variant: Variant::Committee, ..request });
    assert_eq!(page.headline("stage-1"), "22");
    assert!(page.0.contains("2025-26 Q2: 10 (+120%)") && page.0.contains("2024-25 Q3: 9 (+144.4%)"));
    assert_eq!(page.figure("months.2025-11.stage-1-before"), "9");
    for (figure, value, of) in [
        ("escalation.rate.now", "27.3%", "6 of 22"),
        ("escalation.rate.before", "30%", "3 of 10"),
        ("escalation.rate.year-ago", "22.2%", "2 of 9"),
        ("findings.rate.share", "66.7%", "2 of 3"),
        ("orders.order.in-time", "50%", "1 of 2"),
        ("orders.failure-2.in-time", "100%", "1 of 1"),
        ("actions.now.in-time", "33.3%", "1 of 3"),
        ("money.offered.average", "£87.76", "£175.51 ÷ 2"),
        ("escalation-requests.refused.share", "14.3%", "1 of 7"),
        ("refusals.out-of-time-2-2.overturned", "50%", "1 of 2"),
    ] {
        assert_eq!((page.figure(figure).as_str(), page.of(figure).as_str()), (value, of), "{figure}");
    }
    // Open stages of any period: one each of May, August, October (two) and November (one), and one of the year before.
    assert_eq!(page.figure("open.all.stage-1"), "6");
    assert_eq!(page.figure("open.all.stage-1-code"), "6");
    assert_eq!(page.figure("orders.order.money"), "£400.00");
}

#[test]
fn every_table_of_the_report_is_on_the_page_and_every_figure_is_named_once() {
    let fixture = landlord();
    let annual = Page::annual(&fixture.year(ID, 2025, AS_OF)).0;
    let committee = Page::committee(&fixture.quarter(ID, 2025, 3, AS_OF)).0;
    assert_eq!((annual.matches("<table id=").count(), committee.matches("<table id=").count()), (36, 45));
    for page in [annual, committee] {
        let mut names: Vec<&str> =
            page.split("data-figure=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        assert_eq!(page.matches("<caption").count(), page.matches("<table").count());
        assert!(
            !page.contains("http") && !page.contains("<script") && page.contains("<html lang=\"en-GB\">")
        );
    }
}

#[test]
fn nothing_personal_is_in_a_report() {
    let fixture = landlord();
    let year = fixture.year(ID, 2025, AS_OF);
    for page in [Page::annual(&year), Page::committee(&fixture.quarter(ID, 2025, 3, AS_OF)), Page::tsm(&year)]
    {
        for personal in ["case-", "J Bloggs", "DET-1", "CHFO-1"] {
            assert!(!page.0.contains(personal), "{personal}");
        }
    }
}

#[test]
fn small_counts_of_a_service_are_masked_and_the_measures_are_not() {
    let fixture = landlord();
    let page = Page::annual(&fixture.year(ID, 2025, AS_OF));
    assert_eq!(page.figure("categories.damp-and-mould.other"), "[masked]");
    assert_eq!(page.figure("remarks.vulnerable.cases"), "fewer than 5");
    assert_eq!(page.figure("remarks.vulnerable.share"), "[masked]");
    // Where no row could show anything, not even the grounds are named: each heading would tell of one complaint or more.
    assert!(!page.0.contains("refusals.out-of-time-2-2."));
    assert_eq!(page.figure("refusals.all.refused"), "3");
    assert!(!page.0.contains("remedies.financial."));
    assert_eq!(page.figure("remedies.all.stage-1"), "3");
    assert_eq!(page.figure("populations.lcho.stage-2"), "[masked]");
    assert_eq!(page.figure("populations.all.stage-2"), page.figure("escalation.stage-2.now"));
    assert_eq!(page.figure("tsm.ch02-2.lcra"), "100%");
}

#[test]
fn a_small_number_of_ownership_homes_is_not_returned_separately_but_still_counted() {
    let mut fixture = landlord();
    let exact = Request { variant: Variant::Committee, ..fixture.year(ID, 2025, AS_OF) };
    let page = Page::annual(&exact);
    assert_eq!(page.figure("tsm.ch01-1.lcho"), "[Z]");
    assert_eq!(page.figure("tsm.ch02-2.lcho"), "[Z]");
    assert_eq!(page.figure("populations.all.stage-1"), "44");
    let parts = ["returned", "lcho", "leasehold", "other"]
        .map(|part| page.figure(&format!("populations.{part}.stage-1")).parse::<u64>().expect("a count"));
    assert_eq!(parts.iter().sum::<u64>(), 44);
    // What is returned is CH01's numerator, and not all tenants.
    assert_eq!(
        page.of("tsm.ch01-1.lcra"),
        format!("{} of 4,100", page.figure("populations.returned.stage-1"))
    );
    // Homes that nobody entered, of a type that complained: not known, and not "not required".
    let mut unknown = landlord();
    unknown.run("DELETE FROM report_stock WHERE stock_type = 'lcho'");
    let unknown = Page::annual(&unknown.year(ID, 2025, AS_OF));
    assert_eq!(
        (unknown.figure("tsm.ch01-1.lcho"), unknown.of("tsm.ch01-1.lcho")),
        ("[X]".to_owned(), "homes not entered".to_owned())
    );
    fixture.run("UPDATE report_stock SET homes = 1000 WHERE stock_type = 'lcho'");
    let page = Page::annual(&fixture.year(ID, 2025, AS_OF));
    assert_eq!(
        (page.figure("tsm.ch01-1.lcho"), page.of("tsm.ch01-1.lcho")),
        ("8".to_owned(), "8 of 1,000".to_owned())
    );
    fixture.run("DELETE FROM report_stock WHERE stock_type = 'lcra'");
    let page = Page::annual(&fixture.year(ID, 2025, AS_OF));
    assert_eq!(page.figure("tsm.ch01-1.lcra"), "[X]");
}

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
fn what_was_withdrawn_or_closed_first_is_neither_kept_nor_missed() {
    let mut fixture = Fixture::new();
    fixture.landlord(ID, "One");
    let requested_on = "2025-06-02";
    for ended in ["withdrawn_on = '2025-06-03'", "closed_on = '2025-06-04'", "closed_on = '2025-07-30'"] {
        let case = fixture.case(ID, "complaint", "lcra", requested_on, "");
        fixture.stage(ID, &case, StageOf { stage: 1, requested_on, ending: Ending::Open, outcome: "" });
        fixture.run(&format!("UPDATE report_stages SET acknowledged_on = NULL WHERE case_id = '{case}'"));
        fixture.run(&format!("UPDATE report_cases SET {ended} WHERE case_id = '{case}'"));
    }
    let page = Page::annual(&fixture.year(ID, 2025, "2026-06-20"));
    assert_eq!(page.figure("acknowledged.1-code.ended"), "2");
    // Closed long after it should have been acknowledged.
    assert_eq!(page.figure("acknowledged.1-code.overdue"), "1");
    assert_eq!(page.of("acknowledged.1-code.in-time"), "0 of 1");
    for (figure, count) in [("withdrawn", "1"), ("closed", "2"), ("overdue", "0"), ("late", "0")] {
        assert_eq!(page.figure(&format!("responses.1-code.{figure}")), count, "{figure}");
    }
    // In the divisor all the same.
    assert_eq!(page.of("responses.1-code.in-time"), "0 of 3");
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
fn an_extension_beyond_the_codes_is_not_one_that_it_permits() {
    let mut fixture = Fixture::new();
    fixture.landlord(ID, "One");
    let requested_on = "2025-06-02";
    for respond_by in ["2025-06-30", "2025-07-15"] {
        let case = fixture.case(ID, "complaint", "lcra", requested_on, "");
        fixture.stage(
            ID,
            &case,
            StageOf { stage: 1, requested_on, ending: Ending::Extended, outcome: "upheld" },
        );
        fixture.insert("report_extensions", &format!("'{ID}','{case}',1,1,'2025-06-12','{respond_by}',1"));
    }
    let page = Page::annual(&fixture.year(ID, 2025, "2026-06-20"));
    assert_eq!(page.of("extensions.1.permitted"), "1 of 2");
    assert_eq!(page.of("extensions.1.not-permitted"), "1 of 2");
}

#[test]
fn a_year_of_the_landlords_own_has_no_measures_of_the_regulators() {
    let fixture = landlord();
    let request = fixture.year(ID, 2025, "2026-06-20");
    let own = Request {
        span: redress_reporter::Span::Year(redress_shared::measure::ReportingYear::own(2025, 4, 14)),
        ..request
    };
    let page = Page::annual(&own);
    assert!(!page.has("tsm.ch01-1.lcra") && !page.has("populations.returned.stage-1"));
    assert!(page.0.contains("None: the regulator&#x27;s measures are taken of its own year"));
    // From 15 April 2025: four quarters, though the months make thirteen parts.
    assert!(page.0.contains(">Quarter 4</th>") && !page.0.contains(">Quarter 5</th>"));
    assert_eq!(page.figure("quarters.2025-04.stage-1"), "12");
    assert_eq!(page.figure("quarters.all.stage-1"), "44");
    assert!(matches!(support::tsm(&own, redress_reporter::Beside::default()), Err(Error::Request(_))));
}

#[test]
fn a_failing_in_handling_is_known_by_more_than_two_words() {
    let mut fixture = landlord();
    fixture.run("UPDATE report_findings SET about = 'Handling of the associated complaint' WHERE issue = 1");
    fixture.run("UPDATE report_findings SET about = 'Repairs' WHERE issue <> 1");
    let page = Page::annual(&fixture.year(ID, 2025, AS_OF)).0;
    assert!(page.contains("Maladministration in how a complaint was handled"));
    assert!(page.contains("about other matters than how a complaint was handled: 1 further failing."));
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

/// One landlord with a single complaint of two stages, and a statement run on it.
fn one_complaint(statement: &str) -> Fixture {
    let mut fixture = Fixture::new();
    fixture.landlord("one", "One");
    fixture.stock("one", 2025, "lcra", 100);
    let case = fixture.case("one", "complaint", "lcra", "2025-06-02", "");
    let stage = |stage, ending| StageOf { stage, requested_on: "2025-06-02", ending, outcome: "upheld" };
    fixture.stage("one", &case, stage(1, Ending::Extended));
    fixture.stage("one", &case, stage(2, Ending::Open));
    if !statement.is_empty() {
        fixture.run(statement);
    }
    fixture
}

#[test]
fn a_row_that_is_in_no_figure_and_no_exclusion_fails_the_run() {
    for (statement, complaint) in [
        (
            "INSERT INTO report_categories VALUES ('one','nobody','repairs')",
            "report_categories, case nobody category repairs: its case is not in report_cases",
        ),
        (
            "UPDATE report_cases SET stock_type='castle'",
            "report_cases, case case-1: \"castle\" is no type of home (lcra, lcho, leasehold, other)",
        ),
        ("UPDATE report_cases SET kind='grumble'", "\"grumble\" is no kind of case"),
        (
            "UPDATE report_stages SET stage=3 WHERE stage=2",
            "case case-1 stage 3: a complaint has only stages 1 and 2",
        ),
        (
            "UPDATE report_stages SET code_respond_due_on=NULL, code_respond_due_as_acknowledged_on=NULL",
            "stage 1: answered, but the Code's due date is missing",
        ),
        (
            "UPDATE report_stages SET outcome='maybe'",
            "stage 1: its outcome is not upheld, partly-upheld or not-upheld",
        ),
        ("DELETE FROM report_stages WHERE stage=1", "an accepted complaint without a stage 1"),
        (
            "INSERT INTO report_stages SELECT * FROM report_stages",
            "report_stages, case case-1 stage 1: came in 2 times",
        ),
        ("INSERT INTO report_cases SELECT * FROM report_cases", "report_cases, case case-1: came in 2 times"),
        ("INSERT INTO report_surveys VALUES ('one','case-1',1,6,'2025-07-01')", "6 is no answer (1 to 5)"),
        (
            "INSERT INTO report_orders VALUES ('one','case-1','DET-9',1,'order',NULL,NULL,NULL)",
            "its determination is not in report_findings",
        ),
        (
            "INSERT INTO report_remedies VALUES ('one','case-1',1,1,'financial',-5,'2025-07-01',NULL,NULL,NULL,NULL,NULL)",
            "an amount below zero",
        ),
    ] {
        let fixture = one_complaint(statement);
        let error = annual(&fixture.year("one", 2025, AS_OF)).expect_err(statement);
        assert!(matches!(error, Error::Unreconciled(_)), "{error}");
        assert!(error.to_string().contains(complaint), "{statement}: {error}");
    }
}

#[test]
fn a_run_that_fails_leaves_the_last_good_report() {
    let fixture = one_complaint("");
    let good = fixture.year("one", 2025, AS_OF);
    let path = annual(&good).expect("a report").remove(0);
    assert!(path.ends_with("one-annual-2025-26.html"));
    let before = fs::read(&path).expect("the report");
    let mut broken = one_complaint("UPDATE report_cases SET kind='grumble'").year("one", 2025, AS_OF);
    let broken_fixture = one_complaint("UPDATE report_cases SET kind='grumble'");
    broken.origin = broken_fixture.database().into();
    broken.out = fixture.out();
    assert!(annual(&broken).is_err());
    assert_eq!(fs::read(&path).expect("the report"), before);
    assert_eq!(
        fs::read_dir(fixture.out()).expect("the folder").count(),
        2,
        "the page and its manifest, and no partial file"
    );
}

#[test]
fn the_same_rows_give_the_same_bytes_and_are_not_changed() {
    let fixture = landlord();
    let request = fixture.quarter(ID, 2025, 3, AS_OF);
    let file = fixture.file();
    let rows = fs::read(&file).expect("the database");
    let first = fs::read(&committee(&request).expect("a report")[0]).expect("the report");
    let second = fs::read(&committee(&request).expect("a report")[0]).expect("the report");
    assert_eq!(first, second);
    assert_eq!(fs::read(&file).expect("the database"), rows);
}

#[test]
fn choices_change_the_figures_and_the_method_note() {
    let fixture = one_complaint("UPDATE report_cases SET residents=7, withdrawn_on='2025-06-05'");
    let mut request = fixture.year("one", 2025, AS_OF);
    let page = Page::annual(&request);
    // Withdrawn before either answer: made, and not in time.
    assert_eq!(page.of("tsm.ch02-1.lcra"), "0 of 1");
    request.choices = Choices { withdrawn: Withdrawn::LeftOut, ..Choices::default() };
    let page = Page::annual(&request);
    assert_eq!(page.of("tsm.ch02-1.lcra"), "0 of 0");
    assert_eq!(page.figure("tsm.ch02-1.lcra"), "[U]");
    assert_eq!(page.figure("left-out.stages-withdrawn-before-the-answer.rows"), "2");
    request.choices = Choices { group: Group::EachResident, ..Choices::default() };
    assert_eq!(Page::annual(&request).of("tsm.ch02-1.lcra"), "0 of 7");

    let fixture = one_complaint("");
    let mut request = fixture.year("one", 2025, AS_OF);
    assert_eq!(Page::annual(&request).of("tsm.ch02-1.lcra"), "1 of 1");
    request.choices = Choices { extensions: Extensions::Disregarded, ..Choices::default() };
    let page = Page::annual(&request);
    assert_eq!(page.of("tsm.ch02-1.lcra"), "0 of 1");
    assert!(page.figure("choices.extensions.reading").contains("disregarded"));
}

#[test]
fn the_two_clocks_are_kept_apart() {
    let fixture = one_complaint(
        "UPDATE report_stages SET policy_respond_due_on='2025-06-10', policy_extended_due_on=NULL, \
         policy_acknowledge_due_on='2025-06-04'",
    );
    let page = Page::annual(&fixture.year("one", 2025, AS_OF));
    for (figure, of) in [
        ("acknowledged.1-code.in-time", "1 of 1"),
        ("acknowledged.1-policy.in-time", "0 of 1"),
        ("responses.1-code.in-time", "1 of 1"),
        ("responses.1-policy.in-time", "0 of 1"),
    ] {
        assert_eq!(page.of(figure), of, "{figure}");
    }
    // A clock without a limit is not missed: it is outside the divisor and counted beside it.
    let fixture =
        one_complaint("UPDATE report_stages SET policy_respond_due_on=NULL, policy_extended_due_on=NULL");
    let page = Page::annual(&fixture.year("one", 2025, AS_OF));
    assert_eq!(page.of("responses.1-policy.in-time"), "0 of 0");
    assert_eq!(page.figure("responses.1-policy.no-limit"), "1");
}

#[test]
fn a_case_closed_without_an_answer_can_no_longer_be_in_time() {
    let open = one_complaint("UPDATE report_stages SET responded_on=NULL, outcome=NULL");
    let page = Page::annual(&open.year("one", 2025, "2025-06-20"));
    assert_eq!(page.figure("responses.1-code.open"), "1");
    let closed = one_complaint(
        "UPDATE report_stages SET responded_on=NULL, outcome=NULL; UPDATE report_cases SET closed_on='2025-06-12'",
    );
    let page = Page::annual(&closed.year("one", 2025, "2025-06-20"));
    assert_eq!(page.figure("responses.1-code.closed"), "1");
    assert_eq!(page.figure("responses.1-code.open"), "0");
    assert_eq!(page.figure("responses.1-code.overdue"), "0");
    assert_eq!(page.of("responses.1-code.in-time"), "0 of 1");
}

#[test]
fn orders_after_severe_maladministration_are_followed_up() {
    let mut fixture = landlord();
    fixture.run("UPDATE report_findings SET finding='severe-maladministration' WHERE issue=1");
    let page = Page::committee(&fixture.quarter(ID, 2025, 3, AS_OF));
    assert_eq!(page.of("orders.severe.in-time"), "1 of 2");
    assert_eq!(page.figure("orders.severe.overdue"), "1");
}

#[test]
fn a_database_in_use_with_its_changes_still_in_the_log_is_read() {
    let fixture = one_complaint("");
    let request = fixture.year("one", 2025, AS_OF);
    let page = || Page::read(&annual(&request).expect("a report")[0]);
    let mut writer = SqliteConnection::establish(&fixture.file().to_string_lossy()).expect("the database");
    writer
        .batch_execute(
            "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; UPDATE report_stock SET homes = 200",
        )
        .expect("a change");
    assert_eq!(page().of("tsm.ch01-1.lcra"), "1 of 200");
    // And closed again: the files of the log are gone.
    drop(writer);
    assert_eq!(page().of("tsm.ch01-1.lcra"), "1 of 200");
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

#[test]
fn every_missing_column_is_named_before_a_row_is_read() {
    let fixture = one_complaint(
        "ALTER TABLE report_cases DROP COLUMN hazard; ALTER TABLE report_failure_orders DROP COLUMN type; \
         DROP TABLE report_surveys",
    );
    let error = annual(&fixture.year("one", 2025, AS_OF)).expect_err("a poor schema").to_string();
    for column in ["report_cases.hazard", "report_failure_orders.type", "report_surveys.answered_on"] {
        assert!(error.contains(column), "{error}");
    }
    assert!(!error.contains("report_cases.kind"));
}

/// What stands between two marks, each time.
fn between<'a>(page: &'a str, start: &str, end: char) -> Vec<&'a str> {
    page.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

#[test]
fn each_rate_on_a_page_has_a_definition_that_the_page_prints_from_the_shared_measures() {
    let fixture = landlord();
    for page in
        [Page::annual(&fixture.year(ID, 2025, AS_OF)), Page::committee(&fixture.quarter(ID, 2025, 3, AS_OF))]
    {
        // Whatever is worked out from other figures says what it is.
        let cells = page.0.split("<td data-figure=").skip(1).filter_map(|rest| rest.split("</td>").next());
        for cell in cells.filter(|cell| cell.contains("class=\"of\"") && !cell.contains("not entered")) {
            assert!(cell.contains("data-definition="), "{cell}");
        }
        let defined = DEFINITIONS.iter().map(|definition| definition.id);
        let known: BTreeSet<&str> = defined.chain(TERMS.iter().map(|term| term.id)).collect();
        for used in between(&page.0, "data-definition=\"", '"') {
            assert!(known.contains(used), "{used} is defined nowhere");
            let printed = ["definitions", "terms"].map(|table| format!("{table}.{used}.version"));
            assert!(printed.iter().any(|figure| page.has(figure)), "{used} is not explained");
        }
        for definition in DEFINITIONS {
            if page.has(&format!("definitions.{}.version", definition.id)) {
                let printed = page.figure(&format!("definitions.{}.numerator", definition.id));
                assert_eq!(printed.replace("&#x27;", "'"), definition.numerator);
            }
        }
        for term in TERMS {
            let printed = page.figure(&format!("terms.{}.meaning", term.id));
            assert_eq!(printed.replace("&#x27;", "'"), term.meaning);
        }
    }
}

/// Six words in a row of any definition, written a second time, would be a second definition.
#[test]
fn what_a_figure_means_is_written_down_once() {
    let mut texts = String::new();
    let mut folders =
        ["src", "../templates"].map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).to_vec();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder") {
            let path = entry.expect("a file").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).expect("text");
            texts.extend(text.lines().filter(|line| !line.trim_start().starts_with("//")));
        }
    }
    let plain = |text: &str| {
        let letters = text.to_lowercase().replace(|letter: char| !letter.is_alphanumeric(), " ");
        letters.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let texts = plain(&texts);
    let definitions =
        DEFINITIONS.iter().flat_map(|definition| [definition.numerator, definition.denominator]);
    let mut twice = BTreeSet::new();
    for meaning in definitions.chain(TERMS.iter().map(|term| term.meaning)).map(plain) {
        let words: Vec<&str> = meaning.split(' ').collect();
        twice.extend(words.windows(6).map(|six| six.join(" ")).filter(|six| texts.contains(six)));
    }
    assert!(twice.is_empty(), "these belong in the shared measures alone: {twice:#?}");
}

/// The rows of a fixture in PostgreSQL, and the request on them; none where PostgreSQL is not installed.
fn in_postgres(fixture: &Fixture) -> Option<Request> {
    twin::of(&fixture.year("one", 2025, AS_OF))
}

#[test]
fn what_is_wrong_with_a_database_is_told_alike_of_both() {
    let fixture = one_complaint(
        "ALTER TABLE report_cases DROP COLUMN hazard; ALTER TABLE report_failure_orders DROP COLUMN type; \
         DROP TABLE report_surveys",
    );
    let Some(postgres) = in_postgres(&fixture) else { return };
    let told = |request: &Request| annual(request).expect_err("a poor schema").to_string();
    assert_eq!(told(&postgres), told(&fixture.year("one", 2025, AS_OF)));
    let unknown =
        Request { landlord_id: "nobody".to_owned(), ..in_postgres(&one_complaint("")).expect("both") };
    assert_eq!(told(&unknown), "there is no landlord \"nobody\" in the database");
    let grumble = one_complaint("UPDATE report_cases SET kind='grumble'");
    let postgres = in_postgres(&grumble).expect("both");
    assert_eq!(told(&postgres), told(&grumble.year("one", 2025, AS_OF)));
}

#[test]
fn what_others_write_meanwhile_is_not_seen_and_nothing_can_be_written() {
    let fixture = one_complaint("");
    let file = fixture.file();
    let mut addresses = vec![Address::file(&file)];
    let twin = in_postgres(&fixture).map(|request| match request.origin {
        Origin::Database(address) => address,
        Origin::Extract(_) | Origin::Held(_) => panic!("no database"),
    });
    addresses.extend(twin);
    for address in addresses {
        let write = "UPDATE report_stock SET homes = homes + 1";
        let mut snapshot = match &address {
            Address::Sqlite(_) => {
                let mut writer = SqliteConnection::establish(&file.to_string_lossy()).expect("the database");
                writer.batch_execute("PRAGMA journal_mode = WAL").expect("a log");
                let snapshot = Snapshot::open(&address).expect("a snapshot");
                writer.batch_execute(write).expect("a change");
                snapshot
            }
            Address::Postgres(url) => {
                let snapshot = Snapshot::open(&address).expect("a snapshot");
                PgConnection::establish(url).expect("a connection").batch_execute(write).expect("a change");
                snapshot
            }
        };
        assert_eq!(snapshot.source("one").expect("the rows").stock[0].homes, 100);
        let later = Snapshot::open(&address).expect("a snapshot").source("one").expect("the rows");
        assert_eq!(later.stock[0].homes, 101);
    }
}

#[test]
fn an_address_is_told_of_without_its_password() {
    for (url, told) in [
        ("postgres://me:s3cret@127.0.0.1:1/redress?connect_timeout=2", "postgres://127.0.0.1:1/redress"),
        ("postgres://me:s3 cret@127.0.0.1:1/redress", "postgres://127.0.0.1:1/redress"),
    ] {
        let error = Snapshot::open(Address::Postgres(url.to_owned())).err().expect("no database").to_string();
        assert!(error.starts_with(&format!("cannot read the database {told}: ")), "{error}");
        assert!(!error.contains("s3"), "{error}");
    }
}

#[test]
fn a_period_before_the_first_case_on_record_is_not_said_to_be_without_complaints() {
    let mut fixture = landlord();
    let said = "The records begin with what was received on ";
    assert!(!Page::annual(&fixture.year(ID, 2025, AS_OF)).0.contains(said));
    fixture.run("UPDATE report_cases SET received_on = '2025-04-01' WHERE received_on < '2025-04-01'");
    let page = Page::annual(&fixture.year(ID, 2025, AS_OF));
    assert!(page.0.contains("received on 1 April 2025. What stands under 2024-25 is not known to be none"));
}
