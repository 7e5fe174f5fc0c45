//! What the log refers to: the words that stand apart from it.

use std::collections::BTreeSet;

use redress_shared::case::record::RecordRef;
use redress_shared::case::{CaseId, Logged, RecordId, chain};

use crate::storage::personal::erasures;
use crate::storage::records::Kept;
use crate::storage::whole::{home, origins};
use crate::storage::{Connection, StorageError, records};
use crate::use_cases::personal::held::{kind_at, references};

/// What became of the records that a case's log refers to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Records {
    /// What is wrong with them, and with those that are kept under the case besides.
    pub wrong: Vec<String>,
    /// How many have been erased, as they may be.
    pub erased: u64,
}

/// Looks up every record that a case's log refers to, and every record that is kept under the case.
pub fn records_of(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
    events: &[Logged],
) -> Result<Records, StorageError> {
    let mut kept = records::of_case(connection, landlord, case)?;
    let mut found = Records::default();
    let mut own = BTreeSet::new();
    for (reference, place) in events.iter().flat_map(references) {
        let id = reference.record;
        let record = match kept.get(&id) {
            Some(record) => Some(record.clone()),
            None => elsewhere(connection, (landlord, case), id, &mut found.wrong)?,
        };
        let is_erased = erasures::erased_at(connection, landlord, id)?.is_some();
        found.erased += u64::from(is_erased && record.is_none());
        found.wrong.extend(wrong(&reference, &place, record.as_ref(), is_erased));
        own.insert(id);
    }
    kept.retain(|id, _| !own.contains(id));
    found.wrong.extend(kept.keys().map(|id| format!("record {id} is kept, and no event refers to it")));
    Ok(found)
}

/// A record that is not kept under the case: a complaint that came of another refers to words that stand under that one.
fn elsewhere(
    connection: &mut Connection,
    (landlord, case): (&str, CaseId),
    id: RecordId,
    wrong: &mut Vec<String>,
) -> Result<Option<Kept>, StorageError> {
    let Some(home) = home(connection, landlord, &id.to_string())? else { return Ok(None) };
    if !origins(connection, landlord, &case.to_string())?.contains(&home) {
        wrong.push(format!("record {id} is kept under {home}, which is another case"));
    }
    records::find(connection, landlord, id)
}

fn wrong(reference: &RecordRef, place: &str, record: Option<&Kept>, is_erased: bool) -> Option<String> {
    let what = match record {
        None if is_erased => return None,
        None => "is not there, and was not erased",
        Some(_) if is_erased => "was erased, and is there",
        Some(record) if chain::record_digest(&record.salt, &record.body) != reference.digest => {
            "is not what its digest was made of"
        }
        Some(record) if record.kind != records::kind_word(kind_at(place)) => {
            "is kept as another kind than its event holds"
        }
        Some(_) => return None,
    };
    Some(format!("record {} {what}", reference.record))
}
