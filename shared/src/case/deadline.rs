//! Due dates, as a pure function of the case, its rules and the calendar.
//!
//! Two clocks run on every complaint: the landlord's policy, and the Code in force when it was received. A date that counts
//! from something that has not happened yet is projected from the latest day on which it may happen, and says so.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::context::Rules;
use super::refusal::Citation;
use super::state::{Case, ExtensionState};
use super::words::{Phase, StageNumber};
use crate::calendar::{Calendar, CalendarError, Count, Reckoning, due_at, due_on, london, reckon, words};
use crate::code::StartPoint;
use crate::policy::cited::Limit;
use crate::policy::profile::{StageRules, UrgentRule};
use crate::policy::vocabulary::LateAcknowledgement;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// The two clocks.
    Clock {
        /// The landlord's policy.
        Policy = "policy",
        /// The Ombudsman's Code.
        Code = "code",
    }
}

vocabulary! {
    /// What is due.
    DeadlineName {
        /// The stage 1 acknowledgement.
        AcknowledgeOne = "acknowledge-1",
        /// The stage 1 response.
        RespondOne = "respond-1",
        /// The response to a review of stage 1.
        Review = "review-1",
        /// The end of the window to ask for stage 2.
        EscalateBy = "escalate-by",
        /// The stage 2 acknowledgement.
        AcknowledgeTwo = "acknowledge-2",
        /// The final response.
        RespondTwo = "respond-2",
    }
}

vocabulary! {
    /// How a deadline stands on a day.
    Standing {
        /// Still to be met, and not yet due to have been.
        Open = "open",
        /// Met in time.
        Met = "met",
        /// Met, but late.
        Late = "late",
        /// Not met, and past.
        Overdue = "overdue",
        /// Nothing is owed any more: the case was declined, withdrawn or closed first, or the window has passed.
        Ended = "ended",
    }
}

/// When something is due: by the end of a London day, or at an instant where the policy counts hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Due {
    /// By the end of that day.
    On(NaiveDate),
    /// At that instant.
    At(DateTime<Utc>),
}

impl Due {
    /// The London date.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        match self {
            Self::On(date) => date,
            Self::At(instant) => london::date_of(instant),
        }
    }

    /// Whether something that happened then was in time.
    #[must_use]
    pub fn is_met_by(self, at: DateTime<Utc>) -> bool {
        match self {
            Self::On(date) => london::date_of(at) <= date,
            Self::At(instant) => at <= instant,
        }
    }
}

/// One due date of one clock, with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// Which clock.
    pub clock: Clock,
    /// What is due.
    pub name: DeadlineName,
    /// When, with any extension that moves it.
    pub due: Due,
    /// When it was due before any extension.
    pub base: Due,
    /// The moment that it counts from; absent for the window to escalate, which counts from the response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<StartPoint>,
    /// Whether that moment has yet to come, so that the date is the latest it can be.
    pub projected: bool,
    /// How the date was counted; absent where the policy counts hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reckoning: Option<Reckoning>,
    /// The hours counted, and from when, where it counts hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<(u32, DateTime<Utc>)>,
    /// When it was met.
    pub met_at: Option<DateTime<Utc>>,
    /// When it stopped being owed.
    pub ended_at: Option<DateTime<Utc>>,
    /// The clause and provision; both, where both clocks give the same day.
    pub citation: Citation,
}

impl Deadline {
    /// How it stands as of an instant.
    #[must_use]
    pub fn standing(&self, as_of: DateTime<Utc>) -> Standing {
        match (self.met_at, self.ended_at) {
            (Some(met), _) if met <= as_of => {
                if self.due.is_met_by(met) {
                    Standing::Met
                } else {
                    Standing::Late
                }
            }
            (_, Some(ended)) if ended <= as_of => Standing::Ended,
            _ if self.due.is_met_by(as_of) => Standing::Open,
            _ if self.name == DeadlineName::EscalateBy => Standing::Ended,
            _ => Standing::Overdue,
        }
    }

    /// The date and where it comes from, in one plain sentence.
    ///
    /// For instance: `Due Tuesday 6 May 2025, 10 working days after 17 April 2025 (Good Friday, Easter Monday and Early May
    /// skipped), Hartlepool 5.2, Code 6.3.`
    #[must_use]
    pub fn sentence(&self) -> String {
        let when = match self.due {
            Due::On(date) => words::weekday_date(date),
            Due::At(instant) => london_time(instant),
        };
        let counted = match (&self.reckoning, self.hours) {
            (Some(reckoning), _) => reckoning.to_string(),
            (None, Some((hours, from))) => format!("{hours} hours after {}", london_time(from)),
            (None, None) => String::new(),
        };
        let extended = if self.due == self.base {
            String::new()
        } else {
            format!(", extended from {}", words::weekday_date(self.base.date()))
        };
        let projected = if self.projected {
            format!(", if the {} is made on its last day", self.start_word())
        } else {
            String::new()
        };
        format!("Due {when}{extended}, {counted}{projected}, {}.", self.citation)
    }

