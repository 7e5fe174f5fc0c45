//! Where a stage counts, and whether it was in time by each clock.

use chrono::NaiveDate;
use redress_shared::measure::{Choices, Counted, InTime, OUTCOMES, StageDates, counted};

use super::{Place, Scope};
use crate::source::{Case, Stage};

/// A stage with all that the figures need to know of it.
pub(super) struct Classified {
    pub(super) place: Place,
    pub(super) times: u64,
    pub(super) in_time: InTime,
    pub(super) policy_in_time: &'static str,
}

pub(super) fn classify(row: &Stage, case: Option<&Case>, scope: &Scope) -> Classified {
    let nowhere = |fault: &str| Classified {
        place: Place::Nowhere(fault.to_owned()),
        times: 0,
        in_time: InTime::Undated,
        policy_in_time: "undated",
    };
    let Some(case) = case else { return nowhere("its case is not in report_cases") };
    let in_time = standing(&code_dates(row, case.withdrawn_on), case, scope);
    let policy_in_time = match standing(&policy_dates(row, case.withdrawn_on), case, scope) {
        InTime::Undated => "no-limit",
        known => known.word(),
    };
    let residents = u64::try_from(case.residents).unwrap_or(1);
    let (place, times) = match counted(in_time, case.triage == "refused", residents, &scope.choices) {
        _ if !matches!(row.stage, 1 | 2) => return nowhere("a complaint has only stages 1 and 2"),
        _ if !row.outcome.as_deref().is_none_or(|outcome| OUTCOMES.contains(&outcome)) => {
            return nowhere("its outcome is not upheld, partly-upheld or not-upheld");
        }
        _ if case.kind != "complaint" => (Place::Excluded("not of a complaint"), 0),
        _ if case.triage == "not-a-complaint" => (Place::Excluded("found not to be a complaint"), 0),
        Counted::Refused => (Place::Excluded("of a refused complaint"), 0),
        Counted::Withdrawn => (Place::Excluded("withdrawn before the answer"), 0),
        Counted::Made { in_time: InTime::Undated, .. } => {
            return nowhere("answered, but the Code's due date is missing");
        }
        Counted::Made { times, .. } => (scope.place(row.requested_on), times),
    };
    Classified { place, times, in_time, policy_in_time }
}

/// A case closed without an answer can no longer be answered in time, and is waited for no more.
fn standing(dates: &StageDates, case: &Case, scope: &Scope) -> InTime {
    match dates.in_time(&scope.choices, scope.as_of) {
        InTime::OpenWithinTime | InTime::OpenOverdue if scope.known(case.closed_on).is_some() => {
            InTime::Closed
        }
        standing => standing,
    }
}

fn code_dates(row: &Stage, withdrawn_on: Option<NaiveDate>) -> StageDates {
    StageDates {
        requested_on: row.requested_on,
        responded_on: row.responded_on,
        code_due_on: row.code_respond_due_on,
        code_due_as_acknowledged_on: row.code_respond_due_as_acknowledged_on,
        code_extended_due_on: row.code_extended_due_on,
        withdrawn_on,
    }
}

/// By when the Code wants a stage answered, before any extension.
#[must_use]
pub fn first_day(row: &Stage, choices: &Choices) -> Option<NaiveDate> {
    code_dates(row, None).due_on(choices)
}

/// The last day on which an answer is in time by the Code, an extension that counts included.
#[must_use]
pub fn last_day(row: &Stage, choices: &Choices) -> Option<NaiveDate> {
    let dates = code_dates(row, None);
    dates.due_on(choices).max(dates.extended_due_on(choices))
}

/// As [`last_day`], by the policy.
#[must_use]
pub fn policy_last_day(row: &Stage, choices: &Choices) -> Option<NaiveDate> {
    let dates = policy_dates(row, None);
    dates.due_on(choices).max(dates.extended_due_on(choices))
}

fn policy_dates(row: &Stage, withdrawn_on: Option<NaiveDate>) -> StageDates {
    StageDates {
        code_due_on: row.policy_respond_due_on,
        code_due_as_acknowledged_on: row.policy_respond_due_on,
        code_extended_due_on: row.policy_extended_due_on,
        ..code_dates(row, withdrawn_on)
    }
}
