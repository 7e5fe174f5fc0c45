//! The steps of a history, gathered with what is wrong with them, and put into a log.

use std::cell::OnceCell;

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};

use super::{ACTOR, HistoryCode, HistoryError, PastCase, When};
use crate::calendar::CalendarError;
use crate::calendar::london;
use crate::case::CaseId;
use crate::case::command::escalation::EscalationRequested;
use crate::case::command::stage::Extended;
use crate::case::context::Rules;
use crate::case::deadline::{Clock, countable, last_day_to_escalate, response_dates};
use crate::case::event::{EscalationAsked, Event, ExtensionGiven, Logged};
use crate::case::evolve::{evolve, opened};
use crate::case::record::{Keep, RecordKind, RecordRef, Text, Vault};
use crate::case::state::Case;
use crate::case::words::StageNumber;

/// What stands where the history has no words.
const ABSENT: &str = "The imported history says nothing of this.";

/// A moment of the history, with the field that gave it.
#[derive(Debug, Clone)]
pub(super) struct Moment {
    pub field: String,
    pub at: DateTime<Utc>,
    /// The earliest that it can have been: of a day alone, the beginning of that day or what came before it.
    pub earliest: DateTime<Utc>,
}

/// What happened, as far as it is known before the case is as it then was.
#[derive(Debug)]
pub(super) enum Step {
    /// An event.
    Event(Event),
    /// An extension; which dates it moved follows from those of the case.
    Extension(StageNumber, Extended),
    /// A request for stage 2; whether it came late does too.
    Asked(EscalationRequested),
}

/// The steps of a history.
pub(super) struct Plan<'a> {
    pub past: &'a PastCase,
    pub rules: &'a Rules,
    pub vault: &'a dyn Vault,
    pub now: DateTime<Utc>,
    /// The record of what the complaint says.
    pub about: RecordRef,
    /// How many remedies and actions the answers so far have brought: they are numbered through the case.
    pub remedies: u16,
    pub actions: u16,
    steps: Vec<(Moment, Step)>,
    errors: Vec<HistoryError>,
    absent: OnceCell<RecordRef>,
}

impl<'a> Plan<'a> {
    pub fn new(past: &'a PastCase, rules: &'a Rules, vault: &'a dyn Vault, now: DateTime<Utc>) -> Self {
        let absent = OnceCell::new();
        let about = match &past.about {
            Some(about) => about.keep(vault),
            None => *absent.get_or_init(|| vault.keep(RecordKind::Narrative, ABSENT)),
        };
        Self {
            past,
            rules,
            vault,
            now,
            about,
            remedies: 0,
            actions: 0,
            steps: Vec::new(),
            errors: Vec::new(),
            absent,
        }
    }

    /// The record of some words, or the one that says that there are none.
    pub fn words(&self, words: Option<&Text>) -> RecordRef {
        match words {
            Some(words) => words.keep(self.vault),
            None => *self.absent.get_or_init(|| self.vault.keep(RecordKind::Narrative, ABSENT)),
        }
    }

    pub fn wrong(&mut self, field: impl Into<String>, code: HistoryCode, detail: impl Into<String>) {
        self.errors.push(HistoryError { field: field.into(), code, detail: detail.into() });
    }

    /// When a step happened that follows others.
    pub fn moment(&mut self, field: impl Into<String>, when: When, after: &[&Moment]) -> Moment {
        let field = field.into();
        let latest = after.iter().map(|moment| moment.at).max();
        let at = when.instant(latest, self.now);
        let before = after.iter().max_by_key(|moment| moment.earliest);
        if at > self.now {
            self.wrong(&field, HistoryCode::InTheFuture, "this has not happened yet");
        } else if when.london_day().year() < 1900 {
            self.wrong(&field, HistoryCode::ImplausibleDate, "give a date from 1900 on");
        } else if let Some(before) = before.filter(|before| before.earliest > at) {
            let detail = format!("this is said to have happened before `{}`", before.field);
            self.wrong(&field, HistoryCode::OutOfOrder, detail);
        } else if latest.is_some_and(|latest| latest > at) {
            self.move_up(at);
        }
        let earliest = match when {
            When::At(_) => at,
            When::Day(day) => {
                let begins = london::start_of_day(day);
                before.map_or(begins, |before| before.earliest.max(begins)).min(at)
            }
        };
        Moment { field, at, earliest }
    }

