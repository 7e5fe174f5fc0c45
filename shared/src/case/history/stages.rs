//! A stage of the history: acknowledged, extended, answered.

use super::plan::{Moment, Plan, Step};
use super::{HistoryCode, PastAction, PastExtension, PastRemedy, PastStage};
use crate::case::command::intake::Staff;
use crate::case::command::redress::{
    ActionCompleted, ActionPromised, CompensationPaid, OfferAnswered, RemedyOffered,
};
use crate::case::command::stage::{
    Acknowledged, Assigned, Extended, IssueRaised, PointDecided, PointDefined, ResidentUpdated, Responded,
};
use crate::case::event::{Answered, Compensated, Event};
use crate::case::record::{Keep, Label, RecordRef};
use crate::case::words::{ConflictOfInterest, SentTo, StageNumber};
use crate::policy::vocabulary::{Outcome, StaffRole};

/// Who handled a stage of which the history does not say.
const NOT_RECORDED: &str = "not-recorded";

impl Plan<'_> {
    /// When a stage was logged: where that is not known, when it was asked for.
    pub fn logged(&mut self, name: &str, stage: &PastStage, asked: &Moment) -> Moment {
        match stage.logged {
            Some(when) => self.moment(format!("{name}.logged"), when, &[asked]),
            None => Moment { field: name.to_owned(), ..asked.clone() },
        }
    }

    /// A stage from its opening to its answer: the last step of it.
    pub fn stage(&mut self, name: &str, number: StageNumber, stage: &PastStage, logged: &Moment) -> Moment {
        let mut last = logged.clone();
        let handler = stage.handler.clone();
        match stage.acknowledged {
            Some(when) => {
                last = self.moment(format!("{name}.acknowledged"), when, &[logged]);
                self.acknowledged(stage, &last);
            }
            None => {
                if let Some(handler) = handler {
                    let conflict_of_interest = ConflictOfInterest::None;
                    let assigned = Assigned { handler, conflict_of_interest, members: Vec::new() };
                    self.event(&last.clone(), Event::Assigned(Box::new(assigned)));
                }
                // The acknowledgement would have said them; without it they are known from when it was logged.
                for point in &stage.points {
                    let raised = IssueRaised {
                        issue: point.understanding.keep(self.vault),
                        related: true,
                        would_delay: false,
                        responsible: point.responsible,
                    };
                    self.event(logged, Event::IssueJoined(raised));
                }
            }
        }
        for (index, extension) in stage.extensions.iter().enumerate() {
            last = self.extended(&format!("{name}.extensions.{index}"), number, extension, &last);
        }
        for (index, when) in stage.updates.iter().enumerate() {
            let at = self.moment(format!("{name}.updates.{index}"), *when, &[logged]);
            let note = self.words(None);
            self.event(&at, Event::ResidentUpdated(ResidentUpdated { note, sent_to: self.sent_to() }));
        }
        self.answered(name, number, stage, last)
    }

    fn sent_to(&self) -> SentTo {
        let known = !self.past.residents.is_empty() || self.past.representative.is_some();
        if known { SentTo::EachResident } else { SentTo::Nobody }
    }

    fn acknowledged(&mut self, stage: &PastStage, at: &Moment) {
        let mut points: Vec<PointDefined> = stage
            .points
            .iter()
            .map(|point| PointDefined {
                understanding: point.understanding.keep(self.vault),
                responsible: point.responsible,
            })
            .collect();
        if points.is_empty() {
            points.push(PointDefined { understanding: self.about, responsible: true });
        }
        let acknowledged = Acknowledged {
            channel: self.past.channel,
            in_writing: true,
            points,
            outcomes_sought: None,
            handler: stage.handler.clone().unwrap_or_else(not_recorded),
            handler_contact: None,
            conflict_of_interest: ConflictOfInterest::None,
            next_steps: None,
            offered_to_discuss: false,
            update_every_working_days: None,
            sent_to: self.sent_to(),
        };
        self.event(at, Event::Acknowledged(Box::new(acknowledged)));
    }

    fn extended(&mut self, name: &str, number: StageNumber, past: &PastExtension, last: &Moment) -> Moment {
        let at = self.moment(format!("{name}.on"), past.on, &[last]);
        self.plausible(format!("{name}.respond_by"), past.respond_by);
        let extended = Extended {
            respond_by: past.respond_by,
            reason: self.words(past.reason.as_ref()),
            good_reason: past.good_reason.keep(self.vault),
            agreed: past.agreed,
            discussed: false,
            in_writing: true,
            ombudsman_details_given: past.ombudsman_details_given,
            update_every_working_days: None,
        };
        self.step(&at, Step::Extension(number, extended));
        at
    }

    fn answered(&mut self, name: &str, number: StageNumber, stage: &PastStage, last: Moment) -> Moment {
        let Some(when) = stage.responded else {
            let there = [
                ("outcome", stage.outcome.is_some()),
                ("remedies", !stage.remedies.is_empty()),
                ("actions", !stage.actions.is_empty()),
            ];
            for (field, _) in there.into_iter().filter(|(_, there)| *there) {
                let detail = format!("there is no answer that it goes with: give `{name}.responded`");
                self.wrong(format!("{name}.{field}"), HistoryCode::Contradiction, detail);
            }
            return last;
        };
        let at = self.moment(format!("{name}.responded"), when, &[&last]);
        let Some(whole) = stage.outcome else {
            self.wrong(format!("{name}.outcome"), HistoryCode::Missing, "an answer has an outcome");
            return at;
        };
        let reasons = self.words(stage.reasons.as_ref());
        let responded = Responded {
            decisions: decisions(stage, whole, reasons),
            sources: None,
            steps_taken: None,
            changes: None,
            remedies: stage.remedies.iter().map(|remedy| self.remedy(remedy)).collect(),
            actions: stage.actions.iter().map(|action| self.action(action)).collect(),
            in_writing: true,
            resolved_at_first_contact: stage.resolved_at_first_contact,
            resident_agreed: false,
            sent_to: self.sent_to(),
        };
        self.event(&at, Event::Answered(Box::new(Answered { stage: number, whole, responded })));
        for (index, remedy) in stage.remedies.iter().enumerate() {
            self.remedies = self.remedies.saturating_add(1);
            self.remedy_after(&format!("{name}.remedies.{index}"), self.remedies, remedy, &at);
        }
        for (index, action) in stage.actions.iter().enumerate() {
            self.actions = self.actions.saturating_add(1);
            self.plausible(format!("{name}.actions.{index}.due_on"), action.due_on);
            if let Some(when) = action.done {
                let done = self.moment(format!("{name}.actions.{index}.done"), when, &[&at]);
                let completed = ActionCompleted { action: self.actions, note: None };
                self.event(&done, Event::ActionCompleted(completed));
            }
        }
        at
    }

    fn remedy(&self, remedy: &PastRemedy) -> RemedyOffered {
        RemedyOffered {
            kind: remedy.kind,
            detail: self.words(remedy.detail.as_ref()),
            pence: remedy.pence,
            basis: remedy.basis,
            due_on: remedy.due_on,
            open_until: None,
            agreed: false,
        }
    }

    fn action(&self, action: &PastAction) -> ActionPromised {
        ActionPromised {
            what: action.what.keep(self.vault),
            due_on: action.due_on,
            owner: action.owner.clone(),
        }
    }

    /// What became of an offer.
    fn remedy_after(&mut self, name: &str, number: u16, remedy: &PastRemedy, offered: &Moment) {
        if let Some(date) = remedy.due_on {
            self.plausible(format!("{name}.due_on"), date);
        }
        if remedy.accepted.is_some() && remedy.declined.is_some() {
            let detail = "an offer was accepted or declined";
            self.wrong(format!("{name}.declined"), HistoryCode::Contradiction, detail);
        }
        let mut last = offered.clone();
        let answers = [("accepted", remedy.accepted, true), ("declined", remedy.declined, false)];
        for (field, when, accepted) in answers {
            if let Some(when) = when {
                last = self.moment(format!("{name}.{field}"), when, &[offered]);
                self.event(&last, Event::OfferAnswered(OfferAnswered { remedy: number, accepted }));
            }
        }
        let Some(paid) = remedy.paid else {
            if remedy.offset_pence.is_some() {
                let detail = "there is no payment that it was part of";
                self.wrong(format!("{name}.offset_pence"), HistoryCode::Contradiction, detail);
            }
            return;
        };
        let Some(pence) = remedy.pence else {
            self.wrong(format!("{name}.pence"), HistoryCode::Missing, "a payment has an amount");
            return;
        };
        let offset_pence = remedy.offset_pence.unwrap_or(0);
        if offset_pence > pence {
            let detail = "more went to arrears than was paid";
            self.wrong(format!("{name}.offset_pence"), HistoryCode::Contradiction, detail);
        }
        let at = self.moment(format!("{name}.paid"), paid, &[&last]);
        let payment = CompensationPaid { remedy: number, arrears_pence: offset_pence };
        let paid_pence = pence.saturating_sub(offset_pence);
        self.event(&at, Event::Compensated(Compensated { paid_pence, offset_pence, payment }));
    }
}

/// A decision on each point: its own, or that on the whole.
fn decisions(stage: &PastStage, whole: Outcome, reasons: RecordRef) -> Vec<PointDecided> {
    let outcomes: Vec<Outcome> = match stage.points.as_slice() {
        [] => vec![whole],
        points => points.iter().map(|point| point.outcome.unwrap_or(whole)).collect(),
    };
    (1..).zip(outcomes).map(|(point, outcome)| PointDecided { point, outcome, reasons }).collect()
}

fn not_recorded() -> Staff {
    Staff { id: Label::from_static(NOT_RECORDED), role: StaffRole::Officer, job_title: None }
}
