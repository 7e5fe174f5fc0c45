//! The stages of complaints, each with how it stands on both clocks.

use std::collections::BTreeMap;

use redress_shared::measure::{Acknowledged, Age, InTime};

use super::account::Tally;
use super::classified::{Classified, classify};
use super::derived::{OPEN_STAGES, WAITS, open_place};
use super::extended::Notices;
use super::linked::yes_or_no;
use super::waits::{WAIT_COLUMNS, WAITED_FOR};
use super::{ById, Index, Ledger, Place, Rows, Scope, month_of};
use crate::source::{Case, Source, Stage};

/// The view the stages come from.
pub const STAGES: &str = "report_stages";

/// The columns of the frame of stages.
pub const COLUMNS: &[&str] = &[
    "slot",
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
    "imported",
];

/// The columns of the frame of stages not yet answered, of whatever period.
pub const OPEN_COLUMNS: &[&str] = &["stage", "age", "clock", "policy_clock"];

/// What is known of a complaint for rows linked to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked<'a> {
    /// Where its stage 1 went.
    pub place: Place,
    /// The outcome of its stage 1: a word, or "open".
    pub outcome: &'a str,
    /// How its stage 1 stands on the Code's clock.
    pub in_time: InTime,
}

/// The stages, ready to be counted.
#[derive(Debug)]
pub struct Stages<'a> {
    /// Those in a figure.
    pub counted: Rows,
    /// Those not yet answered on the report's date.
    pub open: Rows,
    /// How long each took.
    pub waits: Rows,
    /// By case, what its stage 1 was.
    pub first: Index<&'a str, Linked<'a>>,
    /// The notices of extensions, by case and stage.
    notices: Notices<'a>,
    /// By slot, residents behind the complaints made at stage 1.
    pub residents: BTreeMap<&'static str, u64>,
}

/// Classifies every stage.
#[must_use]
pub fn stages<'a>(source: &'a Source, cases: &ById<'_>, scope: &Scope, ledger: &mut Ledger) -> Stages<'a> {
    let mut stages = Stages {
        counted: Rows::with_room(COLUMNS, source.stages.len()),
        open: Rows::new(OPEN_COLUMNS),
        waits: Rows::with_room(WAIT_COLUMNS, source.stages.len() * WAITED_FOR.len()),
        first: Index::with_capacity_and_hasher(source.cases.len(), foldhash::fast::RandomState::default()),
        notices: Notices::known(source, scope),
        residents: BTreeMap::new(),
    };
    let (mut open, mut waits) = (Tally::default(), Tally::default());
    let mut booking = ledger.booking(STAGES, source.stages.len());
    for row in &source.stages {
        let case = cases.get(row.case_id.as_str()).copied();
        let classified = classify(row, case, scope);
        booking.book(&classified.place, || format!("case {} stage {}", row.case_id, row.stage));
        stages.add_open(row, &classified, scope, &mut open);
        stages.add_waits(row, &classified, scope, &mut waits);
        if let Some(case) = case {
            stages.add(row, case, &classified, scope);
        }
    }
    drop(booking);
    ledger.derive(OPEN_STAGES, source.stages.len(), open);
    ledger.derive(WAITS, source.stages.len() * WAITED_FOR.len(), waits);
    stages
}

impl<'a> Stages<'a> {
    fn add(&mut self, row: &'a Stage, case: &Case, classified: &Classified, scope: &Scope) {
        let outcome = match (scope.known(row.responded_on), &row.outcome) {
            (Some(_), Some(outcome)) => outcome.as_str(),
            (Some(_), None) => "not-recorded",
            (None, _) if classified.in_time == InTime::Withdrawn => "withdrawn",
            (None, _) => "open",
        };
        if row.stage == 1 {
            let linked = Linked { place: classified.place.clone(), outcome, in_time: classified.in_time };
            self.first.insert(row.case_id.as_str(), linked);
        }
        let Place::Counted(slot) = classified.place else { return };
        if row.stage == 1 {
            *self.residents.entry(slot).or_default() += u64::try_from(case.residents).unwrap_or(1);
        }
        self.count(row, case, classified, slot, outcome, scope);
    }

    fn count(
        &mut self,
        row: &Stage,
        case: &Case,
        classified: &Classified,
        slot: &str,
        outcome: &str,
        scope: &Scope,
    ) {
        let ended = [case.withdrawn_on, case.closed_on].into_iter().flatten().min();
        let acknowledged = |due| Acknowledged::on(scope.as_of, row.acknowledged_on, due, ended).word();
        let extension = self.notices.standing(row, scope);
        let updates = match (row.updates_agreed, row.updates_late) {
            (false, _) => "none-agreed",
            (true, 0) => "kept",
            (true, _) => "not-kept",
        };
        self.counted.push(
            &row.case_id,
            [
                slot,
                if row.stage == 1 { "1" } else { "2" },
                &month_of(row.requested_on),
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
                yes_or_no(case.imported),
            ],
            classified.times,
            0,
        );
    }

    fn add_open(&mut self, row: &Stage, classified: &Classified, scope: &Scope, tally: &mut Tally) {
        let place = open_place(classified);
        tally.add(&place);
        if matches!(place, Place::Counted(_)) {
            let age = Age::of_days((scope.as_of - row.requested_on).num_days()).id;
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
