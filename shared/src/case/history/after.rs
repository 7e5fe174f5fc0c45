//! What came after the answer: closing, surveys, learning, the Ombudsman.

use super::plan::{Moment, Plan};
use super::{HistoryCode, PastFailureOrder, PastOmbudsman, PastOrder, When};
use crate::case::command::after::{Closed, LearningRecorded, LearningReported, SurveyRecorded, Withdrawn};
use crate::case::command::ombudsman::{
    DeterminationRecorded, FailureOrderCompliedWith, FailureOrderRecorded, OmbudsmanOrdered,
    OrderCompliedWith, ReferredToOmbudsman,
};
use crate::case::event::Event;
use crate::case::record::Keep;
use crate::case::words::{ClosingReason, OrderKind, StageNumber};

impl Plan<'_> {
    /// All that came after the last answer of a complaint.
    pub fn afterwards(&mut self, received: &Moment, last: &Moment) {
        self.ended(last);
        self.surveys(received);
        self.learning(received);
        if let Some(ombudsman) = &self.past.ombudsman {
            self.ombudsman(ombudsman, received);
        }
    }

    fn ended(&mut self, last: &Moment) {
        let past = self.past;
        if let Some(withdrawn) = &past.withdrawn {
            let at = self.moment("withdrawn.on", withdrawn.on, &[last]);
            self.event(
                &at,
                Event::Withdrawn(Withdrawn { concerns: withdrawn.concerns, concerns_reason: None }),
            );
            if past.refused.as_ref().is_some_and(|refused| refused.directed.is_none()) {
                self.wrong("withdrawn", HistoryCode::Contradiction, "the complaint was declined");
            }
        }
        let Some(closed) = &past.closed else { return };
        let at = self.moment("closed.on", closed.on, &[last]);
        let declined = past.refused.as_ref().is_some_and(|refused| refused.directed.is_none());
        if past.withdrawn.is_some() || declined {
            // It was over with the withdrawal, or with the refusal, which stands as such.
            return;
        }
        let reason = match (closed.reason, self.is_answered()) {
            (ClosingReason::Unanswered, true) => {
                self.wrong("closed.reason", HistoryCode::Contradiction, "it was answered");
                return;
            }
            // No answer is made up for it: it counts as never answered.
            (ClosingReason::Answered | ClosingReason::WindowPassed, false) => ClosingReason::Unanswered,
            (reason, _) => reason,
        };
        self.event(&at, Event::Closed(Closed { reason }));
    }

    /// Whether the stage that it came to last was answered: the first, where stage 2 was declined.
    fn is_answered(&self) -> bool {
        let past = self.past;
        let last = match &past.escalation {
            Some(asked) if asked.refused.is_none() || past.stage_2.is_some() => &past.stage_2,
            _ => &past.stage_1,
        };
        last.as_ref().is_some_and(|stage| stage.responded.is_some())
    }

    fn surveys(&mut self, received: &Moment) {
        let past = self.past;
        for (index, survey) in past.surveys.iter().enumerate() {
            let at = self.moment(format!("surveys.{index}.on"), survey.on, &[received]);
            let stage = match survey.stage {
                Some(StageNumber::Two) => past.stage_2.as_ref(),
                _ => past.stage_1.as_ref(),
            };
            if stage.is_none_or(|stage| stage.responded.is_none()) {
                let detail = "the stage that it is about has no answer";
                self.wrong(format!("surveys.{index}.stage"), HistoryCode::Contradiction, detail);
            }
            let comment = survey.comment.keep(self.vault);
            let recorded = SurveyRecorded { stage: survey.stage, answer: survey.answer, comment };
            self.event(&at, Event::SurveyRecorded(recorded));
        }
    }

    /// What was learnt, in the order of time: learning is numbered as it was recorded.
    pub fn learning(&mut self, received: &Moment) {
        let mut learning: Vec<_> = self.past.learning.iter().enumerate().collect();
        learning.sort_by_key(|(_, learnt)| in_time(learnt.on));
        for (number, (index, learnt)) in (1..).zip(learning) {
            let at = self.moment(format!("learning.{index}.on"), learnt.on, &[received]);
            let recorded = LearningRecorded {
                theme: learnt.theme.clone(),
                root_cause: learnt.root_cause.clone(),
                improvement: learnt.improvement.keep(self.vault),
                owner: learnt.owner.clone(),
            };
            self.event(&at, Event::LearningRecorded(recorded));
            match (learnt.reported, &learnt.reported_to) {
                (Some(when), Some(reported_to)) => {
                    let reported = self.moment(format!("learning.{index}.reported"), when, &[&at]);
                    let reported_to = reported_to.clone();
                    let event = LearningReported { learning: number, reported_to, done: learnt.done };
                    self.event(&reported, Event::LearningReported(event));
                }
                (None, None) if !learnt.done => {}
                (reported, _) => {
                    let missing = if reported.is_some() { "reported_to" } else { "reported" };
                    let detail = "what was reported has a day and whom it was reported to";
                    self.wrong(format!("learning.{index}.{missing}"), HistoryCode::Missing, detail);
                }
            }
        }
    }

    fn ombudsman(&mut self, past: &PastOmbudsman, received: &Moment) {
        if let Some(when) = past.referred {
            let at = self.moment("ombudsman.referred", when, &[received]);
            let reference = past.reference.clone();
            self.event(&at, Event::ReferredToOmbudsman(ReferredToOmbudsman { reference }));
        }
        let mut determinations: Vec<_> = past.determinations.iter().enumerate().collect();
        determinations.sort_by_key(|(_, determination)| in_time(determination.on));
        let mut number = 0_u16;
        for (index, determination) in determinations {
            let field = format!("ombudsman.determinations.{index}");
            let at = self.moment(format!("{field}.on"), determination.on, &[received]);
            if determination.findings.is_empty() {
                let detail = "a determination has a finding for each issue";
                self.wrong(format!("{field}.findings"), HistoryCode::Missing, detail);
            }
            let recorded = DeterminationRecorded {
                reference: past.reference.clone(),
                findings: determination.findings.clone(),
                orders: determination.orders.iter().map(|order| self.ordered(order)).collect(),
            };
            self.event(&at, Event::DeterminationRecorded(Box::new(recorded)));
            for (index, order) in determination.orders.iter().enumerate() {
                number = number.saturating_add(1);
                self.order(&format!("{field}.orders.{index}"), number, order, &at);
            }
        }
        self.failure_orders(&past.failure_orders, past, received);
    }

    fn ordered(&self, order: &PastOrder) -> OmbudsmanOrdered {
        OmbudsmanOrdered {
            kind: order.kind,
            what: self.words(order.what.as_ref()),
            due_on: order.due_on,
            pence: order.pence,
        }
    }

    fn order(&mut self, field: &str, number: u16, order: &PastOrder, determined: &Moment) {
        match order.due_on {
            Some(date) => self.plausible(format!("{field}.due_on"), date),
            None if order.kind == OrderKind::Order => {
                self.wrong(
                    format!("{field}.due_on"),
                    HistoryCode::Missing,
                    "an order has a date by which to comply",
                );
            }
            None => {}
        }
        if let Some(when) = order.complied {
            let at = self.moment(format!("{field}.complied"), when, &[determined]);
            let complied = OrderCompliedWith { order: number, evidence: self.words(None) };
            self.event(&at, Event::OrderCompliedWith(complied));
        }
    }

    fn failure_orders(&mut self, orders: &[PastFailureOrder], past: &PastOmbudsman, received: &Moment) {
        let mut orders: Vec<_> = orders.iter().enumerate().collect();
        orders.sort_by_key(|(_, order)| in_time(order.on));
        for (number, (index, order)) in (1..).zip(orders) {
            let field = format!("ombudsman.failure_orders.{index}");
            let at = self.moment(format!("{field}.on"), order.on, &[received]);
            self.plausible(format!("{field}.due_on"), order.due_on);
            let reference = past.reference.clone();
            let recorded = FailureOrderRecorded { reference, kind: order.kind, due_on: order.due_on };
            self.event(&at, Event::FailureOrderRecorded(recorded));
            if let Some(when) = order.complied {
                let complied_at = self.moment(format!("{field}.complied"), when, &[&at]);
                let complied = FailureOrderCompliedWith { failure_order: number };
                self.event(&complied_at, Event::FailureOrderCompliedWith(complied));
            }
        }
    }
}

/// The order in which things happened, as far as their days tell: those of one day stay as they are given.
fn in_time(when: When) -> chrono::DateTime<chrono::Utc> {
    when.instant(None, chrono::DateTime::<chrono::Utc>::MAX_UTC)
}
