//! What the log refers to: the words that stand apart from it.

use redress_shared::case::record::{Digest, RecordRef};
use redress_shared::case::{CaseId, Logged, RecordId, chain};
use serde_json::Value;

use crate::storage::{Connection, StorageError, records};

/// Every record that an event refers to.
fn references(event: &Logged) -> Vec<RecordRef> {
    let mut found = Vec::new();
    collect(&serde_json::to_value(event).unwrap_or_default(), &mut found);
    found
}

fn collect(value: &Value, found: &mut Vec<RecordRef>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(members) => {
            let part = |name: &str| members.get(name).and_then(Value::as_str);
            if let (Some(Ok(record)), Some(Ok(digest))) =
                (part("record").map(str::parse::<RecordId>), part("digest").map(str::parse::<Digest>))
            {
                found.push(RecordRef { record, digest });
            }
            members.values().for_each(|member| collect(member, found));
        }
        _ => {}
    }
}

/// What became of the records that a case's log refers to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Records {
    /// Those that do not read as they were written.
    pub altered: Vec<RecordId>,
    /// How many are not there: they have been erased, as they may be, or lost.
    pub gone: u64,
}

/// Looks up every record that a case's log refers to.
pub fn records_of(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
    events: &[Logged],
) -> Result<Records, StorageError> {
    let kept = records::of_case(connection, landlord, case)?;
    let mut records = Records::default();
    for reference in events.iter().flat_map(references) {
        // A complaint that came of another case refers to words that stand under that one.
        let record = match kept.get(&reference.record) {
            Some(record) => Some(record.clone()),
            None => records::find(connection, landlord, reference.record)?,
        };
        match record {
            None => records.gone += 1,
            Some(record) if chain::record_digest(&record.salt, &record.body) != reference.digest => {
                records.altered.push(reference.record);
            }
            Some(_) => {}
        }
    }
    Ok(records)
}
