//! The report to a committee: what is in it, for whom, and what it says when there is little or nothing to say.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

mod support;

use redress_reporter::{Request, Variant};
use support::small::{ID, landlord};
use support::{Ending, Fixture, Page, StageOf};

const AS_OF: &str = "2026-01-20";

fn page(fixture: &Fixture, variant: Variant) -> Page {
    let mut request = fixture.quarter(ID, 2025, 3, AS_OF);
    request.variant = variant;
    Page::committee(&request)
}

#[test]
fn the_small_landlords_report_to_its_committee() {
    let fixture = landlord();
    let page = page(&fixture, Variant::Committee).0;
    // The style is in the annual report's snapshot.
    let content = page.split_once("<main").expect("the content").1;
    insta::assert_snapshot!(content);
}

#[test]
fn how_long_things_took_is_told_by_rank() {
    let mut fixture = Fixture::new();
    fixture.landlord(ID, "One");
    // Received on Monday 6 October 2025: answered 1, 2, 3, 4 and 10 working days later, the last over two weekends.
    for (answered, times) in [("07", 1), ("08", 1), ("09", 1), ("10", 1), ("20", 1)] {
        for _ in 0..times {
            let case = fixture.case(ID, "complaint", "lcra", "2025-10-06", "");
            fixture.stage(
                ID,
                &case,
                StageOf { stage: 1, requested_on: "2025-10-06", ending: Ending::InTime, outcome: "upheld" },
            );
            fixture.run(&format!(
                "UPDATE report_stages SET responded_on = '2025-10-{answered}', acknowledged_on = '2025-10-06' \
                 WHERE case_id = '{case}'"
            ));
        }
    }
    let page = page(&fixture, Variant::Published);
    for (figure, value) in [
        ("days.1-answer.count", "5"),
        ("days.1-answer.median", "3"),
        ("days.1-answer.ninetieth", "10"),
        ("days.1-answer.longest", "10"),
        // On the day itself is no working day.
        ("days.1-acknowledge.longest", "0"),
        ("days.2-answer.count", "0"),
        ("days.2-answer.median", "[U]"),
        ("days.1-answer.before-median", "[U]"),
    ] {
        assert_eq!(page.figure(figure), value, "{figure}");
    }
}

#[test]
fn what_lies_before_the_calendar_is_counted_as_uncounted() {
    let mut fixture = Fixture::new();
    fixture.landlord(ID, "One");
    let case = fixture.case(ID, "complaint", "lcra", "2015-10-06", "");
    let requested_on = "2015-10-06";
    fixture.stage(ID, &case, StageOf { stage: 1, requested_on, ending: Ending::InTime, outcome: "upheld" });
    let page = Page::committee(&fixture.quarter(ID, 2015, 3, "2016-01-20"));
    assert_eq!(page.figure("days.1-answer.count"), "0");
    assert!(page.0.contains("2 more could not be counted"));
}

/// A landlord with so many stage 1 complaints in each of nine quarters, the last being October to December 2025.
fn by_quarter(counts: [usize; 9]) -> Fixture {
    let mut fixture = Fixture::new();
    fixture.landlord(ID, "One");
    // One of the quarter before, so that the first of them is on record from its first day.
    if counts[0] > 0 {
        complaints(&mut fixture, "2023-09-29", 1, Ending::InTime);
    }
    let months =
        ["2023-11", "2024-02", "2024-05", "2024-08", "2024-11", "2025-02", "2025-05", "2025-08", "2025-11"];
    for (month, count) in months.into_iter().zip(counts) {
        complaints(&mut fixture, &format!("{month}-04"), count, Ending::InTime);
    }
    fixture
}

fn complaints(fixture: &mut Fixture, requested_on: &str, count: usize, ending: Ending) {
    for _ in 0..count {
        let case = fixture.case(ID, "complaint", "lcra", requested_on, "");
        fixture.insert("report_categories", &format!("'{ID}','{case}','damp'"));
        fixture.stage(ID, &case, StageOf { stage: 1, requested_on, ending, outcome: "upheld" });
    }
}