    const fn start_word(&self) -> &'static str {
        match self.from {
            Some(StartPoint::Receipt) => "receipt",
            Some(StartPoint::Logging | StartPoint::RequestLogging) => "log entry",
            Some(StartPoint::Acknowledgement) => "acknowledgement",
            Some(StartPoint::Request) => "request",
            None => "response",
        }
    }
}

fn london_time(instant: DateTime<Utc>) -> String {
    let local = instant.with_timezone(&chrono_tz::Europe::London);
    format!("{} on {}", local.format("%H:%M"), words::weekday_date(local.date_naive()))
}

/// What a stage's clocks count from, whether the stage is open or only asked for.
struct Moments<'a> {
    number: StageNumber,
    requested_at: DateTime<Utc>,
    logged_at: Option<DateTime<Utc>>,
    acknowledged_at: Option<DateTime<Utc>>,
    responded_at: Option<DateTime<Utc>>,
    extensions: &'a [ExtensionState],
}

impl<'a> Moments<'a> {
    /// The moments of a stage that the case has come to or that has been asked for.
    fn of(case: &'a Case, number: StageNumber) -> Option<Self> {
        if let Some(stage) = case.stage(number) {
            return Some(Self {
                number,
                requested_at: stage.requested_at,
                logged_at: Some(stage.logged_at),
                acknowledged_at: stage.acknowledged_at,
                responded_at: stage.responded_at,
                extensions: &stage.extensions,
            });
        }
        let requested_at = match number {
            StageNumber::One => Some(case.received_at),
            StageNumber::Two => case.escalation.as_ref().map(|asked| asked.requested_at),
        }?;
        Some(Self {
            number,
            requested_at,
            logged_at: None,
            acknowledged_at: None,
            responded_at: None,
            extensions: &[],
        })
    }
}

/// The rules of one clock for one stage.
struct StageClock<'a> {
    clock: Clock,
    calendar: &'a Calendar,
    rules: &'a Rules,
    cut_off_hour: Option<u32>,
    acknowledge: Option<(Count, StartPoint, String)>,
    respond: (Count, StartPoint, String),
    /// The most that an extension may move the date by; the policy's own cap is enforced when the extension is given.
    extension_cap: Option<Count>,
    buys_no_time: bool,
}

impl<'a> StageClock<'a> {
    fn policy(rules: &'a Rules, number: StageNumber) -> Self {
        let stage = stage_rules(rules, number);
        let limit = |limit: &Limit| (limit.amount(), limit.from, limit.clause_or_silent().to_owned());
        Self {
            clock: Clock::Policy,
            calendar: &rules.policy_calendar,
            rules,
            cut_off_hour: rules.profile.counting.cut_off_hour.as_ref().map(|hour| hour.value),
            acknowledge: stage.acknowledge.as_ref().map(limit),
            respond: limit(&stage.respond),
            extension_cap: None,
            buys_no_time: rules.profile.counting.late_acknowledgement.value
                == LateAcknowledgement::BuysNoTime,
        }
    }

    fn code(rules: &'a Rules, number: StageNumber) -> Self {
        let clocks = match number {
            StageNumber::One => &rules.code.clocks.stage_1,
            StageNumber::Two => &rules.code.clocks.stage_2,
        };
        let limit = |limit: &crate::code::Limit| {
            (Count { count: limit.count, unit: limit.unit }, limit.from, limit.provision.to_string())
        };
        Self {
            clock: Clock::Code,
            calendar: &rules.calendar,
            rules,
            cut_off_hour: None,
            acknowledge: clocks.acknowledge.as_ref().map(limit),
            respond: limit(&clocks.respond),
            extension_cap: Some(Count { count: clocks.extend.count, unit: clocks.extend.unit }),
            buys_no_time: true,
        }
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
        let Some((amount, from, _)) = &self.acknowledge else { return Ok(None) };
        let Some((start, _)) = self.start(moments, *from)? else { return Ok(None) };
        self.count(start, *amount).map(Some)
    }

    /// The response date before any extension.
    fn respond_base(&self, moments: &Moments<'_>) -> Result<Option<NaiveDate>, CalendarError> {
        let Some((start, _)) = self.start(moments, self.respond.1)? else { return Ok(None) };
        self.count(start, self.respond.0).map(Some)
    }

