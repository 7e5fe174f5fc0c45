//! What no correction of facts puts right: held against what was received at first, and residents and their representative against what
//! is held on them now. Words and persons are compared by digests of what is kept, so
//! that nothing of them can come out again; what has been erased is like anything.

use std::collections::{BTreeMap, BTreeSet};

use redress_shared::case::command::intake::{Received, RepresentativeRecorded};
use redress_shared::case::record::{Keep, RecordKind, RecordRef, Vault};
use redress_shared::case::{Case, Event, Logged, RecordId, chain};
use serde_json::{Map, Value, json};

use super::{Difference, Upsert};
use crate::storage::records::Kept;
use crate::use_cases::personal::held::kind_at;

/// The fields that a correction can put right, and the references: they are looked at as the case has them now.
const ELSEWHERE: [&str; 8] = [
    "channel",
    "event_on",
    "aware_on",
    "stock_type",
    "categories",
    "service_area",
    "contractor",
    "references",
];

/// What stands in for a record that has been erased: no field has such a value of its own.
fn erased() -> Value {
    json!({ "erased": true })
}

/// Where what is told now is unlike what was received, or is held now, and what to do about it.
pub fn unlike(
    case: &Case,
    log: &[Logged],
    asked: &Upsert<'_>,
    words: &BTreeMap<RecordId, Kept>,
) -> Vec<Difference> {
    let Some(Event::Opened(opened)) = log.first().map(|logged| &logged.event) else { return Vec::new() };
    let known = serde_json::to_value(as_held_now(case, &opened.received)).unwrap_or_default();
    let known =
        comparable(known, &|record| match record.parse().ok().and_then(|id: RecordId| words.get(&id)) {
            Some(kept) => json!(chain::record_digest(&[], &kept.body)),
            None => erased(),
        });
    let told = serde_json::to_value(asked.received.keep(&Digests)).unwrap_or_default();
    // What is told now has the digest where the record's id would be.
    let told = comparable(told, &|_| Value::Null);
    let mut pointers = Vec::new();
    compare(&known, &told, String::new(), &mut pointers);
    let is_in_reach =
        |pointer: &String| asked.special_category || kind_at(pointer) != RecordKind::SpecialCategory;
    pointers
        .into_iter()
        .filter(is_in_reach)
        .map(|pointer| Difference { advice: advice(pointer.split('/').nth(1).unwrap_or_default()), pointer })
        .collect()
}

/// What was received, with what has been put right since on residents, and the representative who has consent now.
fn as_held_now(case: &Case, received: &Received) -> Received {
    let mut held = received.clone();
    held.residents.clone_from(&case.parties.recorded);
    held.representative = case.parties.representative.as_ref().map(|known| RepresentativeRecorded {
        kind: known.kind,
        person: known.person,
        consent: known.consent,
    });
    held
}

/// Keeps nothing: a record is its digest, unsalted, as both sides are made here and now.
struct Digests;

/// The id of what is not kept.
const NOT_KEPT: RecordId = RecordId(0);

impl Vault for Digests {
    fn keep(&self, _kind: RecordKind, body: &str) -> RecordRef {
        RecordRef { record: NOT_KEPT, digest: chain::record_digest(&[], body) }
    }
}

/// What was received, with the digest of its body in place of each record, and without what is looked at elsewhere.
fn comparable(received: Value, digest_of: &dyn Fn(&str) -> Value) -> Value {
    let Value::Object(mut fields) = received else { return received };
    ELSEWHERE.iter().for_each(|field| drop(fields.remove(*field)));
    resolved(Value::Object(fields), digest_of)
}

fn resolved(value: Value, digest_of: &dyn Fn(&str) -> Value) -> Value {
    match value {
        Value::Object(fields) => match record_of(&fields) {
            Some((id, digest)) if id == NOT_KEPT.to_string() => json!(digest),
            Some((id, _)) => digest_of(id),
            None => fields.into_iter().map(|(name, value)| (name, resolved(value, digest_of))).collect(),
        },
        Value::Array(items) => items.into_iter().map(|item| resolved(item, digest_of)).collect(),
        plain => plain,
    }
}

fn record_of(fields: &Map<String, Value>) -> Option<(&str, &str)> {
    Some((fields.get("record")?.as_str()?, fields.get("digest")?.as_str()?))
}

/// Gathers where two values differ. A field that is left out is like one that says nothing.
fn compare(known: &Value, told: &Value, pointer: String, differing: &mut Vec<String>) {
    if known == told || *known == erased() || (says_nothing(known) && says_nothing(told)) {
        return;
    }
    match (known, told) {
        (Value::Object(known), Value::Object(told)) => {
            let names: BTreeSet<&String> = known.keys().chain(told.keys()).collect();
            for name in names {
                let of = |fields: &'_ Map<String, Value>| fields.get(name).cloned().unwrap_or_default();
                compare(&of(known), &of(told), format!("{pointer}/{name}"), differing);
            }
        }
        (Value::Array(known), Value::Array(told)) if known.len() == told.len() => {
            for (index, (known, told)) in known.iter().zip(told).enumerate() {
                compare(known, told, format!("{pointer}/{index}"), differing);
            }
        }
        _ => differing.push(pointer),
    }
}

fn says_nothing(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// The command that would change a field, where there is one.
fn advice(field: &str) -> &'static str {
    match field {
        "kind" => "a contact stays what it was; `raise-complaint` makes a complaint of it",
        "about" => "what was said stays as it was said; `add-issue` adds what is new",
        "risks" => "`flag-risk` adds a risk, and `hand-off-risk` says that it is taken care of",
        "residents" => {
            "`correct-resident` puts right who a resident is and what they have told of themselves"
        }
        "representative" => "`record-consent` names a representative and their consent",
        _ => "it stays as it was received, and no command changes it",
    }
}