    /// Has everything of that London day of which the day alone is known happen by then: a complaint received on a day on whose morning
    /// it was acknowledged was received by that morning.
    fn move_up(&mut self, instant: DateTime<Utc>) {
        let day = london::date_of(instant);
        for (moment, _) in &mut self.steps {
            if moment.at > instant && london::date_of(moment.at) == day {
                moment.at = instant.max(moment.earliest);
            }
        }
    }

    /// A date for something that was to come.
    pub fn plausible(&mut self, field: impl Into<String>, date: NaiveDate) {
        let latest = self.now.date_naive().checked_add_months(Months::new(12 * 10)).unwrap_or(NaiveDate::MAX);
        if !(1900..).contains(&date.year()) || date > latest {
            let detail = "give a date from 1900 on, and not more than ten years ahead";
            self.wrong(field, HistoryCode::ImplausibleDate, detail);
        }
    }

    pub fn step(&mut self, moment: &Moment, step: Step) {
        self.steps.push((moment.clone(), step));
    }

    pub fn event(&mut self, moment: &Moment, event: Event) {
        self.step(moment, Step::Event(event));
    }

    /// The log: the steps in the order of time, those of one moment in the order of the procedure.
    pub fn log(mut self) -> Result<Vec<Logged>, Vec<HistoryError>> {
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        let mut steps = std::mem::take(&mut self.steps);
        steps.sort_by_key(|(moment, _)| moment.at);
        let mut case: Option<Case> = None;
        let mut log = Vec::with_capacity(steps.len());
        for (sequence, (Moment { field, at, .. }, mut step)) in (1..).zip(steps) {
            by_then(&mut step, at);
            let event = self.made(case.as_ref(), at, step).map_err(|error| beyond(&field, &error))?;
            countable(case.as_ref(), &event, at, self.rules).map_err(|error| beyond(&field, &error))?;
            let logged = Logged {
                sequence,
                occurred_at: at,
                recorded_at: self.now,
                actor: ACTOR.to_owned(),
                imported: true,
                event,
            };
            match &mut case {
                Some(case) => evolve(case, &logged),
                none => *none = opened(CaseId(0), &logged),
            }
            log.push(logged);
        }
        Ok(log)
    }

    /// The event that a step is, in the case as it then was.
    fn made(&self, case: Option<&Case>, at: DateTime<Utc>, step: Step) -> Result<Event, CalendarError> {
        let day = london::date_of(at);
        Ok(match (step, case) {
            (Step::Event(event), _) => event,
            (Step::Extension(stage, extended), case) => {
                let due = |clock| match case {
                    Some(case) => response_dates(case, self.rules, clock, stage),
                    None => Ok(None),
                };
                let in_time =
                    |dates: Option<(NaiveDate, NaiveDate)>| dates.is_some_and(|(_, due)| day <= due);
                let moves_policy = in_time(due(Clock::Policy)?);
                let moves_code = in_time(due(Clock::Code)?) && extended.ombudsman_details_given;
                Event::ExtensionGiven(Box::new(ExtensionGiven { stage, moves_policy, moves_code, extended }))
            }
            (Step::Asked(requested), case) => {
                let window_closed_on = match case {
                    Some(case) => last_day_to_escalate(case, self.rules)?,
                    None => None,
                };
                let late = window_closed_on.is_some_and(|last| day > last);
                Event::EscalationAsked(EscalationAsked { window_closed_on, late, requested })
            }
        })
    }
}

/// What a complaint said when it came was so by then.
fn by_then(step: &mut Step, received_at: DateTime<Utc>) {
    if let Step::Event(Event::Opened(opened)) = step {
        opened.received.risks.iter_mut().for_each(|risk| risk.aware_at = risk.aware_at.min(received_at));
    }
}

fn beyond(field: &str, error: &CalendarError) -> Vec<HistoryError> {
    vec![HistoryError {
        field: field.to_owned(),
        code: HistoryCode::BeyondCalendar,
        detail: error.to_string(),
    }]
}
