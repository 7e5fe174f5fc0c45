//! What must hold between the values of a profile for it to make sense as a policy.
//!
//! Each section is checked by itself, as far as it can be read, so that a mistake in one does not hide those in another.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::cited::Cited;
use super::errors::Problems;
use super::profile::{
    AfterRules, Counting, EscalationRules, Intake, PolicyVersion, RefusalRules, RemedyRules, Reporting,
    Statement,
};
use super::vocabulary::{
    Channel, ClosingRule, ElectedMemberHandling, EscalationGround, Outcome, RefusalNeed, ReopeningRule,
    RepresentativeKind, Says, SocialMediaHandling, StaffRole, WholeRule,
};
use super::{letterhead_rules, stage_rules};
use crate::code::{codes, policy_topics};

/// Finds everything that does not make sense, in every section that can be read.
pub(super) fn check(value: &Value, problems: &mut Problems) {
    section(value, "policy", problems, policy);
    section(value, "letterhead", problems, letterhead_rules::letterhead);
    section(value, "counting", problems, counting);
    section(value, "intake", problems, intake);
    section(value, "refusal", problems, refusal);
    section(value, "stage_1", problems, stage_rules::first);
    section(value, "stage_2", problems, stage_rules::second);
    section(value, "escalation", problems, escalation);
    section(value, "remedies", problems, remedies);
    section(value, "after", problems, after);
    section(value, "reporting", problems, reporting);
    section(value, "statements", problems, |statements: &Vec<Statement>, problems| {
        self::statements(statements, problems);
    });
    closing(value, problems);
}

fn section<T: DeserializeOwned>(
    value: &Value,
    name: &str,
    problems: &mut Problems,
    check: impl Fn(&T, &mut Problems),
) {
    if let Some(section) = read::<T>(value, name) {
        check(&section, problems);
    }
}

fn read<T: DeserializeOwned>(value: &Value, name: &str) -> Option<T> {
    value.get(name).and_then(|section| T::deserialize(section).ok())
}

fn policy(policy: &PolicyVersion, problems: &mut Problems) {
    if let Some(to) = &policy.effective_to
        && to.value < policy.effective_from.value
    {
        let problem = format!("it is before effective_from, {}", policy.effective_from.value);
        problems.add("policy.effective_to", problem);
    }
    if let Some(edition) = &policy.follows_code {
        let known: Vec<_> = codes().unwrap_or_default().iter().map(|code| code.id.as_str()).collect();
        if !known.contains(&edition.value.as_str()) {
            let problem = format!("there is no edition `{}` of the Code", edition.value);
            problems.add_allowed("policy.follows_code", problem, format!("allowed are {}", known.join(", ")));
        }
    }
}

fn counting(counting: &Counting, problems: &mut Problems) {
    if let Some(hour) = &counting.cut_off_hour {
        let is_hour = (1..=23).contains(&hour.value);
        problems.unless(is_hour, "counting.cut_off_hour.value", "it is not an hour from 1 to 23");
    }
    for (place, closure) in counting.closures.iter().enumerate() {
        let forwards = closure.first_day <= closure.last_day;
        let key = format!("counting.closures[{}].last_day", place + 1);
        problems.unless(forwards, key, "it is before the first day");
    }
}

fn intake(intake: &Intake, problems: &mut Problems) {
    problems.unless(!intake.channels.is_empty(), "intake.channels", "no way to complain is named");
    let names = |channel: Channel| intake.channels.iter().any(|rule| rule.channel == channel);
    if intake.social_media.value == SocialMediaHandling::Signpost && names(Channel::SocialMedia) {
        let problem = "complaints on social media are only signposted, and `channels` lists social-media";
        problems.add("intake.social_media", problem);
    }
    match intake.elected_members.value {
        ElectedMemberHandling::CorporateComplaints if names(Channel::ElectedMember) => {
            let problem = "what comes through them goes elsewhere, and `channels` lists elected-member";
            problems.add("intake.elected_members", problem);
        }
        ElectedMemberHandling::ConsentAssumed => {
            for member in [RepresentativeKind::Councillor, RepresentativeKind::MemberOfParliament] {
                let assumed = intake.consent_assumed_for.iter().any(|kind| kind.value == member);
                let problem = format!("consent is assumed, and `consent_assumed_for` does not list {member}");
                problems.unless(assumed, "intake.elected_members", problem);
            }
        }
        _ => {}
    }
}

fn refusal(refusal: &RefusalRules, problems: &mut Problems) {
    approval("refusal", &refusal.needs, refusal.approver.as_ref(), problems);
}

