//! What would go: found out before anything does.

use std::collections::{BTreeMap, BTreeSet};

use redress_shared::case::{CaseId, RecordId};

use super::{Erased, Target};
use crate::documents::DocumentId;
use crate::storage::documents::Document;
use crate::storage::personal::erasures::{self, Whose};
use crate::storage::personal::people;
use crate::storage::{Connection, StorageError, documents, events, letters, records};
use crate::use_cases::personal::held::{Held, held};

/// What goes of one case.
pub(super) struct Plan {
    pub target: Target,
    pub records: Vec<RecordId>,
    pub documents: Vec<DocumentId>,
    pub letters: usize,
    pub shared: (usize, BTreeSet<CaseId>),
    pub left: usize,
}

/// Whether a record of somebody's is among what goes, or went, of a case.
fn goes(whose: Whose, of_case: impl Fn(Whose) -> bool) -> bool {
    of_case(Whose::Case) || of_case(whose)
}

/// What goes of a target's case, whose records these are, where all of these targets go.
pub(super) fn plan(
    connection: &mut Connection,
    landlord: &str,
    (target, all): (Target, &[Held]),
    going: &BTreeSet<Target>,
) -> Result<Plan, StorageError> {
    let case = target.case;
    let published = people::published(connection, landlord, case)?;
    let staying = staying(connection, landlord, case, going)?;
    let mut plan = Plan {
        target,
        records: Vec::new(),
        documents: documents_of(connection, landlord, target)?,
        letters: letters::saying(connection, landlord, case)?,
        shared: (0, BTreeSet::new()),
        left: 0,
    };
    for held in all {
        let record = held.record.record;
        if records::find(connection, landlord, record)?.is_none() || published.contains(&record) {
            continue;
        }
        match staying.get(&record) {
            _ if !goes(held.whose, |whose| whose == target.whose) => plan.left += 1,
            Some(case) => {
                plan.shared.0 += 1;
                plan.shared.1.insert(*case);
            }
            None => plan.records.push(record),
        }
    }
    Ok(plan)
}

/// The records that another case of the family still needs, with the case.
fn staying(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
    going: &BTreeSet<Target>,
) -> Result<BTreeMap<RecordId, CaseId>, StorageError> {
    let mut staying = BTreeMap::new();
    for other in people::family(connection, landlord, case)?.into_iter().filter(|other| *other != case) {
        let gone = erasures::of_case(connection, landlord, other)?;
        let log = events::load(connection, landlord, other)?;
        for held in held(&log.events) {
            let of_case = |whose| going.contains(&Target { case: other, whose }) || gone.contains(&whose);
            if !goes(held.whose, of_case) {
                staying.insert(held.record.record, other);
            }
        }
    }
    Ok(staying)
}

fn documents_of(
    connection: &mut Connection,
    landlord: &str,
    target: Target,
) -> Result<Vec<DocumentId>, StorageError> {
    let theirs = |document: &Document| match target.whose {
        Whose::Case => true,
        Whose::Resident(number) => document.resident == Some(number),
        Whose::Representative => false,
    };
    let all = documents::of_case(connection, landlord, target.case, None, i64::MAX)?;
    let there = all.into_iter().filter(|document| document.removed.is_none());
    Ok(there.filter(theirs).map(|document| document.id).collect())
}

impl Plan {
    /// The same, as it is told.
    pub(super) fn told(self, id: Option<String>) -> Erased {
        Erased {
            id,
            target: self.target,
            records: self.records.len(),
            documents: self.documents.len(),
            letters: self.letters,
            shared: self.shared,
            left: self.left,
        }
    }
}