#[test]
fn what_can_still_be_answered_in_time_is_not_held_against_what_was() {
    let mut fixture = by_quarter([10, 12, 11, 11, 10, 12, 10, 30, 0]);
    complaints(&mut fixture, "2025-10-06", 10, Ending::InTime);
    complaints(&mut fixture, "2025-12-29", 20, Ending::Open);
    // Due on 12 January: on the 5th all twenty can be in time, so that 10 of 30 say nothing yet.
    let request_on = |as_of| Request { variant: Variant::Committee, ..fixture.quarter(ID, 2025, 3, as_of) };
    let page_on = |as_of| Page::committee(&request_on(as_of));
    let early = page_on("2026-01-05");
    assert_eq!(early.of("trends.answered-1.now"), "10 of 30");
    assert_eq!(early.figure("trends.answered-1.before-verdict"), "Not compared yet");
    assert!(
        early.0.contains(
            "Not compared yet: Stage 1 answered in the Code&#x27;s time (20 can still be in time)."
        )
    );
    assert_eq!(early.figure("control-answered-1.2025-10-01.limits"), "Not compared yet");
    assert_eq!(early.figure("control-days.2025-10-01.limits"), "Not compared yet");
    assert!(early.figure("recorded.hazard.verdict").starts_with("In time: not compared yet"));
    // A day too late for all of them, and it is another quarter than those before.
    let after = page_on("2026-01-13");
    assert_eq!(after.figure("trends.answered-1.before-verdict"), "Lower, by more than chance");
    assert_eq!(after.figure("control-answered-1.2025-10-01.limits"), "Below the lower limit");
    assert!(!after.0.contains("Not compared yet: "));
    // Those are still open: what they will have waited is in no median.
    assert_eq!(after.figure("control-days.2025-10-01.limits"), "Not compared yet");
}

#[test]
fn a_quarter_that_has_not_ended_is_not_held_against_whole_ones() {
    let mut fixture = by_quarter([10, 12, 9, 11, 10, 12, 9, 11, 0]);
    complaints(&mut fixture, "2025-10-02", 2, Ending::InTime);
    let page = Page::committee(&fixture.quarter(ID, 2025, 3, "2025-11-05"));
    assert_eq!(page.figure("control-volume.2025-10-01.value"), "2");
    assert_eq!(page.figure("control-volume.2025-10-01.limits"), "Not compared yet");
    assert_eq!(page.figure("control-volume.2025-07-01.limits"), "Within");
    assert_eq!(page.figure("months.2025-12.stage-1"), "–");
    assert_eq!(page.figure("months.2025-11.stage-1-change"), "–");
    assert_eq!(page.figure("months.all.stage-1-change"), "–");
    assert_eq!(page.figure("kinds.complaint.change"), "–");
    assert!(page.0.contains("2025-26 Q2: 11</"), "a card without a change");
    assert!(page.0.contains("Provisional: the period ends on 31 December 2025, and "));
    let over = Page::committee(&fixture.quarter(ID, 2025, 3, "2025-12-31"));
    assert_eq!(over.figure("control-volume.2025-10-01.limits"), "Below the lower limit");
    assert_eq!(over.figure("months.2025-12.stage-1"), "0");
}

