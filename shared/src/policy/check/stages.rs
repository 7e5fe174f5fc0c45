//! The times of both stages: acknowledging, responding, extending.

use std::cmp::Ordering;

use super::times::{Start, compare, name, start};
use super::{Findings, PointKind, written};
use crate::calendar::{Count, Unit};
use crate::code::{self, StageClocks, StartPoint};
use crate::policy::Profile;
use crate::policy::cited::Limit;
use crate::policy::profile::{ExtensionRules, StageRules};
use crate::policy::vocabulary::{BeyondCap, ExtensionNeed};

/// One stage, with the provisions of 2024 that its extension is held to.
struct Stage<'a> {
    number: u8,
    rules: &'a StageRules,
    clocks: &'a StageClocks,
    /// The provision on the notice of an extension.
    notice: &'static str,
    /// What day the first day counted may slip by: one where the policy has an hour after which it is the next day.
    slips: u32,
}

/// What is timed, as a sentence calls it: "where there is a risk to life, stage 1 is answered".
struct Timed {
    condition: String,
    what: String,
}

pub(super) fn check(profile: &Profile, findings: &mut Findings<'_>) {
    let clocks = &findings.code.clocks;
    let slips = u32::from(profile.counting.cut_off_hour.is_some());
    let first = Stage { number: 1, rules: &profile.stage_1, clocks: &clocks.stage_1, notice: "6.5", slips };
    let second = Stage { number: 2, rules: &profile.stage_2, clocks: &clocks.stage_2, notice: "6.16", slips };
    for stage in [first, second] {
        acknowledge(&stage, findings);
        respond(&stage, findings);
        cap(&stage, findings);
        beyond_cap(&stage, findings);
        needs(&stage, findings);
    }
    if !profile.counting.closures.is_empty() {
        let sentence = "Days on which the landlord is closed do not count in its own times and do in the Code's, so that \
                        what is in time for the one can be late for the other.";
        findings.add_numbered(None, PointKind::Departure, clocks.stage_1.respond.provision, None, sentence);
    }
}

fn acknowledge(stage: &Stage<'_>, findings: &mut Findings<'_>) {
    let Some(code) = &stage.clocks.acknowledge else { return };
    let Some(policy) = &stage.rules.acknowledge else {
        let sentence = format!(
            "No time is given for acknowledging stage {}, for which the Code has {} from {}.",
            stage.number,
            code_amount(code),
            name(code.from)
        );
        return findings.add_numbered(None, PointKind::Gap, code.provision, None, sentence);
    };
    let timed = Timed { condition: String::new(), what: format!("stage {} is acknowledged", stage.number) };
    limit(stage, &timed, policy, code, findings);
}

fn respond(stage: &Stage<'_>, findings: &mut Findings<'_>) {
    let code = &stage.clocks.respond;
    let timed = Timed { condition: String::new(), what: format!("stage {} is answered", stage.number) };
    limit(stage, &timed, &stage.rules.respond, code, findings);
    for rule in &stage.rules.urgent {
        let condition = format!("where there is a {}, ", words(rule.risk.as_str()));
        let timed = Timed { condition, what: format!("stage {} is answered", stage.number) };
        limit(stage, &timed, &rule.respond, code, findings);
    }
}