/// Somebody must agree exactly where an agreement is needed.
fn approval(
    section: &str,
    needs: &[Cited<RefusalNeed>],
    approver: Option<&Cited<StaffRole>>,
    problems: &mut Problems,
) {
    let needed = needs.iter().any(|need| need.value == RefusalNeed::Approval);
    match (needed, approver) {
        (true, None) => problems
            .add(format!("{section}.approver"), "`needs` has approval, and nobody is named to give it"),
        (false, Some(_)) => {
            problems.add(format!("{section}.approver"), "it has no effect: `needs` does not have approval")
        }
        _ => {}
    }
}

fn escalation(escalation: &EscalationRules, problems: &mut Problems) {
    approval("escalation", &escalation.needs, escalation.approver.as_ref(), problems);
    stage_rules::length(escalation.window.as_ref(), "escalation.window", &stage_rules::LONG, problems);
    if escalation.window.is_none() {
        let problem = "it has no effect: there is no `window` to be late for";
        problems.unless(escalation.late.is_none(), "escalation.late", problem);
        for (place, rule) in escalation.grounds.iter().enumerate() {
            let key = format!("escalation.grounds[{}].ground", place + 1);
            let problem = "a request cannot be out of time where there is no `window`";
            problems.unless(rule.ground != EscalationGround::OutOfTime, key, problem);
        }
    }
}

fn remedies(remedies: &RemedyRules, problems: &mut Problems) {
    let has = |outcome: Outcome| remedies.outcomes.iter().any(|listed| listed.value == outcome);
    for outcome in [Outcome::Upheld, Outcome::NotUpheld] {
        let problem = format!("{outcome} is missing: a point can always be decided either way");
        problems.unless(has(outcome), "remedies.outcomes", problem);
    }
    if remedies.whole.value == WholeRule::FromPoints {
        let problem = "the whole may come out partly-upheld, which `outcomes` does not list";
        problems.unless(has(Outcome::PartlyUpheld), "remedies.whole", problem);
    }
    stage_rules::length(
        remedies.offer_open_at_most.as_ref(),
        "remedies.offer_open_at_most",
        &stage_rules::LONG,
        problems,
    );
}

fn after(after: &AfterRules, problems: &mut Problems) {
    let never = after.reopening.value == ReopeningRule::Never;
    let problem = "it has no effect: a decided complaint is never looked at again";
    problems.unless(!(never && after.reopen_within.is_some()), "after.reopen_within", problem);
    stage_rules::length(after.reopen_within.as_ref(), "after.reopen_within", &stage_rules::LONG, problems);
    if let Some(years) = &after.kept_years {
        let sensible = (1..=100).contains(&years.value);
        problems.unless(sensible, "after.kept_years.value", "it is not a number of years from 1 to 100");
    }
}

/// A complaint that closes when the window has passed needs a window.
fn closing(value: &Value, problems: &mut Problems) {
    let (Some(after), Some(escalation)) =
        (read::<AfterRules>(value, "after"), read::<EscalationRules>(value, "escalation"))
    else {
        return;
    };
    let waits = after.closing.value == ClosingRule::WindowPassed;
    let problem = "it closes when the window to escalate has passed, and `escalation` has no window";
    problems.unless(!waits || escalation.window.is_some(), "after.closing", problem);
}

fn reporting(reporting: &Reporting, problems: &mut Problems) {
    if let Some(months) = &reporting.policy_review_months {
        let sensible = (1..=120).contains(&months.value);
        problems.unless(
            sensible,
            "reporting.policy_review_months.value",
            "it is not a number of months from 1 to 120",
        );
    }
}

fn statements(statements: &[Statement], problems: &mut Problems) {
    let topics = match policy_topics() {
        Ok(topics) => topics,
        Err(error) => return problems.add("statements", format!("they cannot be checked: {error}")),
    };
    for (place, statement) in statements.iter().enumerate() {
        let key = |name: &str| format!("statements[{}].{name}", place + 1);
        if topics.topic(&statement.topic).is_none() {
            let known: Vec<_> = topics.topics.iter().map(|topic| topic.id.clone()).collect();
            let allowed = super::shape::nearest(&statement.topic, &known);
            problems.add_allowed(key("topic"), format!("there is no topic `{}`", statement.topic), allowed);
        }
        if statement.says != Says::Meets && statement.note.is_none() {
            problems.add(
                key("note"),
                format!("it is missing: say what the text says, since it is `{}`", statement.says),
            );
        }
    }
}