#[test]
fn a_quarter_that_began_before_the_first_complaint_on_record_gives_no_limits() {
    let mut fixture = Fixture::new();
    fixture.landlord(ID, "One");
    // The records begin in the last days of a quarter.
    complaints(&mut fixture, "2023-12-27", 2, Ending::InTime);
    for month in ["2024-02", "2024-05", "2024-08", "2024-11", "2025-02", "2025-05", "2025-08", "2025-11"] {
        complaints(&mut fixture, &format!("{month}-04"), 12, Ending::InTime);
    }
    let page = page(&fixture, Variant::Published);
    assert!(page.0.contains(
        "7 periods before this report&#x27;s, 2023-24 Q4 to 2025-26 Q2: average 12, lower limit 12"
    ));
    assert_eq!(page.figure("control-volume.2023-10-01.limits"), "Not compared: not a whole period on record");
    // How two complaints fared is for the committee.
    assert_eq!(page.figure("control-answered-1.2023-10-01.value"), "[masked]");
    assert_eq!(
        self::page(&fixture, Variant::Committee).figure("control-answered-1.2023-10-01.value"),
        "100%"
    );
    assert_eq!(page.figure("control-answered-1.2025-10-01.limits"), "Within");
    // Nothing escalated: a share of none has no limits.
    assert_eq!(page.figure("control-answered-2.2025-10-01.limits"), "–");
}

#[test]
fn a_share_of_a_few_is_not_held_against_limits() {
    let mut fixture = by_quarter([10, 12, 10, 11, 10, 12, 10, 11, 0]);
    complaints(&mut fixture, "2025-10-02", 1, Ending::InTime);
    complaints(&mut fixture, "2025-10-02", 1, Ending::Late);
    let page = page(&fixture, Variant::Published);
    assert_eq!(page.of("control-answered-1.2025-10-01.value"), "1 of 2");
    assert_eq!(page.figure("control-answered-1.2025-10-01.limits"), "Not compared: too few");
}

#[test]
fn a_quarter_beyond_the_limits_of_the_eight_before_it_is_marked() {
    let page = page(&by_quarter([10, 12, 9, 11, 10, 12, 9, 11, 30]), Variant::Published);
    // Mean 10.5; the ranges 2, 3, 2, 1, 2, 3, 2 make 15/7; 2.66 times that is 5.7.
    assert!(page.0.contains("average 10.5, lower limit 4.8, upper limit 16.2"));
    assert!(page.0.contains("8 periods before this report&#x27;s, 2023-24 Q3 to 2025-26 Q2"));
    assert_eq!(page.figure("control-volume.2025-10-01.limits"), "Above the upper limit");
    assert_eq!(page.figure("control-volume.2025-07-01.limits"), "Within");
    assert!(page.0.contains(">30</text>") && page.0.contains(">above</text>"));
    // And the counts themselves are held against chance.
    assert_eq!(page.figure("trends.stage-1.before-verdict"), "Higher, by more than chance");
    assert!(page.0.contains("Stage 1 complaints: 30 against 11 in 2025-26 Q2, higher by more than chance."));
    assert!(page.0.contains("Stage 1 answered in the Code&#x27;s time"));
}

#[test]
fn the_published_report_tells_that_a_category_rose_and_not_its_count() {
    let fixture = by_quarter([10, 12, 9, 11, 10, 12, 9, 11, 30]);
    let published = page(&fixture, Variant::Published);
    assert!(published.0.contains("Category: damp: higher than in 2025-26 Q2, by more than chance."));
    assert_eq!(published.figure("trend-groups.category-damp.before-verdict"), "Higher, by more than chance");
    assert!(!published.has("trend-groups.category-damp.now"));
    let committee = page(&fixture, Variant::Committee);
    assert!(committee.0.contains("Category: damp: 30 against 11 in 2025-26 Q2, higher by more than chance."));
    assert_eq!(committee.figure("trend-groups.category-damp.now"), "30");
}

#[test]
fn an_ordinary_quarter_is_said_to_be_one() {
    let page = page(&by_quarter([10, 12, 9, 11, 10, 12, 9, 11, 12]), Variant::Published);
    assert_eq!(page.figure("control-volume.2025-10-01.limits"), "Within");
    assert!(page.0.contains("Nothing that is compared here changed by more than chance."));
    assert!(page.0.contains("No more than chance explains: Stage 1 complaints"));
    assert!(page.0.contains("Too few to tell: Stage 2 complaints"));
}

