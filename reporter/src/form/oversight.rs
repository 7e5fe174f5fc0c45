//! Remedies, what comes after, and who answers for and reads what: sections 5 and 7 to 9 of the Code.

use redress_shared::policy::Profile;
use redress_shared::policy::profile::Reporting;
use redress_shared::policy::vocabulary::{ReportKind, SelfAssessmentTrigger};

use super::evidence::{Evidence, plain};
use crate::basis::basis;
use crate::views::policy::{body, ombudsman};

/// Tells what is said of remedies, follow-up, offices and bodies.
pub fn tell(profile: &Profile, evidence: &mut Evidence) {
    let kinds = profile.remedies.kinds.iter().map(|kind| (basis!(kind), plain(kind.value.as_str())));
    evidence.list("7.1", "kinds of remedy:", kinds);
    after(profile, evidence);
    let details = format!("the Ombudsman's details: {}", ombudsman(&profile.ombudsman).join("; "));
    evidence.say("3.7", basis!(profile.ombudsman), &details);
    reporting(&profile.reporting, evidence);
}

fn after(profile: &Profile, evidence: &mut Evidence) {
    let tracked = &profile.after.actions_tracked;
    if tracked.value {
        for number in ["6.6", "6.17", "7.3"] {
            evidence.say(number, basis!(tracked), "actions are tracked to their end");
        }
    }
    let stages = [&profile.stage_1, &profile.stage_2];
    for agreed in stages
        .iter()
        .filter_map(|stage| stage.contact_frequency_agreed.as_ref())
        .filter(|agreed| agreed.value)
    {
        evidence.say("5.9", basis!(agreed), "how often the resident is updated is agreed with them");
    }
    let governed = &profile.behaviour.governed_by;
    evidence.say(
        "5.14",
        basis!(governed),
        &format!("unacceptable behaviour is governed by: {}", governed.value),
    );
}

fn reporting(reporting: &Reporting, evidence: &mut Evidence) {
    for rule in &reporting.bodies {
        // A dashboard is what managers work from: it is reported to no governing body.
        let numbers: &[&'static str] = match rule.report {
            ReportKind::SelfAssessment => &["8.1", "8.2"],
            ReportKind::Annual => &["8.2", "9.7"],
            ReportKind::Committee => &["9.3", "9.7"],
            ReportKind::Dashboard => &["9.2"],
        };
        for number in numbers {
            evidence.say(number, basis!(rule), &body(rule));
        }
    }
    for published in &reporting.published {
        evidence.say("8.2", basis!(published), &format!("published: {}", published.value));
    }
    if let Some(officer) = &reporting.accountable_officer {
        evidence.say("9.4", basis!(officer), &format!("the office that answers for it: {}", officer.value));
    }
    if let Some(member) = &reporting.member_responsible {
        evidence.say(
            "9.5",
            basis!(member),
            &format!("the Member Responsible for Complaints: {}", member.value),
        );
    }
    for trigger in &reporting.self_assessment {
        let (number, text) = match trigger.value {
            SelfAssessmentTrigger::Annually => ("8.1", "a self-assessment is made every year"),
            SelfAssessmentTrigger::Restructure => (
                "8.3",
                "a new self-assessment follows a significant restructure, merger or change in procedures",
            ),
            SelfAssessmentTrigger::OmbudsmanInvestigation => {
                ("8.4", "a new self-assessment follows an investigation by the Ombudsman")
            }
        };
        evidence.say(number, basis!(trigger), text);
    }
}
