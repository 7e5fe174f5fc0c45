//! From stage 1 to stage 2.

use super::{Findings, PointKind, written};
use crate::policy::Profile;
use crate::policy::profile::{EscalationGroundRule, EscalationRules};
use crate::policy::vocabulary::{EscalationGround, EscalationReasons, RefusalNeed, ReopeningRule};

/// What the text says of declining to escalate, as one statement.
const TOPIC: Option<&str> = Some("escalation-refused-for-a-reason");

pub(super) fn check(profile: &Profile, findings: &mut Findings<'_>) {
    let rules = &profile.escalation;
    let reasons = &rules.reasons;
    if reasons.value == EscalationReasons::Required && reasons.clause.is_some() {
        let sentence = "Stage 2 is considered only once the resident has given reasons, which the Code does not let a landlord \
                        require.";
        let topic = Some("no-reasons-to-escalate");
        findings.add_on(topic, PointKind::Departure, "6.12", reasons.clause.as_deref(), sentence);
    }
    findings.ambiguous(
        Some("no-reasons-to-escalate"),
        "6.12",
        "Whether reasons are needed for stage 2",
        written!(reasons),
    );
    window(rules, findings);
    for rule in &rules.grounds {
        ground(rule, findings);
    }
    needs(rules, findings);
    let reopening = &profile.after.reopening;
    if reopening.value == ReopeningRule::StageOneReview && reopening.clause.is_some() {
        let sentence = "A request for stage 2 may be met with another look at stage 1, where the Code has it go on to stage 2.";
        findings.add(PointKind::Departure, "6.10", reopening.clause.as_deref(), sentence);
    }
}

/// The Code sets no time for asking, and has what is unresolved go on: whether a limit is a valid reason is open.
fn window(rules: &EscalationRules, findings: &mut Findings<'_>) {
    let Some(window) = &rules.window else { return };
    if window.clause.is_none() {
        return;
    }
    let later = if rules.late.is_some() { "may still be taken on" } else { "is not" };
    let sentence = format!(
        "Stage 2 must be asked for within {}, and a later request {later}; the Code names no time, and a limit has to be a valid \
         reason that is fair to the resident.",
        window.amount()
    );
    findings.add(PointKind::Ambiguity, "6.10", window.clause.as_deref(), sentence);
}

fn ground(rule: &EscalationGroundRule, findings: &mut Findings<'_>) {
    let clause = rule.clause.as_deref();
    if clause.is_none() {
        return;
    }
    let unresolved = "the Code has whatever is unresolved to the resident's satisfaction go on";
    let (kind, provision, sentence) = match rule.ground {
        EscalationGround::NoSufficientGrounds => (
            PointKind::Departure,
            "5.11",
            format!(
                "Stage 2 may be declined for want of sufficient grounds, which the landlord judges; {unresolved}."
            ),
        ),
        EscalationGround::OutcomeDelivered => (
            PointKind::Departure,
            "6.10",
            format!("Stage 2 may be declined where the landlord finds the outcome delivered; {unresolved}."),
        ),
        EscalationGround::NotAppropriate => (
            PointKind::Departure,
            "5.11",
            "Stage 2 may be declined as not appropriate, which is no reason of the kind that the Code wants."
                .to_owned(),
        ),
        EscalationGround::NotUpheld => (
            PointKind::Departure,
            "6.10",
            format!("What was not upheld at stage 1 may be kept from stage 2; {unresolved}."),
        ),
        EscalationGround::BasisChanged | EscalationGround::NotCooperating => (
            PointKind::Ambiguity,
            "5.11",
            format!(
                "Stage 2 may be declined on the ground called {}, which the Code's exclusions do not have: whether it is a valid \
                 reason depends on the case.",
                rule.ground
            ),
        ),
        // Before stage 1 is answered there is nothing to escalate; the window is looked at by itself.
        EscalationGround::TooEarly | EscalationGround::OutOfTime => return,
    };
    findings.add_on(TOPIC, kind, provision, clause, sentence);
}

/// Declining is explained, with the right to go to the Ombudsman, as a refusal at the start is.
fn needs(rules: &EscalationRules, findings: &mut Findings<'_>) {
    let Some(first) = rules.grounds.first() else { return };
    let wanted = [
        (RefusalNeed::Reasons, "5.11", "Nothing says that a refusal of stage 2 is explained."),
        (
            RefusalNeed::OmbudsmanRight,
            "2.4",
            "Nothing says that a refusal of stage 2 comes with the right to go to the Ombudsman.",
        ),
    ];
    for (need, provision, sentence) in wanted {
        let listed = rules.needs.iter().find(|listed| listed.value == need);
        match listed {
            Some(need) if need.clause.is_some() => {
                findings.ambiguous(TOPIC, provision, "What goes with a refusal of stage 2", written!(need));
            }
            Some(_) => findings.add_on(TOPIC, PointKind::Gap, provision, None, sentence),
            // The text says what goes with a refusal, or how it is decided, and leaves this out.
            None => {
                findings.add_on(TOPIC, PointKind::Departure, provision, first.clause.as_deref(), sentence)
            }
        }
    }
}