    /// The response date with the extensions that move this clock.
    fn extended(&self, moments: &Moments<'_>, base: NaiveDate) -> Result<NaiveDate, CalendarError> {
        let moves = |extension: &&ExtensionState| match self.clock {
            Clock::Policy => extension.moves_policy,
            Clock::Code => extension.moves_code,
        };
        let Some(latest) =
            moments.extensions.iter().filter(moves).map(|extension| extension.respond_by).max()
        else {
            return Ok(base);
        };
        let capped = match self.extension_cap {
            Some(cap) => latest.min(self.count(base, cap)?),
            None => latest,
        };
        Ok(capped.max(base))
    }

    fn cite(&self, clause: &str) -> Citation {
        match self.clock {
            Clock::Policy => self.rules.cite(clause),
            Clock::Code => Citation::code(clause),
        }
    }

    fn deadline(
        &self,
        name: DeadlineName,
        moments: &Moments<'_>,
        limit: &(Count, StartPoint, String),
        met_at: Option<DateTime<Utc>>,
    ) -> Result<Option<Deadline>, CalendarError> {
        let (amount, from, clause) = limit;
        let Some((start, projected)) = self.start(moments, *from)? else { return Ok(None) };
        let reckoning = reckon(self.calendar, self.rules.profile.counting.convention.value, start, *amount)?;
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
            from: Some(*from),
            projected,
            reckoning: Some(reckoning),
            hours: None,
            met_at,
            ended_at: None,
            citation: self.cite(clause),
        }))
    }

    fn deadlines(&self, moments: &Moments<'_>) -> Result<Vec<Deadline>, CalendarError> {
        let (acknowledge, respond) = match moments.number {
            StageNumber::One => (DeadlineName::AcknowledgeOne, DeadlineName::RespondOne),
            StageNumber::Two => (DeadlineName::AcknowledgeTwo, DeadlineName::RespondTwo),
        };
        let first = match &self.acknowledge {
            Some(limit) => self.deadline(acknowledge, moments, limit, moments.acknowledged_at)?,
            None => None,
        };
        let second = self.deadline(respond, moments, &self.respond, moments.responded_at)?;
        Ok(first.into_iter().chain(second).collect())
    }
}

/// The policy's rules for a stage.
#[must_use]
pub const fn stage_rules(rules: &Rules, number: StageNumber) -> &StageRules {
    match number {
        StageNumber::One => &rules.profile.stage_1,
        StageNumber::Two => &rules.profile.stage_2,
    }
}

/// The response date of one clock, before extensions and with them; nothing where it cannot be foreseen yet.
///
/// # Errors
/// When counting leaves the years that the calendar covers.
pub fn response_dates(
    case: &Case,
    rules: &Rules,
    clock: Clock,
    number: StageNumber,
) -> Result<Option<(NaiveDate, NaiveDate)>, CalendarError> {
    let Some(moments) = Moments::of(case, number) else { return Ok(None) };
    let stage_clock = match clock {
        Clock::Policy => StageClock::policy(rules, number),
        Clock::Code => StageClock::code(rules, number),
    };
    let Some(base) = stage_clock.respond_base(&moments)? else { return Ok(None) };
    Ok(Some((base, stage_clock.extended(&moments, base)?)))
}

/// The Code's response date if a late acknowledgement counted as it was, the choice that is not the default.
///
/// # Errors
/// When counting leaves the years that the calendar covers.
pub fn code_response_as_acknowledged(
    case: &Case,
    rules: &Rules,
    number: StageNumber,
) -> Result<Option<NaiveDate>, CalendarError> {
    let Some(moments) = Moments::of(case, number) else { return Ok(None) };
    StageClock { buys_no_time: false, ..StageClock::code(rules, number) }.respond_base(&moments)
}