#[test]
fn a_short_history_has_a_chart_and_no_limits() {
    let page = page(&by_quarter([0, 0, 0, 0, 0, 12, 9, 11, 30]), Variant::Published);
    assert!(!page.has("control-volume.2024-10-01.value"), "before the first complaint nothing is known");
    assert_eq!(page.figure("control-volume.2025-01-01.value"), "12");
    assert_eq!(page.figure("control-volume.2025-10-01.limits"), "–");
    assert!(
        page.0.contains(
            "No limits: too few of the 3 earlier periods on record have a figure to draw them from."
        )
    );
}

#[test]
fn the_committee_is_told_which_cases_and_the_public_is_not() {
    let mut fixture = landlord();
    fixture.run("UPDATE report_cases SET reference = 'CRM-' || substr(case_id, 6)");
    fixture.run("UPDATE report_findings SET finding = 'severe-maladministration' WHERE issue = 1");
    let committee = page(&fixture, Variant::Committee);
    for list in ["late", "overdue", "refused", "actions", "severe", "severe-orders"] {
        assert!(committee.0.contains(&format!("<table id=\"list-{list}\"")), "{list}");
    }
    // The order of severe maladministration comes before anything else of the Ombudsman's.
    let place = |what: &str| committee.0.find(what).unwrap_or_else(|| panic!("no {what}"));
    assert!(place("list-severe-orders\"") < place("<table id=\"remedies\""));
    assert!(place("<table id=\"list-severe\"") < place("<table id=\"findings\""));
    assert!(committee.0.contains("<th scope=\"row\">CRM-1</th>") && committee.0.contains("DET-1"));
    let published = page(&fixture, Variant::Published).0;
    for telling in ["CRM-", "case-", "DET-1", "CHFO-1", "id=\"list-", "J Bloggs"] {
        assert!(!published.contains(telling), "{telling}");
    }
}

#[test]
fn what_stands_in_a_list_is_what_its_figure_counts() {
    let committee = page(&landlord(), Variant::Committee);
    let lines = |list: &str| {
        let table = committee.0.split_once(&format!("<table id=\"list-{list}\"")).expect("the list").1;
        table.split_once("</table>").expect("its end").0.matches("<tr>").count() - 1
    };
    let late: u64 = ["responses.1-code.late", "responses.2-code.late"]
        .map(|figure| committee.figure(figure).parse::<u64>().expect("a count"))
        .iter()
        .sum();
    assert_eq!(lines("late"), usize::try_from(late).expect("a count"));
    let overdue: usize = ["open.all.stage-1-code", "open.all.stage-2-code"]
        .map(|figure| committee.figure(figure).parse::<usize>().expect("a count"))
        .iter()
        .sum();
    assert_eq!(lines("overdue"), overdue);
    let refused: usize = ["refusals.all.refused", "refused-escalations.all.refused"]
        .map(|figure| committee.figure(figure).parse::<usize>().expect("a count"))
        .iter()
        .sum();
    assert_eq!(lines("refused"), refused);
    assert_eq!(lines("actions").to_string(), committee.figure("outstanding.action.overdue"));
}

#[test]
fn complaints_for_the_homes_there_are() {
    let mut fixture = landlord();
    let report = page(&fixture, Variant::Committee);
    assert_eq!(report.figure("per-1000.lcra.homes"), "4,100");
    assert_eq!(report.of("per-1000.tenants.stage-1-rate"), "19 of 5,090");
    assert_eq!(report.figure("per-1000.tenants.stage-1-rate"), "3.7");
    assert_eq!(report.figure("per-1000.leasehold.stage-1-rate"), "[X]");
    assert!(report.0.contains("The homes are those of 31 March 2026."));
    // Not yet counted this year: those of the year before, and it says so.
    fixture.run("DELETE FROM report_stock WHERE year_start = '2025-04-01'");
    let report = page(&fixture, Variant::Committee);
    assert_eq!(report.figure("per-1000.lcra.homes"), "4,000");
    assert!(report.0.contains("The homes are those of 31 March 2025."));
    fixture.run("DELETE FROM report_stock");
    let report = page(&fixture, Variant::Committee);
    assert_eq!(report.figure("per-1000.tenants.homes"), "[X]");
    assert!(!report.0.contains("The homes are those of"));
}