/// Holds one time limit against the Code's.
fn limit(stage: &Stage<'_>, timed: &Timed, policy: &Limit, code: &code::Limit, findings: &mut Findings<'_>) {
    let acknowledged_from = stage.rules.acknowledge.as_ref().map(|limit| limit.from);
    let begins = start(policy.from, code.from, acknowledged_from);
    let slips =
        if matches!(policy.from, StartPoint::Receipt | StartPoint::Request) { stage.slips } else { 0 };
    let length = compare(slipped(policy.amount(), slips), Count { count: code.count, unit: code.unit });
    let own =
        format!("{}{} within {} of {}", timed.condition, timed.what, policy.amount(), name(policy.from));
    let own = capital(&own);
    let codes = format!("{} of {}", code_amount(code), name(code.from));
    let (kind, sentence) = match (begins, length) {
        (Start::MayBeLater, _) => (
            PointKind::Departure,
            format!("{own}, and the Code has {codes}: {}.", why_later(policy.from, code.from)),
        ),
        (_, None | Some(Ordering::Greater)) => {
            let cut_off = if slips > 0 { ", what comes late in the day counting from the next" } else { "" };
            (PointKind::Departure, format!("{own}{cut_off}, which can be later than the Code's {codes}."))
        }
        (Start::NoLater, Some(Ordering::Equal)) => {
            // Logging comes before the acknowledgement and can itself be late; what opens a stage cannot.
            let opens = matches!(policy.from, StartPoint::Receipt | StartPoint::Request);
            let in_time = if opens { "" } else { "where that is in time, " };
            let sentence = format!(
                "{own}, which comes no later than {}: {in_time}never after the Code's {codes}.",
                name(code.from)
            );
            (PointKind::Stricter, sentence)
        }
        (_, Some(Ordering::Less)) => (PointKind::Stricter, format!("{own}, sooner than the Code's {codes}.")),
        (Start::Same, Some(Ordering::Equal)) => return unclear(timed, policy, code, findings),
    };
    findings.add_numbered(None, kind, code.provision, policy.clause.as_deref(), sentence);
    unclear(timed, policy, code, findings);
}

/// A time that is stated in words that need a reading.
fn unclear(timed: &Timed, policy: &Limit, code: &code::Limit, findings: &mut Findings<'_>) {
    if let (Some(clause), Some(reading)) = (&policy.clause, &policy.reading) {
        let own = capital(&timed.condition);
        let by_when = if own.is_empty() { "By" } else { "by" };
        let sentence = format!("{own}{by_when} when {} is a matter of reading: {reading}", timed.what);
        findings.add_numbered(None, PointKind::Ambiguity, code.provision, Some(clause), sentence);
    }
}

/// Why a count from the policy's moment can end after a count from the Code's.
fn why_later(policy: StartPoint, code: StartPoint) -> &'static str {
    match (policy, code) {
        (StartPoint::Logging | StartPoint::RequestLogging, StartPoint::Acknowledgement) => {
            "nothing puts logging before the acknowledgement, and a complaint logged after it can be answered late"
        }
        (StartPoint::Logging | StartPoint::RequestLogging, _) => {
            "no time is set for logging, so that it can be late by as long as logging takes"
        }
        _ => "the one can begin after the other",
    }
}

fn cap(stage: &Stage<'_>, findings: &mut Findings<'_>) {
    let code = &stage.clocks.extend;
    let most = Count { count: code.count, unit: code.unit };
    let extension = &stage.rules.extend;
    let Some(cap) = &extension.cap else {
        let clause = written_in(extension);
        let kind = if clause.is_some() { PointKind::Departure } else { PointKind::Gap };
        let sentence = format!(
            "Stage {} can be extended without a limit; the Code allows {most} more without good reason.",
            stage.number
        );
        return findings.add_numbered(None, kind, code.provision, clause, sentence);
    };
    let own = format!("Stage {} is extended by at most {}", stage.number, cap.amount());
    let clause = cap.clause.as_deref();
    match compare(cap.amount(), most) {
        Some(Ordering::Equal) => {}
        Some(Ordering::Less) => {
            let sentence = format!("{own}, fewer than the Code's {most}.");
            findings.add_numbered(None, PointKind::Stricter, code.provision, clause, sentence);
        }
        None | Some(Ordering::Greater) => {
            let sentence = format!("{own}, which can be more than the Code's {most}.");
            findings.add_numbered(None, PointKind::Departure, code.provision, clause, sentence);
        }
    }
    if let (Some(clause), Some(reading)) = (clause, &cap.reading) {
        let sentence =
            format!("How long stage {} can be extended is a matter of reading: {reading}", stage.number);
        findings.add_numbered(None, PointKind::Ambiguity, code.provision, Some(clause), sentence);
    }
}