/// Every due date of a complaint, both clocks, in the order of the stages. A contact other than a complaint has none.
///
/// # Errors
/// When counting leaves the years that the calendar covers.
pub fn deadlines(case: &Case, rules: &Rules) -> Result<Vec<Deadline>, CalendarError> {
    if case.kind != super::words::Kind::Complaint {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for number in [StageNumber::One, StageNumber::Two] {
        let Some(moments) = Moments::of(case, number) else { continue };
        let mut policy = StageClock::policy(rules, number).deadlines(&moments)?;
        let mut code = StageClock::code(rules, number).deadlines(&moments)?;
        urgent(case, rules, &moments, &mut policy)?;
        cite_both(&mut policy, &mut code);
        found.append(&mut policy);
        found.append(&mut code);
    }
    found.extend(review(case, rules)?);
    found.extend(escalation_window(case, rules)?);
    let ended = ended_at(case);
    for deadline in &mut found {
        deadline.ended_at = ended;
    }
    found.sort_by_key(|deadline| (deadline.name, deadline.clock));
    Ok(found)
}

/// Where both clocks give the same day, each names both sources.
fn cite_both(policy: &mut [Deadline], code: &mut [Deadline]) {
    for one in policy.iter_mut() {
        for other in code.iter_mut().filter(|other| other.name == one.name && other.due == one.due) {
            let both = Citation { policy: one.citation.policy.clone(), code: other.citation.code.clone() };
            one.citation.clone_from(&both);
            other.citation = both;
        }
    }
}

/// Where a risk is flagged for which the policy has a shorter time in hours, that time takes the place of the ordinary one.
fn urgent(
    case: &Case,
    rules: &Rules,
    moments: &Moments<'_>,
    policy: &mut [Deadline],
) -> Result<(), CalendarError> {
    let Some((rule, aware_at)) = urgent_rule(case, rules, moments.number) else { return Ok(()) };
    let start = aware_at.max(moments.requested_at);
    let due = Due::At(due_at(start, rule.respond.count)?);
    for deadline in policy
        .iter_mut()
        .filter(|deadline| matches!(deadline.name, DeadlineName::RespondOne | DeadlineName::RespondTwo))
    {
        if deadline.base > due {
            deadline.due = due;
            deadline.base = due;
            deadline.from = Some(rule.respond.from);
            deadline.projected = false;
            deadline.reckoning = None;
            deadline.hours = Some((rule.respond.count, start));
            deadline.citation = rules.cite(rule.clause_or_silent());
        }
    }
    Ok(())
}

fn urgent_rule<'a>(
    case: &Case,
    rules: &'a Rules,
    number: StageNumber,
) -> Option<(&'a UrgentRule, DateTime<Utc>)> {
    stage_rules(rules, number).urgent.iter().find_map(|rule| {
        let risk =
            case.risks.iter().filter(|risk| risk.kind == rule.risk).min_by_key(|risk| risk.aware_at)?;
        Some((rule, risk.aware_at))
    })
}

/// A review of stage 1 is answered within the time of a stage 1 response, from the day it was opened.
fn review(case: &Case, rules: &Rules) -> Result<Option<Deadline>, CalendarError> {
    let Some(review) = case.stages.first().and_then(|stage| stage.review.as_ref()) else { return Ok(None) };
    let respond = &rules.profile.stage_1.respond;
    let convention = rules.profile.counting.convention.value;
    let reckoning =
        reckon(&rules.policy_calendar, convention, london::date_of(review.opened_at), respond.amount())?;
    Ok(Some(Deadline {
        clock: Clock::Policy,
        name: DeadlineName::Review,
        due: Due::On(reckoning.due),
        base: Due::On(reckoning.due),
        from: Some(StartPoint::Logging),
        projected: false,
        reckoning: Some(reckoning),
        hours: None,
        met_at: review.responded_at,
        ended_at: None,
        citation: rules.cite(respond.clause_or_silent()),
    }))
}

/// The last day to ask for stage 2, once stage 1 is answered.
///
/// # Errors
/// When counting leaves the years that the calendar covers.
pub fn escalation_window(case: &Case, rules: &Rules) -> Result<Option<Deadline>, CalendarError> {
    let Some(window) = &rules.profile.escalation.window else { return Ok(None) };
    let answered = case.stages.first().and_then(|stage| {
        stage.review.as_ref().and_then(|review| review.responded_at).or(stage.responded_at)
    });
    let Some(answered) = answered else { return Ok(None) };
    let convention = rules.profile.counting.convention.value;
    let reckoning = reckon(&rules.policy_calendar, convention, london::date_of(answered), window.amount())?;
    Ok(Some(Deadline {
        clock: Clock::Policy,
        name: DeadlineName::EscalateBy,
        due: Due::On(reckoning.due),
        base: Due::On(reckoning.due),
        from: None,
        projected: false,
        reckoning: Some(reckoning),
        hours: None,
        met_at: case.escalation.as_ref().map(|asked| asked.requested_at),
        ended_at: None,
        citation: rules.cite(window.clause_or_silent()),
    }))
}

/// When the case stopped owing what had not been met.
fn ended_at(case: &Case) -> Option<DateTime<Utc>> {
    match case.phase {
        Phase::Refused => case.refusal.as_ref().map(|refusal| refusal.refused_at),
        Phase::EscalationRefused => case.escalation.as_ref().and_then(|asked| asked.refused_at),
        Phase::Withdrawn => case.withdrawn_at,
        Phase::Closed => case.closing.as_ref().map(|closing| closing.closed_at),
        _ => None,
    }
}
