//! The stages of complaints, each with how it stands on both clocks.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use redress_shared::measure::{Acknowledged, InTime};

use super::classified::{Classified, classify};
use super::linked::yes_or_no;
use super::scope::{EARLIER, NOW, OUTSIDE};
use super::waits::{HISTORY_COLUMNS, WAIT_COLUMNS};
use super::{Ledger, Place, Rows, Scope};
use crate::source::{Case, Source, Stage};

/// The view the stages come from.
pub const STAGES: &str = "report_stages";

/// What an answer can decide.
pub const OUTCOMES: &[&str] = &["upheld", "partly-upheld", "not-upheld"];

/// The columns of the frame of stages.
pub const COLUMNS: &[&str] = &[
    "window",
    "stage",
    "month",
    "stock",
    "in_time",
    "policy_in_time",
    "acknowledged",
    "policy_acknowledged",
    "outcome",
    "channel",
    "provider",
    "service",
    "area",
    "extension",
    "updates",
    "vulnerable",
    "adjustments",
    "hazard",
];

/// The columns of the frame of stages not yet answered, of whatever period.
pub const OPEN_COLUMNS: &[&str] = &["stage", "age", "clock", "policy_clock"];

/// What is known of a complaint for rows linked to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    /// Where its stage 1 went.
    pub place: Place,
    /// The outcome of its stage 1: a word, or "open".
    pub outcome: String,
    /// How its stage 1 stands on the Code's clock.
    pub in_time: InTime,
}

/// The stages, ready to be counted.
#[derive(Debug)]
pub struct Stages {
    /// Those in a figure.
    pub counted: Rows,
    /// Those not yet answered on the report's date.
    pub open: Rows,
    /// How long each took: in the report's periods and in those of the control charts.
    pub waits: Rows,
    /// How each of the control charts' periods stands.
    pub history: Rows,
    /// By case, what its stage 1 was.
    pub first: BTreeMap<String, Linked>,
    /// By case and stage, the latest date that a notice of an extension puts the answer off to.
    longest: BTreeMap<(String, i32), NaiveDate>,
    /// How many of the period can still be answered in time.
    pub within_time: u64,
    /// Residents behind the complaints made at stage 1 in the period.
    pub residents: u64,
}

/// Classifies every stage.
#[must_use]
pub fn stages(source: &Source, cases: &BTreeMap<&str, &Case>, scope: &Scope, ledger: &mut Ledger) -> Stages {
    let mut stages = Stages {
        counted: Rows::new(COLUMNS),
        open: Rows::new(OPEN_COLUMNS),
        waits: Rows::new(WAIT_COLUMNS),
        history: Rows::new(HISTORY_COLUMNS),
        first: BTreeMap::new(),
        longest: longest(source, scope),
        within_time: 0,
        residents: 0,
    };
    ledger.open(STAGES, source.stages.len());
    for row in &source.stages {
        let case = cases.get(row.case_id.as_str()).copied();
        let classified = classify(row, case, scope);
        ledger.book(STAGES, &classified.place, || format!("case {} stage {}", row.case_id, row.stage));
        if let Some(case) = case {
            stages.add(row, case, &classified, scope);
        }
    }
    stages
}

fn longest(source: &Source, scope: &Scope) -> BTreeMap<(String, i32), NaiveDate> {
    let mut longest: BTreeMap<(String, i32), NaiveDate> = BTreeMap::new();
    for notice in source.extensions.iter().filter(|notice| notice.decided_on <= scope.as_of) {
        let by = longest.entry((notice.case_id.clone(), notice.stage)).or_insert(notice.respond_by);
        *by = notice.respond_by.max(*by);
    }
    longest
}

impl Stages {
    fn add(&mut self, row: &Stage, case: &Case, classified: &Classified, scope: &Scope) {
        let outcome = match (scope.known(row.responded_on), &row.outcome) {
            (Some(_), Some(outcome)) => outcome.as_str(),
            (Some(_), None) => "not-recorded",
            (None, _) if classified.in_time == InTime::Withdrawn => "withdrawn",
            (None, _) => "open",
        };
        if row.stage == 1 {
            let linked = Linked {
                place: classified.place.clone(),
                outcome: outcome.to_owned(),
                in_time: classified.in_time,
            };
            self.first.insert(row.case_id.clone(), linked);
        }
        self.add_open(row, classified, scope);
        self.add_wait(row, classified, scope);
        let Place::Counted(window) = classified.place else { return };
        if window == NOW {
            self.within_time += u64::from(classified.in_time == InTime::OpenWithinTime);
            let residents = if row.stage == 1 { u64::try_from(case.residents).unwrap_or(1) } else { 0 };
            self.residents += residents;
        }
        self.count(row, case, classified, window, outcome, scope);
    }

    fn count(
        &mut self,
        row: &Stage,
        case: &Case,
        classified: &Classified,
        window: &str,
        outcome: &str,
        scope: &Scope,
    ) {
        let ended = [case.withdrawn_on, case.closed_on].into_iter().flatten().min();
        let acknowledged = |due| Acknowledged::on(scope.as_of, row.acknowledged_on, due, ended).word();
        let extension = match (row.extensions, row.code_extended_due_on) {
            (0, _) => "none",
            (_, Some(last))
                if self.longest.get(&(row.case_id.clone(), row.stage)).is_none_or(|by| *by <= last) =>
            {
                "permitted"
            }
            // None that counts, or one that goes beyond it.
            _ => "not-permitted",
        };
        let updates = match (row.updates_agreed, row.updates_late) {
            (false, _) => "none-agreed",
            (true, 0) => "kept",
            (true, _) => "not-kept",
        };
        self.counted.push(
            &row.case_id,
            [
                window,
                if row.stage == 1 { "1" } else { "2" },
                &row.requested_on.format("%Y-%m").to_string(),
                &case.stock_type,
                classified.in_time.word(),
                classified.policy_in_time,
                acknowledged(row.code_acknowledge_due_on),
                acknowledged(row.policy_acknowledge_due_on),
                outcome,
                &case.channel,
                case.contractor.as_deref().unwrap_or(""),
                case.service_area.as_deref().unwrap_or(""),
                case.area.as_deref().unwrap_or(""),
                extension,
                updates,
                yes_or_no(case.vulnerable),
                yes_or_no(case.adjustments > 0),
                yes_or_no(case.hazard),
            ],
            classified.times,
            0,
        );
    }

    fn add_open(&mut self, row: &Stage, classified: &Classified, scope: &Scope) {
        let is_open = matches!(classified.in_time, InTime::OpenWithinTime | InTime::OpenOverdue)
            && row.requested_on <= scope.as_of
            && matches!(classified.place, Place::Counted(_) | Place::Excluded(OUTSIDE | EARLIER));
        if is_open {
            let age = match (scope.as_of - row.requested_on).num_days() {
                ..=14 => "a",
                15..=28 => "b",
                29..=56 => "c",
                _ => "d",
            };
            let stage = if row.stage == 1 { "1" } else { "2" };
            self.open.push(
                &row.case_id,
                [stage, age, classified.in_time.word(), classified.policy_in_time],
                1,
                0,
            );
        }
    }
}