fn beyond_cap(stage: &Stage<'_>, findings: &mut Findings<'_>) {
    let Some(cap) = &stage.rules.extend.cap else { return };
    let rule = &stage.rules.extend.beyond_cap;
    let clause = rule.clause.as_deref();
    let provision = stage.clocks.extend.provision;
    let (kind, sentence) = match rule.value {
        BeyondCap::GoodReason => return,
        // The edition of 2022 went by agreement too.
        BeyondCap::AgreementOrOmbudsman if stage.clocks.extend.beyond.is_some() || clause.is_none() => return,
        BeyondCap::Refuse if clause.is_none() => return,
        BeyondCap::AgreementOrOmbudsman => (
            PointKind::Departure,
            format!(
                "Beyond {} more, stage {} is extended by agreement, or the Ombudsman's details are given; the Code wants a \
                 good reason, clearly explained.",
                cap.amount(),
                stage.number
            ),
        ),
        BeyondCap::Refuse => (
            PointKind::Stricter,
            format!(
                "Stage {} is never extended by more than {}; the Code allows more for a good reason.",
                stage.number,
                cap.amount()
            ),
        ),
    };
    findings.add_numbered(None, kind, provision, clause, sentence);
}

/// What the notice of an extension has to carry.
fn needs(stage: &Stage<'_>, findings: &mut Findings<'_>) {
    let extension = &stage.rules.extend;
    let listed = |wanted| extension.needs.iter().find(|need| need.value == wanted);
    // An extension that is agreed and then confirmed in writing cannot but name its date.
    let date_is_agreed =
        listed(ExtensionNeed::Agreement).is_some() && listed(ExtensionNeed::InWriting).is_some();
    let provision = stage.clocks.extend.provision.to_string();
    let wanted = [
        (ExtensionNeed::Reason, provision.as_str(), "the reason for it"),
        (ExtensionNeed::ExpectedDate, provision.as_str(), "the date to expect"),
        (ExtensionNeed::OmbudsmanDetails, stage.notice, "the Ombudsman's contact details"),
    ];
    for (need, provision, what) in wanted {
        let sentence = format!(
            "Nothing says that a resident told of an extension at stage {} is given {what}.",
            stage.number
        );
        match listed(need) {
            Some(need) if need.clause.is_some() => {}
            Some(_) => findings.add(PointKind::Gap, provision, None, sentence),
            None if need == ExtensionNeed::ExpectedDate && date_is_agreed => {}
            None if need == ExtensionNeed::OmbudsmanDetails && only_without_agreement(extension) => {
                let sentence = format!(
                    "At stage {} the Ombudsman's contact details go with a long extension that is not agreed; the Code has them \
                     go with every one.",
                    stage.number
                );
                let clause = extension.beyond_cap.clause.as_deref();
                findings.add(PointKind::Departure, provision, clause, sentence);
            }
            None => {
                let clause = written_in(extension);
                let kind = if clause.is_some() { PointKind::Departure } else { PointKind::Gap };
                findings.add(kind, provision, clause, sentence);
            }
        }
    }
}

/// Whether the text gives the Ombudsman's details to those alone who do not agree to an extension past the cap.
fn only_without_agreement(extension: &ExtensionRules) -> bool {
    extension.beyond_cap.value == BeyondCap::AgreementOrOmbudsman && extension.beyond_cap.clause.is_some()
}

/// The clause in which a policy speaks of extensions, if it does.
fn written_in(extension: &ExtensionRules) -> Option<&str> {
    let cap = extension.cap.iter().map(|cap| written!(cap));
    let needs = extension.needs.iter().map(|need| written!(need));
    let beyond = [written!(extension.beyond_cap)];
    cap.chain(needs).chain(beyond).find_map(|rule| rule.clause)
}

/// An amount that begins some working days later.
fn slipped(amount: Count, slips: u32) -> Count {
    let by = if matches!(amount.unit, Unit::Hours) { 24 * slips } else { slips };
    Count { count: amount.count + by, unit: amount.unit }
}

fn code_amount(limit: &code::Limit) -> Count {
    Count { count: limit.count, unit: limit.unit }
}

/// A kebab-case word as a sentence has it.
fn words(word: &str) -> String {
    word.replace('-', " ")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
