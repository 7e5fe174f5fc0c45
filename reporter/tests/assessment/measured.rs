//! What the cases of a year show of a provision, and what changed since the year before.

use crate::support::small::{ID, landlord};
use crate::support::{Ending, Fixture, StageOf};
use crate::{HEAD, answered, assess, confirmed, row, under};
use redress_reporter::Variant;
use redress_reporter::form::LastYear;
use redress_shared::assessment::answers::Answers;
use redress_shared::code::form;

#[test]
fn what_changed_since_the_year_before_is_told_with_its_reasons() {
    let fixture = landlord();
    let mut request = under(&fixture, "hartlepool-2024", 2025, Variant::Committee);
    let answers = [
        HEAD.to_owned(),
        confirmed("6.13", "yes", ""),
        confirmed("4.1", "yes", "evidence = 'A team of three.'"),
        confirmed("4.2", "yes", "evidence = 'By job description.'"),
    ]
    .concat();
    request = answered(request, &answers);
    let last = [
        HEAD.replace("2025-26", "2024-25"),
        confirmed("6.13", "yes", ""),
        confirmed("4.1", "no", "action = 'Recruit'\naction_by = 2025-10-01"),
        confirmed("4.2", "yes", "evidence = 'By job description.'"),
    ]
    .concat();
    let last = Answers::from_toml("last.toml", &last).unwrap_or_else(|errors| panic!("{errors}"));
    let form = form("2024").expect("the form");
    request.assessment.as_mut().expect("a form").given.last = Some(LastYear { answers: last, form });
    let page = assess(&request);
    assert_eq!(page.figure("changes.4.1.before"), "No");
    assert_eq!(page.figure("changes.4.1.now"), "Yes");
    assert_eq!(page.figure("changes.4.1.why"), "The answer alone. To be done by 1 October 2025: Recruit.");
    assert!(!page.has("changes.4.2.why") && !page.has("changes.6.13.why"));
    // Of nine complaints in the year before some were late too: no change. All orders of this year's actions are new: nothing before.
    assert!(!page.has("changes.6.3.why") && !page.has("changes.7.3.why"));
}

#[test]
fn performance_that_changed_is_told_with_both_years_figures() {
    let mut fixture = Fixture::new();
    fixture.landlord(ID, "Northgate");
    for (day, ending) in [("2024-06-03", Ending::Late), ("2025-06-02", Ending::InTime)] {
        let case = fixture.case(ID, "complaint", "lcra", day, "");
        fixture.stage(ID, &case, StageOf { stage: 1, requested_on: day, ending, outcome: "not-upheld" });
    }
    let mut request = under(&fixture, "hartlepool-2024", 2025, Variant::Published);
    let last = Answers {
        landlord: ID.to_owned(),
        year: "2024-25".to_owned(),
        code: "2024".to_owned(),
        ..Answers::default()
    };
    let form = form("2024").expect("the form");
    request.assessment.as_mut().expect("a form").given.last = Some(LastYear { answers: last, form });
    let page = assess(&request);
    assert_eq!(page.figure("changes.6.3.why"), "Performance: 1 of 1 (100%), before 0 of 1 (0%).");
}

/// Notices of an extension, restrictions of contact, and answers that came late without updates.
#[test]
fn notices_restrictions_and_updates_are_measured() {
    let mut fixture = landlord();
    fixture.run("DELETE FROM report_extensions");
    for (stage, details) in [(1, 1), (1, 0), (2, 1)] {
        fixture.insert(
            "report_extensions",
            &format!(
                "'{ID}','case-4',{stage},{},'2025-11-14','2025-12-01',{details}",
                1 + stage * 10 - details
            ),
        );
    }
    fixture.insert("report_restrictions", &format!("'{ID}','case-5',1,'2025-09-01','2026-03-01',NULL"));
    fixture.insert("report_restrictions", &format!("'{ID}','case-6',1,'2025-09-01',NULL,'2025-12-01'"));
    let page = assess(&under(&fixture, "hartlepool-2024", 2025, Variant::Committee));
    for (number, words) in [
        ("6.5", "1 of 2 (50%) notices of an extension at stage 1 carried the Ombudsman&#x27;s details"),
        ("6.16", "1 of 1 (100%) notices of an extension at stage 2"),
        ("5.14", "1 of 2 (50%) restrictions of contact begun in the year have no review overdue"),
        ("5.9", "0 of 10 (0%) stages outside the Code&#x27;s time had agreed updates"),
        ("5.14", "Proposed: no, by the rule not-always-kept"),
    ] {
        assert!(row(&page, number).contains(words), "{words}\n{}", row(&page, number));
    }
}
