//! The annual report round the form: its parts, its readers and when it is a draft.

use crate::support::small::{ID, landlord};
use crate::support::{Ending, Fixture, Page, StageOf};
use crate::{HEAD, answered, assess, confirmed, referenced, row, rows, under};
use redress_reporter::Variant;
use redress_shared::assessment::answers::Answers;
use redress_shared::code::form;

#[test]
fn a_complete_annual_report_is_no_draft() {
    let fixture = landlord();
    let mut request = under(&fixture, "portsmouth-2024", 2025, Variant::Published);
    let proposals = {
        let file = redress_reporter::answers_of(&rows(&request), &request).expect("a file");
        Answers::from_toml("a.toml", &file).unwrap_or_else(|errors| panic!("{errors}"))
    };
    let mut answers = format!(
        "{HEAD}accountable_officer = 'Director of Housing'\nanalysis = ['Repairs led, as before.']\n\
         nothing_to_report = ['landlord-report', 'non-compliance']\n\
         [governing_body]\nname = 'Cabinet'\nresponse = ['Cabinet welcomes it.']\nresponded_on = 2026-07-10\n\
         [[ombudsman_reports]]\non = 'other'\ntitle = 'Repairing trust'\npublished_on = 2025-05-29\n\
         web_address = 'https://ombudsman.example/trust'\n\
         [[improvements]]\nwhat = 'One number for repairs'\nlearnt_from = 'Residents were sent round'\nmade_on = 2025-12-01\n"
    );
    for row in form("2024").expect("the form").rows() {
        let number = row.number.to_string();
        let proposed =
            proposals.to(&number).and_then(|answer| answer.comply).map_or("yes", |comply| comply.as_str());
        let more = if proposed == "no" {
            "action = 'Change it'\naction_by = 2026-12-31"
        } else {
            "evidence = 'Seen.'"
        };
        answers.push_str(&confirmed(&number, proposed, more));
    }
    request = answered(request, &answers);
    let page = Page::annual(&request).0;
    assert!(!page.contains(">Draft<") && !page.contains("Still wanted"), "nothing is wanted any more");
    for words in [
        "<strong>Cabinet</strong>, 10 July 2026:",
        "Cabinet welcomes it.",
        "Repairs led, as before.",
        "Repairing trust",
        "29 May 2025",
        "One number for repairs",
        "There is no annual report of the Ombudsman&#x27;s on the landlord for the year.",
        "The landlord knows of no other finding of non-compliance.",
        "<th scope=\"row\">8.1(f)</th>",
        "Elected members: the self-assessment, every year (s.13",
        "<dd>Director of Housing</dd>",
    ] {
        assert!(page.contains(words), "{words}");
    }
    // A response that was given after the report's date has not been given yet.
    request.as_of = "2026-07-09".parse().expect("a date");
    assert!(Page::annual(&request).0.contains("The governing body has not responded to it yet (8.2)."));
}

#[test]
fn each_policy_names_who_reads_the_report() {
    let fixture = landlord();
    for (policy, reader) in [
        ("hartlepool-2024", "Finance and Policy Committee: the annual report, every year (9.11)."),
        (
            "portsmouth-2024",
            "Elected members: the self-assessment, every year (s.13 Self-assessment: elected members).",
        ),
        ("housing-solutions-2024", "Board: the periodic report on complaints, how often is not said (16.2)."),
        (
            "cheshire-west-2023",
            "Tenants, in the annual report on the website: the annual report, every year (How the Policy",
        ),
        (
            "bradford-draft",
            "Scrutiny committee: the periodic report on complaints, how often is not said (9.1.2).",
        ),
    ] {
        let page = Page::annual(&under(&fixture, policy, 2025, Variant::Published)).0;
        let section = page.split_once("<h2 id=\"response\">").expect("the section").1;
        assert!(section.contains(reader), "{policy}");
    }
}

#[test]
fn failings_in_how_a_complaint_was_handled_are_non_compliance() {
    let mut fixture = referenced();
    fixture.run(
        "UPDATE report_findings SET about = CASE issue WHEN 2 THEN 'Complaint handling' ELSE 'Repairs' END",
    );
    let page = |variant| Page::annual(&under(&fixture, "hartlepool-2024", 2025, variant));
    let (published, committee) = (page(Variant::Published), page(Variant::Committee));
    let rows = |page: &Page| page.0.matches("data-figure=\"non-compliance.").count();
    assert_eq!((rows(&published), rows(&committee)), (4, 4), "two findings of two cells each");
    assert_eq!(published.figure("non-compliance.1.done"), "Complied with on 12 December 2025");
    assert_eq!(published.figure("non-compliance.2.done"), "1 of 2 orders of the determination complied with");
    assert!(published.0.contains("Service failure in how a complaint was handled</th>"));
    assert!(committee.0.contains("Service failure in how a complaint was handled (DET-1, CRM-4001)</th>"));
    // The lists of cases stand with the figures that they are behind.
    assert!(
        committee.0.contains("Answered late in this period") && !published.0.contains("Answered late in")
    );
}

/// No complaint, one complaint, no homes: sentences, and never a share of nothing.
#[test]
fn empty_and_tiny_years_read_sensibly() {
    let mut nothing = Fixture::new();
    nothing.landlord(ID, "Northgate");
    let mut one = Fixture::new();
    one.landlord(ID, "Northgate");
    let case = one.case(ID, "complaint", "lcra", "2025-06-02", "");
    one.stage(
        ID,
        &case,
        StageOf { stage: 1, requested_on: "2025-06-02", ending: Ending::InTime, outcome: "upheld" },
    );
    for fixture in [&nothing, &one] {
        for variant in [Variant::Published, Variant::Committee] {
            let request = under(fixture, "hartlepool-2024", 2025, variant);
            for page in [Page::annual(&request), assess(&request)] {
                let odd = [
                    "the 1 complaints",
                    "which 1 complaints",
                    " 1 residents",
                    "÷ 0<",
                    ">0%</span> <span class=\"of\">0 of 0",
                ];
                for word in ["NaN", "0 of 0 ("].iter().chain(&odd) {
                    assert!(!page.0.contains(word), "{word}");
                }
            }
        }
    }
    let page = |fixture: &Fixture| Page::annual(&under(fixture, "hartlepool-2024", 2025, Variant::Committee));
    assert!(page(&nothing).0.contains("No stage 1 complaint was made in the year."));
    let published = under(&nothing, "hartlepool-2024", 2025, Variant::Published);
    assert_eq!(Page::annual(&published).figure("remarks.third-party.cases"), "0", "there is nothing to hide");
    assert!(!page(&nothing).0.contains("<svg") && page(&one).0.contains("<svg"), "a chart of nothing");
    assert!(row(&page(&nothing), "6.2").contains("Nothing is proposed"));
    assert!(page(&one).0.contains("1 stage 1 complaint; there was none the year before."));
    assert!(row(&page(&one), "6.2").contains("Measured: 1 of 1 (100%) stage 1 complaints"));
    // Upheld, and nothing offered.
    assert!(row(&page(&one), "7.1").contains("Proposed: no, by the rule not-always-kept"));
}
