//! What is counted, and how.

use crate::support::small::{ID, landlord};
use crate::support::{Ending, Fixture, Page, StageOf};
use crate::{AS_OF, one_complaint};
use redress_shared::measure::{Choices, Extensions, Group, Withdrawn};

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
fn a_failing_in_handling_is_known_by_more_than_two_words() {
    let mut fixture = landlord();
    fixture.run("UPDATE report_findings SET about = 'Handling of the associated complaint' WHERE issue = 1");
    fixture.run("UPDATE report_findings SET about = 'Repairs' WHERE issue <> 1");
    let page = Page::annual(&fixture.year(ID, 2025, AS_OF)).0;
    assert!(page.contains("Maladministration in how a complaint was handled"));
    assert!(page.contains("about other matters than how a complaint was handled: 1 further failing."));
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
