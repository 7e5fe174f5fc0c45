//! What must hold between the values of a stage.

use super::cited::{Limit, Span};
use super::errors::Problems;
use super::profile::StageRules;
use super::vocabulary::BeyondCap;
use crate::calendar::Unit;
use crate::code::StartPoint;

/// The units of an ordinary time that staff work to. It is due on a day; only an urgent time has an hour.
const ORDINARY: [Unit; 2] = [Unit::Days, Unit::WorkingDays];
/// The unit of a shorter time where there is a risk, which runs on the clock.
const URGENT: [Unit; 1] = [Unit::Hours];
/// The units of a time that a resident has, or that a decision stands.
pub(super) const LONG: [Unit; 3] = [Unit::WorkingDays, Unit::Days, Unit::Months];
/// The units of what is added to a time.
const ADDED: [Unit; 2] = [Unit::WorkingDays, Unit::Days];

/// Checks stage 1, which starts with the complaint.
pub(super) fn first(stage: &StageRules, problems: &mut Problems) {
    check("stage_1", stage, &[StartPoint::Receipt, StartPoint::Logging], problems);
}

/// Checks stage 2, which starts with the resident's request for it.
pub(super) fn second(stage: &StageRules, problems: &mut Problems) {
    check("stage_2", stage, &[StartPoint::Request, StartPoint::RequestLogging], problems);
}

fn check(name: &str, stage: &StageRules, opens_with: &[StartPoint], problems: &mut Problems) {
    if let Some(limit) = &stage.acknowledge {
        time(limit, &format!("{name}.acknowledge"), opens_with, &ORDINARY, problems);
    }
    let mut answered_from = opens_with.to_vec();
    if stage.acknowledge.is_some() {
        answered_from.push(StartPoint::Acknowledgement);
    }
    time(&stage.respond, &format!("{name}.respond"), &answered_from, &ORDINARY, problems);
    urgent(name, stage, opens_with, problems);
    extension(name, stage, problems);
    handlers(name, stage, problems);
}

/// A shorter time runs on the clock, from the moment that the complaint or the request came in: a risk does not wait until
/// that is logged or acknowledged.
fn urgent(name: &str, stage: &StageRules, opens_with: &[StartPoint], problems: &mut Problems) {
    let came_in = opens_with.get(..1).unwrap_or_default();
    for (place, rule) in stage.urgent.iter().enumerate() {
        let key = format!("{name}.urgent[{}].respond", place + 1);
        if !came_in.contains(&rule.respond.from) {
            let problem = format!(
                "it counts from {}; a shorter time counts from the moment that the complaint or request came in",
                word(&rule.respond.from)
            );
            problems.add_allowed(format!("{key}.from"), problem, allowed(came_in));
        }
        unit(rule.respond.unit, &key, &URGENT, problems);
    }
}

fn handlers(name: &str, stage: &StageRules, problems: &mut Problems) {
    if let Some(rule) = &stage.handlers.reviewed {
        let key = format!("{name}.handlers.reviewed");
        problems.unless(
            rule.role != rule.by,
            &key,
            "work is reviewed by another role than the one that did it",
        );
        let roles = &stage.handlers.roles;
        let considers = roles.is_empty() || roles.iter().any(|role| role.value == rule.role);
        problems.unless(
            considers,
            &key,
            format!("`roles` does not list {}, whose work is reviewed", rule.role),
        );
    }
}

fn extension(name: &str, stage: &StageRules, problems: &mut Problems) {
    length(stage.extend.cap.as_ref(), &format!("{name}.extend.cap"), &ADDED, problems);
    let refuses = stage.extend.beyond_cap.value == BeyondCap::Refuse;
    let problem = "nothing can be refused for going beyond a cap where there is no `cap`";
    problems.unless(!refuses || stage.extend.cap.is_some(), format!("{name}.extend.beyond_cap"), problem);
}

/// A time limit starts at a moment that its stage has, and is in a unit that staff can work to.
fn time(limit: &Limit, key: &str, starts: &[StartPoint], units: &[Unit], problems: &mut Problems) {
    if !starts.contains(&limit.from) {
        let problem = if limit.from == StartPoint::Acknowledgement {
            "it counts from an acknowledgement for which there is no time limit".to_owned()
        } else {
            format!("it counts from {}, which is not in this stage", word(&limit.from))
        };
        problems.add_allowed(format!("{key}.from"), problem, allowed(starts));
    }
    unit(limit.unit, key, units, problems);
}

/// A length of time is in a unit that makes sense for it.
pub(super) fn length(span: Option<&Span>, key: &str, units: &[Unit], problems: &mut Problems) {
    if let Some(span) = span {
        unit(span.unit, key, units, problems);
    }
}

fn unit(unit: Unit, key: &str, units: &[Unit], problems: &mut Problems) {
    if !units.contains(&unit) {
        let problem = format!("{} make no sense here", word(&unit));
        problems.add_allowed(format!("{key}.unit"), problem, allowed(units));
    }
}

fn allowed<T: serde::Serialize>(values: &[T]) -> String {
    format!("allowed are {}", values.iter().map(word).collect::<Vec<_>>().join(", "))
}

/// A word as the file spells it.
fn word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
