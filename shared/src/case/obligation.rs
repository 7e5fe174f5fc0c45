//! What is owed besides acknowledgements and responses: promises, orders, offers, reviews, updates. They outlive the closing of
//! a complaint (Code 6.6: it does not stay open for its actions).

use chrono::NaiveDate;
use serde::Serialize;

use super::context::Rules;
use super::deadline::stage_rules;
use super::refusal::Citation;
use super::state::{Case, Stage, Told};
use super::words::Phase;
use crate::calendar::{CalendarError, Count, due_on, london};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What is owed.
    ObligationKind {
        /// An update to the resident, at the interval that was agreed.
        Update = "update",
        /// An action that was promised.
        Action = "action",
        /// An answer by the resident, before an offer lapses.
        Offer = "offer",
        /// An order or recommendation of the Ombudsman's.
        Order = "order",
        /// A complaint handling failure order.
        FailureOrder = "failure-order",
        /// The review of a restriction on contact.
        Restriction = "restriction",
        /// The resident's getting in touch, before the complaint is closed for want of contact.
        Contact = "contact",
    }
}

/// Something owed, and not done yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Obligation {
    /// What.
    pub kind: ObligationKind,
    /// Its number in the case, where there can be several of the kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<usize>,
    /// By the end of which day.
    pub due_on: NaiveDate,
    /// What wants it kept; empty where it is the Ombudsman's own date.
    pub citation: Citation,
}

impl Obligation {
    fn new(kind: ObligationKind, number: Option<usize>, due_on: NaiveDate, citation: Citation) -> Self {
        Self { kind, number, due_on, citation }
    }

    /// Its name in lists: `action-2`, `update`.
    #[must_use]
    pub fn name(&self) -> String {
        self.number.map_or_else(|| self.kind.to_string(), |number| format!("{}-{number}", self.kind))
    }
}

/// Everything owed on a case besides its deadlines, the earliest first.
///
/// # Errors
/// When the date of an update lies past the calendar.
pub fn obligations(case: &Case, rules: &Rules) -> Result<Vec<Obligation>, CalendarError> {
    let mut owed: Vec<Obligation> = update(case, rules)?.into_iter().collect();
    owed.extend(promises(case, rules));
    owed.extend(ombudsman(case));
    owed.extend(reviews(case, rules));
    owed.sort_by_key(|obligation| (obligation.due_on, obligation.kind, obligation.number));
    Ok(owed)
}

/// The phases in which nothing more is looked into.
const DECLINED: [Phase; 2] = [Phase::Refused, Phase::EscalationRefused];

/// The phases in which the resident waits for an answer.
const OPEN: [Phase; 3] = [Phase::StageOne, Phase::StageOneReview, Phase::StageTwo];

/// The next update while a stage is open, counted from when the resident was last told anything.
fn update(case: &Case, rules: &Rules) -> Result<Option<Obligation>, CalendarError> {
    let Some(stage) = case.current_stage().filter(|_| OPEN.contains(&case.phase)) else { return Ok(None) };
    let told = stage.told.last();
    let Some(due) = told.map(|told| next_update(stage, told, rules)).transpose()?.flatten() else {
        return Ok(None);
    };
    let agreed = stage_rules(rules, stage.number).contact_frequency_agreed.as_ref();
    let citation = agreed.map_or_else(Citation::default, |rule| rules.cite(rule.clause_or_silent()));
    Ok(Some(Obligation::new(ObligationKind::Update, None, due, citation.and_code("5.9"))))
}

/// The day by which the resident was to hear again; nothing where no interval was agreed, or no answer was owed any more.
fn next_update(stage: &Stage, told: &Told, rules: &Rules) -> Result<Option<NaiveDate>, CalendarError> {
    let awaited = stage.awaited_answer(told.at);
    let Some(every) = told.next_within_working_days.filter(|_| awaited) else { return Ok(None) };
    let convention = rules.profile.counting.convention.value;
    let amount = Count::working_days(u32::from(every.get()));
    due_on(&rules.policy_calendar, convention, london::date_of(told.at), amount).map(Some)
}

/// How many times the resident heard later than had been agreed (Code 5.9), up to the answer or what was said last.
///
/// # Errors
/// When a date lies past the calendar.
pub fn late_updates(stage: &Stage, rules: &Rules) -> Result<usize, CalendarError> {
    let mut late = 0;
    for pair in stage.told.windows(2) {
        if let [told, next] = pair
            && next_update(stage, told, rules)?.is_some_and(|due| london::date_of(next.at) > due)
        {
            late += 1;
        }
    }
    Ok(late)
}

fn promises(case: &Case, rules: &Rules) -> Vec<Obligation> {
    let tracked = rules.cite(rules.profile.after.actions_tracked.clause_or_silent()).and_code("7.3");
    let actions = (1..).zip(&case.actions).filter(|(_, action)| action.done_at.is_none());
    let actions = actions.map(|(number, action)| {
        Obligation::new(ObligationKind::Action, Some(number), action.due_on, tracked.clone())
    });
    let waiting = |remedy: &crate::case::state::RemedyState| {
        remedy.accepted_at.is_none() && remedy.declined_at.is_none() && remedy.lapsed_at.is_none()
    };
    let limit = rules.profile.remedies.offer_open_at_most.as_ref();
    let stands = limit.map_or_else(Citation::default, |limit| rules.cite(limit.clause_or_silent()));
    let offers =
        (1..).zip(&case.remedies).filter(|(_, remedy)| waiting(remedy)).filter_map(|(number, remedy)| {
            Some(Obligation::new(ObligationKind::Offer, Some(number), remedy.open_until?, stands.clone()))
        });
    actions.chain(offers).collect()
}

fn ombudsman(case: &Case) -> Vec<Obligation> {
    let orders = (1..).zip(&case.ombudsman.orders).filter(|(_, order)| order.complied_at.is_none());
    // A recommendation does not bind; it is listed only where it was given a date.
    let orders = orders.filter_map(|(number, order)| {
        Some(Obligation::new(ObligationKind::Order, Some(number), order.due_on?, Citation::default()))
    });
    let failures = (1..).zip(&case.ombudsman.failure_orders).filter(|(_, order)| order.complied_at.is_none());
    let failures = failures.map(|(number, order)| {
        Obligation::new(ObligationKind::FailureOrder, Some(number), order.due_on, Citation::default())
    });
    orders.chain(failures).collect()
}

fn reviews(case: &Case, rules: &Rules) -> Vec<Obligation> {
    let restrictions = (1..).zip(&case.restrictions).filter_map(|(number, restriction)| {
        let kind = ObligationKind::Restriction;
        Some(Obligation::new(kind, Some(number), restriction.review_on?, Citation::code("5.14")))
    });
    let letter = rules.profile.after.no_contact_letter.as_ref();
    let warned = letter.map_or_else(Citation::default, |rule| rules.cite(rule.clause_or_silent()));
    let contact = case.contact_by.filter(|_| !case.is_over() && !DECLINED.contains(&case.phase));
    let contact = contact.map(|by| Obligation::new(ObligationKind::Contact, None, by, warned));
    restrictions.chain(contact).collect()
}
