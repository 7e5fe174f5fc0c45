//! The Ombudsman.

use chrono::{DateTime, Utc};

use super::numbered;
use crate::case::command::ombudsman::{DeterminationRecorded, FailureOrderRecorded};
use crate::case::event::Event;
use crate::case::state::{Case, FailureOrderState, FindingState, OmbudsmanState, OrderState};

pub fn ombudsman(case: &mut Case, event: &Event, at: DateTime<Utc>) {
    let state = &mut case.ombudsman;
    match event {
        Event::ReferredToOmbudsman(_) => {
            state.referred_at.get_or_insert(at);
        }
        Event::DeterminationRecorded(determined) => determination(state, determined, at),
        Event::OrderCompliedWith(complied) => {
            if let Some(order) = numbered(&mut state.orders, complied.order) {
                order.complied_at = Some(at);
            }
        }
        Event::FailureOrderRecorded(recorded) => state.failure_orders.push(failure_order(recorded, at)),
        Event::FailureOrderCompliedWith(complied) => {
            if let Some(order) = numbered(&mut state.failure_orders, complied.failure_order) {
                order.complied_at = Some(at);
            }
        }
        _ => {}
    }
}

fn determination(state: &mut OmbudsmanState, determined: &DeterminationRecorded, at: DateTime<Utc>) {
    state.findings.extend(determined.findings.iter().map(|found| FindingState {
        reference: determined.reference.clone(),
        issue: found.issue.clone(),
        finding: found.finding,
        determined_at: at,
    }));
    state.orders.extend(determined.orders.iter().map(|ordered| OrderState {
        reference: determined.reference.clone(),
        kind: ordered.kind,
        due_on: ordered.due_on,
        pence: ordered.pence,
        complied_at: None,
    }));
}

fn failure_order(recorded: &FailureOrderRecorded, at: DateTime<Utc>) -> FailureOrderState {
    FailureOrderState {
        reference: recorded.reference.clone(),
        kind: recorded.kind,
        issued_at: at,
        due_on: recorded.due_on,
        complied_at: None,
    }
}
