//! How a case of the history came in, and whether it was taken on.

use super::plan::{Moment, Plan, Step};
use super::{HistoryCode, PastDirection, PastRefusal, PastRisk};
use crate::case::command::escalation::{EscalationAccepted, EscalationRefused, EscalationRequested};
use crate::case::command::intake::{AcceptanceDirected, Accepted, Received, Refused, RiskRecorded, Settled};
use crate::case::event::{Declined, EscalationDeclined, Event, Opened};
use crate::case::record::Keep;
use crate::case::words::StageNumber;

impl Plan<'_> {
    /// The opening of the case.
    pub fn opening(&mut self) -> Moment {
        let past = self.past;
        let received = self.moment("received", past.received, &[]);
        for (field, date) in [("event_on", past.event_on), ("aware_on", past.aware_on)] {
            if date.is_some_and(|date| date > past.received.london_day()) {
                self.wrong(field, HistoryCode::OutOfOrder, "this is after the day of receipt");
            } else if let Some(date) = date {
                self.plausible(field, date);
            }
        }
        if past.references.is_empty() {
            self.wrong("references", HistoryCode::Missing, "a case of a history has a reference");
        }
        let risks =
            past.risks.iter().enumerate().map(|(index, risk)| self.risk(index, risk, &received)).collect();
        let anonymous = past.residents.is_empty() && past.representative.is_none();
        let opened = Opened {
            policy: self.rules.profile.policy.id.clone(),
            code: self.rules.code.id.clone(),
            came_from: None,
            received: Received {
                kind: past.kind,
                channel: past.channel,
                about: self.about,
                residents: past.residents.keep(self.vault),
                nominee: None,
                anonymous,
                representative: past.representative.keep(self.vault),
                outcome_sought: past.outcome_sought.keep(self.vault),
                event_on: past.event_on,
                aware_on: past.aware_on,
                property: past.property.keep(self.vault),
                stock_type: past.stock_type,
                tenure: past.tenure.clone(),
                area: past.area.clone(),
                categories: past.categories.clone(),
                service_area: past.service_area.clone(),
                contractor: past.contractor.clone(),
                risks,
                references: past.references.clone(),
            },
        };
        self.event(&received, Event::Opened(Box::new(opened)));
        received
    }

    fn risk(&mut self, index: usize, risk: &PastRisk, received: &Moment) -> RiskRecorded {
        let field = format!("risks.{index}.aware");
        let aware_at = match risk.aware {
            // Of the day of receipt, it is no later than that: `Plan::log` sees to it should receipt turn out to be earlier.
            Some(when) if when.london_day() == self.past.received.london_day() => received.at,
            Some(when) => {
                let aware = self.moment(&field, when, &[]);
                if aware.at > received.at {
                    self.wrong(field, HistoryCode::OutOfOrder, "this is after `received`");
                }
                aware.at
            }
            None => received.at,
        };
        RiskRecorded { kind: risk.kind, aware_at, note: None }
    }

    /// A contact that is no complaint: it was dealt with, or it is open.
    pub fn contact(&mut self, received: &Moment) {
        let past = self.past;
        let only_of_complaints = [
            ("refused", past.refused.is_some()),
            ("stage_1", past.stage_1.is_some()),
            ("escalation", past.escalation.is_some()),
            ("stage_2", past.stage_2.is_some()),
            ("withdrawn", past.withdrawn.is_some()),
            ("surveys", !past.surveys.is_empty()),
            ("ombudsman", past.ombudsman.is_some()),
        ];
        for (field, _) in only_of_complaints.into_iter().filter(|(_, there)| *there) {
            self.wrong(field, HistoryCode::Contradiction, format!("a {} has no such thing", past.kind));
        }
        if let Some(closed) = &past.closed {
            let at = self.moment("closed.on", closed.on, &[received]);
            let note = self.words(closed.note.as_ref());
            self.event(&at, Event::Settled(Settled { note, passed_to: None }));
        }
        self.learning(received);
    }

    /// A complaint, from being taken on or declined to its last answer: the last step of it.
    pub fn complaint(&mut self, received: &Moment) -> Moment {
        let past = self.past;
        let mut last = received.clone();
        let mut directed = false;
        if let Some(refused) = &past.refused {
            last = self.refused(refused, received);
            directed = refused.directed.is_some();
        }
        match &past.stage_1 {
            Some(_) if past.refused.is_some() && !directed => {
                let detail =
                    "it was declined, and nobody directed that it be taken on: give `refused.directed`";
                self.wrong("stage_1", HistoryCode::Contradiction, detail);
            }
            Some(stage) => {
                let logged = self.logged("stage_1", stage, &last);
                if !directed {
                    self.event(
                        &logged,
                        Event::Accepted(Accepted { discretion: None, needs_investigation: false }),
                    );
                }
                last = self.stage("stage_1", StageNumber::One, stage, &logged);
            }
            None if past.escalation.is_some() && past.refused.is_some() && !directed => {
                let detail =
                    "it was declined, and nobody directed that it be taken on: give `refused.directed`";
                self.wrong("escalation", HistoryCode::Contradiction, detail);
            }
            // Stage 2 was asked for, so that it had been taken on; nothing more is known of stage 1.
            None if past.escalation.is_some() && !directed => {
                let taken_on = Event::Accepted(Accepted { discretion: None, needs_investigation: false });
                self.event(&last.clone(), taken_on);
            }
            None => {}
        }
        self.second_stage(last)
    }

    fn refused(&mut self, refused: &PastRefusal, received: &Moment) -> Moment {
        let at = self.moment("refused.on", refused.on, &[received]);
        let policy = self.rules.profile.refusal.grounds.iter().find(|rule| rule.ground == refused.ground);
        let clause = refused.clause.as_ref().map(|clause| clause.as_str().to_owned());
        let clause = clause.or_else(|| policy.map(|rule| rule.clause_or_silent().to_owned()));
        match clause {
            Some(clause) => {
                let kept = Refused {
                    ground: refused.ground,
                    reasons: self.words(refused.reasons.as_ref()),
                    evidence: None,
                    discretion_considered: refused.discretion_considered.keep(self.vault),
                    approved_by: None,
                    policy_not_followed: false,
                    about_handling: false,
                    disrepair: false,
                };
                let declined = Declined { clause, departs_from: Vec::new(), refused: kept };
                self.event(&at, Event::Declined(Box::new(declined)));
            }
            None => self.wrong("refused.ground", HistoryCode::NotInPolicy, NO_CLAUSE),
        }
        self.directed("refused", refused.directed.as_ref(), at)
    }

    fn directed(&mut self, field: &str, direction: Option<&PastDirection>, refused: Moment) -> Moment {
        let Some(direction) = direction else { return refused };
        let at = self.moment(format!("{field}.directed.on"), direction.on, &[&refused]);
        let directed = AcceptanceDirected { reference: direction.reference.clone() };
        self.event(&at, Event::AcceptanceDirected(directed));
        at
    }

    /// Stage 2, as far as it came.
    fn second_stage(&mut self, last: Moment) -> Moment {
        let past = self.past;
        let Some(escalation) = &past.escalation else {
            if past.stage_2.is_some() {
                let detail = "stage 2 counts from when it was asked for";
                self.wrong("escalation.requested", HistoryCode::Missing, detail);
            }
            return last;
        };
        let asked = self.moment("escalation.requested", escalation.requested, &[&last]);
        let reasons = escalation.reasons.keep(self.vault);
        self.step(&asked, Step::Asked(EscalationRequested { reasons, outcome_sought: None }));
        let mut last = asked;
        let mut directed = false;
        if let Some(refused) = &escalation.refused {
            let at = self.moment("escalation.refused.on", refused.on, &[&last]);
            let policy =
                self.rules.profile.escalation.grounds.iter().find(|rule| rule.ground == refused.ground);
            let clause = refused.clause.as_ref().map(|clause| clause.as_str().to_owned());
            match clause.or_else(|| policy.map(|rule| rule.clause_or_silent().to_owned())) {
                Some(clause) => {
                    let kept = EscalationRefused {
                        ground: refused.ground,
                        reasons: self.words(refused.reasons.as_ref()),
                        discretion_considered: None,
                        approved_by: None,
                    };
                    let declined = EscalationDeclined { clause, departs_from: Vec::new(), refused: kept };
                    self.event(&at, Event::EscalationDeclined(Box::new(declined)));
                }
                None => self.wrong("escalation.refused.ground", HistoryCode::NotInPolicy, NO_CLAUSE),
            }
            directed = refused.directed.is_some();
            last = self.directed("escalation.refused", refused.directed.as_ref(), at);
        }
        match &past.stage_2 {
            Some(_) if escalation.refused.is_some() && !directed => {
                let detail = "stage 2 was declined, and nobody directed that it be opened: give `escalation.refused.directed`";
                self.wrong("stage_2", HistoryCode::Contradiction, detail);
                last
            }
            Some(stage) => {
                let logged = self.logged("stage_2", stage, &last);
                if !directed {
                    let accepted = EscalationAccepted { discretion: None, efforts_to_understand: None };
                    self.event(&logged, Event::EscalationAccepted(accepted));
                }
                self.stage("stage_2", StageNumber::Two, stage, &logged)
            }
            None => last,
        }
    }
}

const NO_CLAUSE: &str = "the policy in force on receipt has no such ground: give the clause that had it";
