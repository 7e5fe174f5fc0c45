//! What stands on the pages of a report.

use crate::AS_OF;
use crate::support::Page;
use crate::support::small::{ID, landlord};
use redress_reporter::form::Assessment;
use redress_reporter::{Error, Request, Variant};
use redress_shared::policy::Library;

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
    assert_eq!((annual.matches("<table id=").count(), committee.matches("<table id=").count()), (37, 46));
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
    assert!(matches!(crate::support::tsm(&own, redress_reporter::Beside::default()), Err(Error::Request(_))));
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
