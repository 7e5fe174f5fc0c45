//! What the log refers to: the words that stand apart from it.

use redress_shared::case::{CaseId, Logged, RecordId, chain};

use crate::storage::personal::erasures;
use crate::storage::{Connection, StorageError, records};
use crate::use_cases::personal::held::{kind_at, references};

/// What became of the records that a case's log refers to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Records {
    /// Those that do not read as they were written.
    pub altered: Vec<RecordId>,
    /// Those that are kept as another kind than that of their place in the event.
    pub mislabelled: Vec<RecordId>,
    /// Those that are not there, and were not erased.
    pub lost: Vec<RecordId>,
    /// Those that were erased, and are there.
    pub returned: Vec<RecordId>,
    /// How many have been erased, as they may be.
    pub erased: u64,
}

/// Looks up every record that a case's log refers to.
pub fn records_of(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
    events: &[Logged],
) -> Result<Records, StorageError> {
    let kept = records::of_case(connection, landlord, case)?;
    let mut found = Records::default();
    for (reference, place) in events.iter().flat_map(references) {
        // A complaint that came of another case refers to words that stand under that one.
        let record = match kept.get(&reference.record) {
            Some(record) => Some(record.clone()),
            None => records::find(connection, landlord, reference.record)?,
        };
        let erased = erasures::erased_at(connection, landlord, reference.record)?.is_some();
        match record {
            None if erased => found.erased += 1,
            None => found.lost.push(reference.record),
            Some(_) if erased => found.returned.push(reference.record),
            Some(record) if chain::record_digest(&record.salt, &record.body) != reference.digest => {
                found.altered.push(reference.record);
            }
            Some(record) if record.kind != records::kind_word(kind_at(&place)) => {
                found.mislabelled.push(reference.record);
            }
            Some(_) => {}
        }
    }
    Ok(found)
}
