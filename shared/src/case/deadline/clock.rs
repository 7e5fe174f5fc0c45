//! The two clocks of one stage: what each counts from, how far, and what an extension moves.

use chrono::{DateTime, NaiveDate, Utc};

use super::due::{Clock, Deadline, DeadlineName, Due, StartNote};
use super::moments::Moments;
use super::stage_rules;
use crate::calendar::{Calendar, CalendarError, Count, due_on, london, reckon};
use crate::case::context::Rules;
use crate::case::refusal::Citation;
use crate::case::state::ExtensionState;
use crate::case::words::StageNumber;
use crate::code::{ProvisionNumber, StartPoint};
use crate::policy::cited::Limit;
use crate::policy::vocabulary::LateAcknowledgement;

/// One limit of a clock.
#[derive(Clone, Copy)]
struct StageLimit<'a> {
    amount: Count,
    from: StartPoint,
    clause: Clause<'a>,
}

/// Where a limit is written. It is put into words only once a date is shown.
#[derive(Clone, Copy)]
enum Clause<'a> {
    Policy(&'a str),
    Code(ProvisionNumber),
}

impl<'a> StageLimit<'a> {
    fn of_policy(limit: &'a Limit) -> Self {
        let clause = Clause::Policy(limit.clause_or_silent());
        Self { amount: limit.amount(), from: limit.from, clause }
    }

    const fn of_code(limit: &crate::code::Limit) -> Self {
        let amount = Count { count: limit.count, unit: limit.unit };
        Self { amount, from: limit.from, clause: Clause::Code(limit.provision) }
    }
}

/// The rules of one clock for one stage.
pub struct StageClock<'a> {
    clock: Clock,
    calendar: &'a Calendar,
    rules: &'a Rules,
    cut_off_hour: Option<u32>,
    acknowledge: Option<StageLimit<'a>>,
    respond: StageLimit<'a>,
    /// The most that an extension may move the date by; the policy's own cap is enforced when the extension is given.
    extension_cap: Option<Count>,
    buys_no_time: bool,
}

impl<'a> StageClock<'a> {
    pub fn policy(rules: &'a Rules, number: StageNumber) -> Self {
        let stage = stage_rules(rules, number);
        Self {
            clock: Clock::Policy,
            calendar: &rules.policy_calendar,
            rules,
            cut_off_hour: rules.profile.counting.cut_off_hour.as_ref().map(|hour| hour.value),
            acknowledge: stage.acknowledge.as_ref().map(StageLimit::of_policy),
            respond: StageLimit::of_policy(&stage.respond),
            extension_cap: None,
            buys_no_time: rules.profile.counting.late_acknowledgement.value
                == LateAcknowledgement::BuysNoTime,
        }
    }

    pub fn code(rules: &'a Rules, number: StageNumber) -> Self {
        let clocks = match number {
            StageNumber::One => &rules.code.clocks.stage_1,
            StageNumber::Two => &rules.code.clocks.stage_2,
        };
        Self {
            clock: Clock::Code,
            calendar: &rules.calendar,
            rules,
            cut_off_hour: None,
            acknowledge: clocks.acknowledge.as_ref().map(StageLimit::of_code),
            respond: StageLimit::of_code(&clocks.respond),
            extension_cap: Some(Count { count: clocks.extend.count, unit: clocks.extend.unit }),
            buys_no_time: true,
        }
    }

    /// The same clock, on which a late acknowledgement counts as it was made.
    pub fn counting_late_acknowledgements(self) -> Self {
        Self { buys_no_time: false, ..self }
    }

    fn count(&self, start: NaiveDate, amount: Count) -> Result<NaiveDate, CalendarError> {
        due_on(self.calendar, self.rules.profile.counting.convention.value, start, amount)
    }

    /// The day that a limit counts from, and whether it is projected; nothing where its start is not foreseeable.
    fn start(
        &self,
        moments: &Moments<'_>,
        from: StartPoint,
    ) -> Result<Option<(NaiveDate, bool)>, CalendarError> {
        let arrived = || london::received_on(moments.requested_at, self.cut_off_hour);
        let logged = || moments.logged_at.map(|at| (london::date_of(at), false));
        Ok(match from {
            StartPoint::Receipt | StartPoint::Request => Some((arrived(), false)),
            StartPoint::Logging | StartPoint::RequestLogging => logged(),
            StartPoint::Acknowledgement => self.acknowledgement(moments)?,
        })
    }

