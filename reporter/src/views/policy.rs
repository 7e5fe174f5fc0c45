//! What the policy is, who answers for what under it, and when it is looked at again.

use chrono::{Datelike, Months, NaiveDate};
use redress_shared::calendar::Count;
use redress_shared::calendar::words::long_date;
use redress_shared::code::ombudsman as ombudsman_data;
use redress_shared::measure::{StockType, thousands};
use redress_shared::policy::Profile;
use redress_shared::policy::cited::Cited;
use redress_shared::policy::profile::{Body, Ombudsman, PolicyVersion, Reporting};
use redress_shared::policy::vocabulary::{Cadence, PolicyStatus, ReportKind, SelfAssessmentTrigger};
use serde::Serialize;

use super::{Report, label};
use crate::basis::basis;

/// What is printed where the policy has no such rule.
const SILENT: &str = "The policy does not say.";

/// One thing about the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is.
    pub label: &'static str,
    /// What is said of it, a line each; never empty.
    pub lines: Vec<String>,
}

impl Fact {
    fn new(label: &'static str, lines: impl IntoIterator<Item = String>) -> Self {
        let mut lines: Vec<String> = lines.into_iter().collect();
        if lines.is_empty() {
            lines.push(SILENT.to_owned());
        }
        Self { label, lines }
    }
}

/// Everything that the section on the policy tells.
pub(super) fn facts(report: &Report<'_>, profile: &Profile) -> Vec<Fact> {
    let version = &profile.policy;
    let reporting = &profile.reporting;
    let offices =
        |office: &Option<Cited<String>>| office.as_ref().map(|office| basis!(office).line(&office.value));
    let review = reporting
        .policy_review_months
        .as_ref()
        .map(|review| basis!(review).line(&format!("Every {}", Count::months(review.value))));
    vec![
        Fact::new("Title", [version.title.clone(), status(version.status).to_owned()]),
        Fact::new("For complaints received", in_force(version)),
        Fact::new("Edition of the Code that it follows", code(version)),
        Fact::new("Accountable for complaint handling", offices(&reporting.accountable_officer)),
        Fact::new("Member Responsible for Complaints", offices(&reporting.member_responsible)),
        Fact::new(
            "Who reads what, and how often",
            reporting.bodies.iter().map(|rule| basis!(rule).line(&body(rule))),
        ),
        Fact::new("A new self-assessment", triggers(reporting)),
        Fact::new("Self-assessment next due with the Ombudsman", [submission(report, profile)]),
        Fact::new("The policy is reviewed", review),
        Fact::new(
            "Published",
            reporting.published.iter().map(|published| basis!(published).line(&published.value)),
        ),
        Fact::new("The Housing Ombudsman, as the policy gives it", details(&profile.ombudsman)),
    ]
}

const fn status(status: PolicyStatus) -> &'static str {
    match status {
        PolicyStatus::Adopted => "Adopted.",
        PolicyStatus::Draft => "A draft, gone by until another is adopted.",
        PolicyStatus::Interim => "An interim version.",
    }
}

fn in_force(version: &PolicyVersion) -> Vec<String> {
    let from = &version.effective_from;
    let begins = format!("from {}", long_date(from.value));
    let ends =
        version.effective_to.as_ref().map(|to| basis!(to).line(&format!("up to {}", long_date(to.value))));
    std::iter::once(basis!(from).line(&begins)).chain(ends).collect()
}

fn code(version: &PolicyVersion) -> Option<String> {
    let follows = version.follows_code.as_ref()?;
    Some(basis!(follows).line(&format!("The Complaint Handling Code of {}", follows.value)))
}

