//! The rows of the form: what is held of each provision, and what of that is published.

use crate::support::small::landlord;
use crate::support::{Fixture, Page};
use crate::{HEAD, POLICIES, answered, assess, confirmed, referenced, row, rows, under};
use redress_reporter::{Error, Variant, annual, self_assessment_of};
use redress_shared::code::form;

#[test]
fn every_provision_has_its_row_with_what_is_held_of_it() {
    let fixture = referenced();
    let page = assess(&under(&fixture, "hartlepool-2024", 2025, Variant::Committee));
    assert_eq!(page.0.matches(".comply\">To be confirmed<").count(), 72);
    assert!(page.0.contains("72 of the 72 provisions have no confirmed answer yet."));
    let answered = row(&page, "6.3");
    for words in [
        "Measured: 34 of 44 (77.3%) stage 1 complaints were answered within the Code&#x27;s time",
        "The workflow: the due date is counted for every case",
        "Policy, 5.2: answered within 10 working days of the acknowledgement.",
        "Cases: CRM-4015, ",
        "Proposed: no, by the rule not-always-kept, because the year&#x27;s cases show that it was not always kept.",
    ] {
        assert!(answered.contains(words), "{words}\n{answered}");
    }
    assert!(
        row(&page, "2.3").contains("in 2 of 2 (100%) refusals of late complaints discretion was considered")
    );
    let published = assess(&under(&fixture, "hartlepool-2024", 2025, Variant::Published));
    assert!(row(&published, "2.3").contains("<li>Measured, of so few cases that no figure is told.</li>"));
    assert!(row(&page, "6.13").contains("Proposed: yes, by the rule cannot-be-broken"));
    assert!(row(&page, "1.2").contains("Proposed: yes, by the rule policy-says-so"));
    assert!(row(&page, "4.1").contains("Nothing is proposed"));
    assert!(!page.0.contains("{}"));
}

#[test]
fn cases_of_another_system_prove_nothing_of_this_workflow() {
    let mut fixture = referenced();
    let drawn = |fixture: &Fixture| assess(&under(fixture, "hartlepool-2024", 2025, Variant::Committee));
    fixture.run("UPDATE report_cases SET imported = 1 WHERE case_id <> 'case-20'");
    assert!(row(&drawn(&fixture), "6.13").contains("by the rule cannot-be-broken"), "one went through it");
    fixture.run("UPDATE report_cases SET imported = 1");
    assert!(!row(&drawn(&fixture), "6.13").contains("cannot-be-broken"));
    assert!(row(&drawn(&fixture), "6.3").contains("by the rule not-always-kept"), "what they show holds");
}

#[test]
fn what_is_published_has_the_answer_alone() {
    let fixture = referenced();
    let answers = [
        HEAD.to_owned(),
        confirmed("6.3", "no", "action = 'A second officer'\naction_by = 2026-09-30"),
        confirmed(
            "6.13",
            "yes",
            "evidence = 'Handlers are assigned by the team.'\nweb_address = 'https://northgate.example/how'",
        ),
        confirmed(
            "9.1",
            "no",
            "action = 'A register'\naction_by = 2026-09-30\noverrules = 'Two entries are not learning.'",
        ),
        confirmed("4.1", "yes", "evidence = 'A team of three.'"),
    ]
    .concat();
    let page = |variant| assess(&answered(under(&fixture, "hartlepool-2024", 2025, variant), &answers));
    let (committee, published) = (page(Variant::Committee), page(Variant::Published));
    for page in [&committee, &published] {
        assert!(row(page, "6.3").contains(">No<"));
        assert!(row(page, "6.3").contains("What will be done, by 30 September 2026: A second officer"));
        assert!(row(page, "6.13").contains(
            "<li>Handlers are assigned by the team.</li><li>See https://northgate.example/how</li>"
        ));
        assert!(page.0.contains("68 of the 72 provisions have no confirmed answer yet."));
        assert!(page.0.contains(">Draft<"));
    }
    assert!(row(&committee, "6.3").contains("Confirmed by Head of Housing on 30 June 2026."));
    assert!(row(&committee, "9.1").contains("Proposed: yes, by the rule done-in-the-year"));
    assert!(
        row(&committee, "9.1")
            .contains("Overruled by Head of Housing on 30 June 2026: Two entries are not learning.")
    );
    assert!(row(&committee, "4.1").contains("Answered by Head of Housing on 30 June 2026."));
    for words in ["Proposed", "Overruled", "Confirmed by", "CRM-", "Code check", "Two entries"] {
        assert!(!published.0.contains(words), "{words}");
    }
}

