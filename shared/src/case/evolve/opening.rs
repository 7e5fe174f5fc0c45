//! The case that an opening makes.

use super::intake::{representative, risk};
use crate::case::CaseId;
use crate::case::command::intake::{Received, Reference};
use crate::case::event::{Event, Logged, Opened};
use crate::case::state::{Case, Facts, OmbudsmanState, Parties};
use crate::case::words::{Kind, Phase, Triage};

/// The case that an opening event makes; nothing for any other event.
#[must_use]
pub fn opened(id: CaseId, logged: &Logged) -> Option<Case> {
    let Event::Opened(opened) = &logged.event else { return None };
    let Opened { policy, code, came_from, received } = opened.as_ref();
    let complaint = received.kind == Kind::Complaint;
    Some(Case {
        id,
        version: logged.sequence,
        kind: received.kind,
        phase: if complaint { Phase::Received } else { Phase::Open },
        triage: if complaint { Triage::Pending } else { Triage::NotAComplaint },
        policy: policy.clone(),
        code: code.clone(),
        came_from: *came_from,
        led_to: Vec::new(),
        received_at: logged.occurred_at,
        recorded_at: logged.recorded_at,
        channel: received.channel,
        facts: facts(received),
        parties: parties(received),
        risks: received.risks.iter().map(risk).collect(),
        confirmed: false,
        refusal: None,
        directed_at: None,
        stages: Vec::new(),
        escalation: None,
        earlier_escalations: Vec::new(),
        remedies: Vec::new(),
        actions: Vec::new(),
        remedy_agreed_at: None,
        contact_by: None,
        closing: None,
        withdrawn_at: None,
        reopened: 0,
        surveys: Vec::new(),
        restriction_assessed: false,
        restrictions: Vec::new(),
        learning: Vec::new(),
        contractor_notices: Vec::new(),
        consulted: Vec::new(),
        ombudsman: OmbudsmanState::default(),
        settled_at: None,
    })
}

fn facts(received: &Received) -> Facts {
    Facts {
        about: received.about,
        outcome_sought: received.outcome_sought,
        event_on: received.event_on,
        aware_on: received.aware_on,
        property: received.property,
        stock_type: received.stock_type,
        tenure: received.tenure.clone(),
        area: received.area.clone(),
        categories: received.categories.clone(),
        service_area: received.service_area.clone(),
        contractor: received.contractor.clone(),
        references: distinct(&received.references),
    }
}

/// A reference that was given twice is one.
fn distinct(given: &[Reference]) -> Vec<Reference> {
    let first = |(place, reference): &(usize, &Reference)| !given[..*place].contains(reference);
    given.iter().enumerate().filter(first).map(|(_, reference)| reference.clone()).collect()
}

fn parties(received: &Received) -> Parties {
    let mut parties = Parties {
        recorded: received.residents.clone(),
        residents: received.residents.iter().map(|resident| resident.person).collect(),
        adjustments: 0,
        vulnerabilities: 0,
        nominee: received.nominee,
        anonymous: received.anonymous,
        representative: received.representative.as_ref().map(representative),
    };
    parties.count_told();
    parties
}