/// Who reads what and how often, without its clause.
pub fn body(rule: &Body) -> String {
    let report = match rule.report {
        ReportKind::SelfAssessment => "the self-assessment",
        ReportKind::Annual => "the annual report",
        ReportKind::Committee => "the periodic report on complaints",
        ReportKind::Dashboard => "the continuous view of complaints",
    };
    let often = match rule.cadence {
        Cadence::Ongoing => "at any time",
        Cadence::Quarterly => "every quarter",
        Cadence::Annually => "every year",
        Cadence::Unstated => "how often is not said",
    };
    format!("{}: {report}, {often}", rule.name)
}

fn triggers(reporting: &Reporting) -> Vec<String> {
    let text = |trigger| match trigger {
        SelfAssessmentTrigger::Annually => "Every year",
        SelfAssessmentTrigger::Restructure => {
            "After a significant restructure, merger or change in procedures"
        }
        SelfAssessmentTrigger::OmbudsmanInvestigation => "After an investigation by the Ombudsman",
    };
    reporting.self_assessment.iter().map(|trigger| basis!(trigger).line(text(trigger.value))).collect()
}

/// The next day to submit by, which the Ombudsman sets and no policy can move: it turns on the homes and the year's end.
fn submission(report: &Report<'_>, profile: &Profile) -> String {
    let shared = report.homes(StockType::Lcho).unwrap_or_default();
    let homes = report.homes(StockType::Lcra).map(|rented| rented + shared);
    let due = homes.and_then(|homes| {
        next_due(u32::try_from(homes).ok()?, profile.landlord.year_ends_in_month, report.scope.as_of)
    });
    match (due, homes) {
        (Some(due), Some(homes)) => format!(
            "By {}, as the Ombudsman sets it for a landlord with {} homes.",
            long_date(due),
            thousands(homes)
        ),
        _ => "The homes of the year are not recorded, and the date turns on them.".to_owned(),
    }
}

/// The first day to submit by that has not gone by.
fn next_due(homes: u32, year_ends_in_month: u32, as_of: NaiveDate) -> Option<NaiveDate> {
    let submission = &ombudsman_data().ok()?.submission;
    let year_end = |year| {
        let first = NaiveDate::from_ymd_opt(year, year_ends_in_month, 1)?;
        first.checked_add_months(Months::new(1))?.pred_opt()
    };
    let years = as_of.year() - 2..=as_of.year() + 1;
    years.filter_map(|year| submission.due(homes, year_end(year)?)).find(|due| *due >= as_of)
}

/// The Ombudsman's details, a line each, saying which of them the policy does not give.
pub fn ombudsman(given: &Ombudsman) -> Vec<String> {
    let post = if given.address.is_empty() { "not given".to_owned() } else { given.address.join(", ") };
    // The page goes anywhere a file goes and leads nowhere: an address is printed and not linked.
    let website = given.website.trim_start_matches("https://").trim_start_matches("http://");
    vec![
        format!("post: {post}"),
        format!("telephone: {}", given.telephone),
        format!("email: {}", given.email.as_deref().unwrap_or("not given")),
        format!("website: {website}"),
    ]
}

fn details(given: &Ombudsman) -> Vec<String> {
    let mut lines: Vec<String> = ombudsman(given).iter().map(|detail| label(detail)).collect();
    lines.push(basis!(given).line("Where this is said"));
    lines.extend(
        given
            .tribunal
            .as_ref()
            .map(|tribunal| basis!(tribunal).line(&format!("For leaseholders besides: {}", tribunal.value))),
    );
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_day_to_submit_by_is_the_first_that_has_not_gone_by() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(next_due(5_000, 3, day("2026-06-30")), Some(day("2026-09-30")));
        assert_eq!(next_due(5_000, 3, day("2026-09-30")), Some(day("2026-09-30")));
        assert_eq!(next_due(5_000, 3, day("2026-10-01")), Some(day("2027-09-30")));
        // A smaller landlord has six months from its own year's end.
        assert_eq!(next_due(1_000, 12, day("2026-06-30")), Some(day("2026-06-30")));
        assert_eq!(next_due(1_000, 12, day("2026-07-01")), Some(day("2027-06-30")));
    }
}
