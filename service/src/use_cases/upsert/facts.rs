//! The facts that a correction can put right, as the case has them now.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use redress_shared::case::Case;
use redress_shared::case::command::commands::Receive;
use redress_shared::case::command::correction::Fact;

use super::Difference;

/// The corrections that make the case say what the other system says, in an order in which the thing complained of never comes after
/// the complaint.
pub fn corrections(case: &Case, received: &Receive, received_at: Option<DateTime<Utc>>) -> Vec<Fact> {
    let receipt = received_at.filter(|at| *at != case.received_at);
    let mut facts: Vec<Fact> = dates(case, received).collect();
    if let Some(at) = receipt {
        let place = if at > case.received_at { 0 } else { facts.len() };
        facts.insert(place, Fact::ReceivedAt { at });
    }
    facts.extend(plain(case, received));
    facts
}

fn dates<'a>(case: &'a Case, received: &'a Receive) -> impl Iterator<Item = Fact> {
    let event = received.event_on.filter(|on| case.facts.event_on != Some(*on));
    let aware = received.aware_on.filter(|on| case.facts.aware_on != Some(*on));
    let event = event.map(|on| Fact::EventOn { on });
    event.into_iter().chain(aware.map(|on| Fact::AwareOn { on }))
}

fn plain(case: &Case, received: &Receive) -> Vec<Fact> {
    let facts = &case.facts;
    let mut plain = Vec::new();
    if facts.stock_type != received.stock_type {
        plain.push(Fact::StockType { is: received.stock_type });
    }
    if case.channel != received.channel {
        plain.push(Fact::Channel { is: received.channel });
    }
    // Another order says nothing else.
    if BTreeSet::from_iter(&facts.categories) != BTreeSet::from_iter(&received.categories) {
        plain.push(Fact::Categories { are: received.categories.clone() });
    }
    if facts.service_area != received.service_area {
        plain.push(Fact::ServiceArea { is: received.service_area.clone() });
    }
    if facts.contractor != received.contractor {
        plain.push(Fact::Contractor { is: received.contractor.clone() });
    }
    plain
}

/// What would have to be taken away or added, and cannot be: a date that was known, a reference that was not.
pub fn lasting(case: &Case, received: &Receive) -> Vec<Difference> {
    const DATE: &str = "a day was told before; `correct` gives another, and none takes it away";
    const REFERENCE: &str = "a reference is told when the case is received; none is added afterwards";
    let gone = |pointer: &str| Difference { pointer: pointer.to_owned(), advice: DATE };
    let mut lasting = Vec::new();
    if case.facts.event_on.is_some() && received.event_on.is_none() {
        lasting.push(gone("/event_on"));
    }
    if case.facts.aware_on.is_some() && received.aware_on.is_none() {
        lasting.push(gone("/aware_on"));
    }
    for (index, reference) in received.references.iter().enumerate() {
        if !case.facts.references.contains(reference) {
            lasting.push(Difference { pointer: format!("/references/{index}"), advice: REFERENCE });
        }
    }
    lasting
}