    /// The day from which a response time counts that counts from the acknowledgement.
    fn acknowledgement(&self, moments: &Moments<'_>) -> Result<Option<(NaiveDate, bool)>, CalendarError> {
        let due = self.acknowledge_due(moments)?;
        let made = moments.acknowledged_at.map(london::date_of);
        Ok(match (made, due) {
            (Some(made), Some(due)) if self.buys_no_time => Some((made.min(due), false)),
            (Some(made), _) => Some((made, false)),
            (None, Some(due)) => Some((due, true)),
            (None, None) => None,
        })
    }

    fn acknowledge_due(&self, moments: &Moments<'_>) -> Result<Option<NaiveDate>, CalendarError> {
        let Some(limit) = &self.acknowledge else { return Ok(None) };
        let Some((start, _)) = self.start(moments, limit.from)? else { return Ok(None) };
        self.count(start, limit.amount).map(Some)
    }

    /// Refuses what cannot be counted of the dates before any extension.
    pub fn check(&self, moments: &Moments<'_>) -> Result<(), CalendarError> {
        self.acknowledge_due(moments)?;
        self.respond_base(moments).map(|_| ())
    }

    /// The response date before any extension.
    pub fn respond_base(&self, moments: &Moments<'_>) -> Result<Option<NaiveDate>, CalendarError> {
        let Some((start, _)) = self.start(moments, self.respond.from)? else { return Ok(None) };
        self.count(start, self.respond.amount).map(Some)
    }

    /// The response date with the extensions that move this clock: those decided no later than the date they extend, on the
    /// Code's clock with the Ombudsman's details and as far as the Code allows. Nothing of it is kept, so that it follows when a
    /// date is corrected.
    pub fn extended(&self, moments: &Moments<'_>, base: NaiveDate) -> Result<NaiveDate, CalendarError> {
        let cap = match self.extension_cap.filter(|_| !moments.extensions.is_empty()) {
            Some(cap) => self.count(base, cap)?,
            None => NaiveDate::MAX,
        };
        let with_details =
            |extension: &&ExtensionState| self.clock == Clock::Policy || extension.ombudsman_details_given;
        Ok(moments.extensions.iter().filter(with_details).fold(base, |due, extension| match extension {
            in_time if london::date_of(in_time.decided_at) <= due => due.max(in_time.respond_by.min(cap)),
            _ => due,
        }))
    }

    fn cite(&self, clause: Clause<'_>) -> Citation {
        match clause {
            Clause::Policy(clause) => self.rules.cite(clause),
            Clause::Code(provision) => self.rules.cite_code(provision),
        }
    }

    fn start_note(
        moments: &Moments<'_>,
        from: StartPoint,
        start: NaiveDate,
        projected: bool,
    ) -> Option<StartNote> {
        match from {
            StartPoint::Receipt | StartPoint::Request => moments.directed.then_some(StartNote::Direction),
            StartPoint::Acknowledgement => {
                let made_on = moments.acknowledged_at.map(london::date_of);
                (!projected && made_on.is_some_and(|made_on| made_on > start))
                    .then_some(StartNote::AcknowledgementWasDue)
            }
            StartPoint::Logging | StartPoint::RequestLogging => None,
        }
    }

    fn deadline(
        &self,
        name: DeadlineName,
        moments: &Moments<'_>,
        limit: StageLimit<'_>,
        met_at: Option<DateTime<Utc>>,
    ) -> Result<Option<Deadline>, CalendarError> {
        let Some((start, projected)) = self.start(moments, limit.from)? else { return Ok(None) };
        let convention = self.rules.profile.counting.convention.value;
        let reckoning = reckon(self.calendar, convention, start, limit.amount)?;
        let base = reckoning.due;
        let due = if matches!(name, DeadlineName::RespondOne | DeadlineName::RespondTwo) {
            self.extended(moments, base)?
        } else {
            base
        };
        Ok(Some(Deadline {
            clock: self.clock,
            name,
            due: Due::On(due),
            base: Due::On(base),
            from: Some(limit.from),
            start_note: Self::start_note(moments, limit.from, start, projected),
            projected,
            reckoning: Some(reckoning),
            hours: None,
            met_at,
            ended_at: None,
            citation: self.cite(limit.clause),
        }))
    }

    pub fn deadlines(&self, moments: &Moments<'_>) -> Result<Vec<Deadline>, CalendarError> {
        let (acknowledge, respond) = match moments.number {
            StageNumber::One => (DeadlineName::AcknowledgeOne, DeadlineName::RespondOne),
            StageNumber::Two => (DeadlineName::AcknowledgeTwo, DeadlineName::RespondTwo),
        };
        let first = match self.acknowledge {
            Some(limit) => self.deadline(acknowledge, moments, limit, moments.acknowledged_at)?,
            None => None,
        };
        let second = self.deadline(respond, moments, self.respond, moments.responded_at)?;
        Ok(first.into_iter().chain(second).collect())
    }
}
