//! Whose each record of a case is.

use std::collections::BTreeMap;

use redress_shared::case::command::intake::{RepresentativeRecorded, ResidentRecorded};
use redress_shared::case::record::{Digest, RecordKind, RecordRef};
use redress_shared::case::{Event, Logged, RecordId};
use serde_json::Value;

use crate::storage::personal::erasures::Whose;

/// A record that an event of a case refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The record, and what it was when it was kept.
    pub record: RecordRef,
    /// Whose it is; the case's as a whole where it is nobody's in particular.
    pub whose: Whose,
    /// The number of the first event that refers to it.
    pub sequence: u32,
    /// Where in the event, as a JSON pointer.
    pub place: String,
}

/// Every record that the events of a case refer to, once each, in their order.
#[must_use]
pub fn held(events: &[Logged]) -> Vec<Held> {
    let owners = owners(events);
    let mut known = BTreeMap::new();
    let mut all = Vec::new();
    for logged in events {
        for (record, place) in references(logged) {
            if known.insert(record.record, ()).is_none() {
                let whose = owners.get(&record.record).copied().unwrap_or(Whose::Case);
                all.push(Held { record, whose, sequence: logged.sequence, place });
            }
        }
    }
    all
}

/// Every record that an event refers to, with its place in the event.
#[must_use]
pub fn references(logged: &Logged) -> Vec<(RecordRef, String)> {
    let mut found = Vec::new();
    let event = serde_json::to_value(&logged.event).unwrap_or_default();
    collect(&event, "", &mut found);
    found
}

/// Of what kind the record is that an event refers to there.
#[must_use]
pub fn kind_at(place: &str) -> RecordKind {
    let name = place.rsplit('/').find(|step| step.parse::<usize>().is_err());
    match name.unwrap_or_default() {
        "person" => RecordKind::Person,
        "adjustments" | "vulnerabilities" | "disabilities" | "ethnicity" => RecordKind::SpecialCategory,
        _ => RecordKind::Narrative,
    }
}

fn collect(value: &Value, at: &str, found: &mut Vec<(RecordRef, String)>) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| collect(item, &format!("{at}/{index}"), found));
        }
        Value::Object(members) => {
            let part = |name: &str| members.get(name).and_then(Value::as_str);
            if let (Some(Ok(record)), Some(Ok(digest))) =
                (part("record").map(str::parse::<RecordId>), part("digest").map(str::parse::<Digest>))
            {
                found.push((RecordRef { record, digest }, at.to_owned()));
            }
            members.iter().for_each(|(name, member)| collect(member, &format!("{at}/{name}"), found));
        }
        _ => {}
    }
}

/// Whose the records are that are somebody's in particular: those that were corrected too.
fn owners(events: &[Logged]) -> BTreeMap<RecordId, Whose> {
    let mut owners = BTreeMap::new();
    let mut own = |whose: Whose, records: Vec<RecordRef>| {
        owners.extend(records.into_iter().map(|record| (record.record, whose)));
    };
    for logged in events {
        match &logged.event {
            Event::Opened(opened) => {
                for (number, resident) in (1..).zip(&opened.received.residents) {
                    own(Whose::Resident(number), of_resident(resident));
                }
                own(Whose::Representative, of_representative(opened.received.representative.as_ref()));
            }
            Event::ConsentRecorded(consent) => {
                own(Whose::Representative, of_representative(consent.representative.as_ref()));
            }
            Event::ResidentCorrected(corrected) => {
                let told = [
                    &corrected.adjustments,
                    &corrected.vulnerabilities,
                    &corrected.disabilities,
                    &corrected.ethnicity,
                ];
                let told = told.into_iter().flatten().flatten().copied();
                own(Whose::Resident(corrected.resident), corrected.person.into_iter().chain(told).collect());
            }
            _ => {}
        }
    }
    owners
}

fn of_resident(resident: &ResidentRecorded) -> Vec<RecordRef> {
    let told = [&resident.adjustments, &resident.vulnerabilities, &resident.disabilities];
    let told = told.into_iter().flatten().copied().chain(resident.ethnicity);
    std::iter::once(resident.person).chain(told).collect()
}

fn of_representative(representative: Option<&RepresentativeRecorded>) -> Vec<RecordRef> {
    representative.map(|representative| representative.person).into_iter().collect()
}
