//! The self-assessment, the answers that people give for it, and the annual report round it.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

mod files;
mod measured;
mod provisions;
mod report;
#[path = "../support/mod.rs"]
mod support;

use redress_reporter::form::Assessment;
use redress_reporter::source::{Snapshot, Source};
use redress_reporter::{Request, Variant, self_assessment_of};
use redress_shared::assessment::answers::Answers;
use redress_shared::policy::Library;
use support::small::{ID, landlord};
use support::{Fixture, Page};

const AS_OF: &str = "2026-07-20";

const POLICIES: [&str; 5] =
    ["hartlepool-2024", "bradford-draft", "portsmouth-2024", "housing-solutions-2024", "cheshire-west-2023"];

/// The small landlord, each of its cases with a reference of a CRM's.
fn referenced() -> Fixture {
    let mut fixture = landlord();
    fixture.run("UPDATE report_cases SET reference = 'CRM-' || (4000 + CAST(substr(case_id, 6) AS INTEGER))");
    fixture
}

/// A request for the year under a policy, with its form.
fn under(fixture: &Fixture, policy: &str, year: i32, variant: Variant) -> Request {
    let library = Library::embedded().expect("the policies");
    let profile = library.by_id(policy).expect("the policy");
    let request = fixture.year(ID, year, AS_OF);
    let assessment = Assessment::of(&request.span, Some(profile), library).expect("the form");
    Request { policy: Some(profile.clone()), assessment, variant, ..request }
}

/// The same with answers.
fn answered(request: Request, answers: &str) -> Request {
    let answers = Answers::from_toml("answers.toml", answers).unwrap_or_else(|errors| panic!("{errors}"));
    let mut assessment = request.assessment.clone().expect("a form");
    assessment.given.answers = Some(answers);
    Request { assessment: Some(assessment), ..request }
}

fn assess(request: &Request) -> Page {
    Page::read(&self_assessment_of(&rows(request), request).expect("a self-assessment")[0])
}

fn rows(request: &Request) -> Source {
    let mut snapshot = Snapshot::open(&request.origin).expect("the database");
    snapshot.source(&request.landlord_id).expect("the rows")
}

fn row<'a>(page: &'a Page, number: &str) -> &'a str {
    let start = page.0.find(&format!("<tr><th scope=\"row\">{number}</th>")).expect("the row");
    let rest = &page.0[start..];
    &rest[..rest.find("</tr>").expect("its end")]
}

const HEAD: &str = "landlord = 'northgate'\nyear = '2025-26'\ncode = '2024'\n";

/// An answer that an office has confirmed.
fn confirmed(number: &str, comply: &str, more: &str) -> String {
    format!(
        "[provisions.'{number}']\ncomply = '{comply}'\nconfirmed_by = 'Head of Housing'\nconfirmed_on = 2026-06-30\n{more}\n"
    )
}