/// What must never be on a page, whatever the data.
fn reads_sensibly(page: &Page) {
    for nonsense in ["NaN", ">inf<", ">null<", "undefined", "width=\"-", "height=\"-"] {
        assert!(!page.0.contains(nonsense), "{nonsense}");
    }
    // Nothing out of nothing has a mark and never a per cent.
    for cell in page.0.split("<td data-figure=").skip(1).filter(|cell| cell.contains(">0 of 0</span>")) {
        assert!(
            cell.contains("<span class=\"value\">[U]</span>"),
            "{}",
            cell.split("</td>").next().unwrap_or("")
        );
    }
}

#[test]
fn a_quarter_without_a_complaint_reads_sensibly() {
    let mut fixture = Fixture::new();
    fixture.landlord(ID, "One");
    for variant in [Variant::Published, Variant::Committee] {
        let empty = page(&fixture, variant);
        reads_sensibly(&empty);
        assert_eq!(empty.headline("stage-1"), "0");
        assert_eq!(empty.headline("answered-1"), "–");
        assert!(!empty.0.contains("then\">2025-26 Q2: [U]"));
        assert!(empty.0.contains("Nothing was late, overdue or overturned on 20 January 2026."));
        assert!(!empty.0.contains("chart-categories") && !empty.0.contains("chart-ages"));
    }
    // Of a landlord whose cases began long ago, a quarter without any is one of none.
    let case = fixture.case(ID, "complaint", "lcra", "2023-11-06", "");
    let requested_on = "2023-11-06";
    fixture.stage(ID, &case, StageOf { stage: 1, requested_on, ending: Ending::InTime, outcome: "upheld" });
    let empty = page(&fixture, Variant::Published);
    reads_sensibly(&empty);
    assert_eq!(empty.figure("control-volume.2025-10-01.value"), "0");
}

#[test]
fn a_quarter_with_one_complaint_reads_sensibly() {
    let mut fixture = Fixture::new();
    fixture.landlord(ID, "One");
    let case = fixture.case(ID, "complaint", "lcra", "2025-10-06", "Brightfix");
    let requested_on = "2025-10-06";
    fixture.stage(ID, &case, StageOf { stage: 1, requested_on, ending: Ending::Late, outcome: "upheld" });
    fixture.insert("report_categories", &format!("'{ID}','{case}','damp'"));
    let published = page(&fixture, Variant::Published);
    reads_sensibly(&published);
    assert_eq!(published.headline("stage-1"), "1");
    assert!(!published.has("categories.damp.all"), "beside the total, its heading would tell whose it was");
    assert!(published.0.contains("Answered late by the Code: 1 at stage 1 and 0 at stage 2."));
    let committee = page(&fixture, Variant::Committee);
    reads_sensibly(&committee);
    assert_eq!(committee.figure("categories.damp.all"), "1");
}

#[test]
fn homes_counted_on_two_days_are_told_each_with_its_own() {
    let mut fixture = Fixture::new();
    fixture.landlord(ID, "Northgate Homes");
    fixture.stock(ID, 2025, "lcra", 4_100);
    fixture.stock(ID, 2024, "lcho", 980);
    let of = |fixture: &Fixture| page(fixture, Variant::Published).0;
    let apart = of(&fixture);
    assert!(apart.contains("Low cost rental: the homes are those of 31 March 2026."));
    assert!(apart.contains("Low cost home ownership: the homes are those of 31 March 2025."));
    assert!(!apart.contains(">The homes are those of"));
    // Once the later count is in, one sentence is enough.
    fixture.stock(ID, 2025, "lcho", 990);
    let together = of(&fixture);
    assert!(
        together.contains(">The homes are those of 31 March 2026.")
            && !together.contains("the homes are those of 31")
    );
}