/// What was confirmed after the report's date was not confirmed yet.
#[test]
fn an_answer_counts_from_the_day_it_was_confirmed() {
    let fixture = landlord();
    let answers = format!("{HEAD}{}", confirmed("4.1", "yes", "evidence = 'A team of three.'"));
    let mut request = answered(under(&fixture, "hartlepool-2024", 2025, Variant::Published), &answers);
    assert!(row(&assess(&request), "4.1").contains(">Yes<"));
    request.as_of = "2026-06-29".parse().expect("a date");
    assert!(row(&assess(&request), "4.1").contains(">To be confirmed<"));
}

#[test]
fn an_overrule_without_a_reason_is_refused_and_named() {
    let fixture = landlord();
    let answers = [
        HEAD.to_owned(),
        confirmed("6.3", "yes", ""),
        confirmed("6.13", "no", "action = 'x'\naction_by = 2026-09-30"),
    ];
    let request = answered(under(&fixture, "hartlepool-2024", 2025, Variant::Published), &answers.concat());
    let error = annual(&request).expect_err("a reason is missing");
    assert_eq!(error.exit_code(), 4);
    let text = error.to_string();
    assert!(
        text.contains("provisions.6.3.overrules: yes is confirmed and no is proposed (rule not-always-kept"),
        "{text}"
    );
    assert!(text.contains("provisions.6.13.overrules: no is confirmed and yes is proposed"), "{text}");
}

/// Whatever policy and variant: no id or reference of a case, and nothing of a person, in what is published.
#[test]
fn nothing_that_is_published_names_a_case() {
    let fixture = referenced();
    for policy in POLICIES {
        let published = under(&fixture, policy, 2025, Variant::Published);
        let committee = under(&fixture, policy, 2025, Variant::Committee);
        for page in [Page::annual(&published), assess(&published)] {
            for word in ["CRM-4", "case-", "DET-1", "CHFO-1", "J Bloggs"] {
                assert!(!page.0.contains(word), "{policy} {word}");
            }
        }
        // The same figures for the landlord's own committee, with the cases behind them.
        let (annual, form) = (Page::annual(&committee), assess(&committee));
        assert!(annual.0.contains("CRM-4015") && form.0.contains("CRM-4015"), "{policy}");
        assert!(annual.0.contains("(CHFO-1, CRM-4001)"), "{policy}");
        assert!(!annual.0.contains("J Bloggs"), "{policy}");
    }
}

#[test]
fn a_year_under_the_code_of_2022_has_its_form() {
    let fixture = landlord();
    let page = assess(&under(&fixture, "cheshire-west-2023", 2023, Variant::Committee));
    assert_eq!(page.0.matches(".comply\">To be confirmed<").count(), 72);
    for words in [
        "On the form of the Complaint Handling Code, March 2022",
        "What a landlord must do: 5.1 to 5.20",
        "What it should do: 5.2 to 5.19",
        "<th scope=\"col\">Evidence, commentary and any explanations</th>",
    ] {
        assert!(page.0.contains(words), "{words}");
    }
    assert!(row(&page, "5.12").contains("whoever considered stage 1 is not given stage 2"));
    assert!(!page.0.contains(".commentary\""), "evidence and commentary share a column");
    // Nothing of the year is in the cases, and that is said.
    assert!(row(&page, "5.13").contains("Measured: there was nothing in the year to which it applied."));
    // What the Code of 2024 wants in an annual report is not asked of that year.
    let annual = Page::annual(&under(&fixture, "cheshire-west-2023", 2023, Variant::Published)).0;
    assert!(!annual.contains("8.1(a)"));
}

#[test]
fn the_official_wording_stands_in_place_of_the_summaries() {
    let fixture = landlord();
    let mut request = under(&fixture, "hartlepool-2024", 2025, Variant::Published);
    let rows = form("2024")
        .expect("the form")
        .rows()
        .map(|row| format!("{0},\"Official {0}, <in> full\"\n", row.number));
    let file = format!("number,text\n{}", rows.collect::<String>());
    let assessment = request.assessment.as_mut().expect("a form");
    assessment.given.wording =
        Some(redress_shared::code::Wording::from_csv(assessment.form, &file).expect("the wording"));
    let page = assess(&request);
    assert!(row(&page, "6.10").contains("<td>Official 6.10, &lt;in&gt; full</td>"));
    assert!(page.0.contains("in the Ombudsman&#x27;s own words"));
    assert!(!page.0.contains("A complaint is acknowledged, defined and logged"));
}

#[test]
fn a_year_before_the_first_edition_has_a_report_and_no_form() {
    let fixture = landlord();
    let request = under(&fixture, "hartlepool-2024", 2020, Variant::Published);
    assert!(request.assessment.is_none());
    assert!(Page::annual(&request).0.contains("no edition of the Code is known for the year"));
    assert!(matches!(self_assessment_of(&rows(&request), &request), Err(Error::Request(_))));
}
