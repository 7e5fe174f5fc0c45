//! Erasing: records and documents go, and what is left says that they went. No event and no row of a figure is touched.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use redress_shared::case::words::Phase;
use redress_shared::case::{Case, CaseId, RecordId};

use super::held::{Held, held};
use crate::documents::{DocumentId, RemovalReason};
use crate::notices::{Notice, Noticed, PersonalDataErased};
use crate::storage::documents::Document;
use crate::storage::personal::erasures::{self, Erasure, ErasureReason, Whose};
use crate::storage::personal::{holds, people};
use crate::storage::write::Failure;
use crate::storage::{Connection, StorageError, documents, events, letters, notices, records};

/// Whose data, of which case, is to be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// The case.
    pub case: CaseId,
    /// Whose.
    pub whose: Whose,
}

/// Who has it erased, why, and when.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// The landlord.
    pub landlord: &'a str,
    /// Why.
    pub reason: ErasureReason,
    /// By whom.
    pub by: &'a str,
    /// The clock's reading.
    pub now: DateTime<Utc>,
}

/// What is, or would be, erased of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// The erasure; none where there was nothing to erase, or it was only planned.
    pub id: Option<String>,
    /// Whose.
    pub target: Target,
    /// How many records.
    pub records: usize,
    /// How many documents.
    pub documents: usize,
    /// How many records stay because another case has them too, and which cases.
    pub shared: (usize, BTreeSet<CaseId>),
    /// How many records of the case stay because they are of others too.
    pub left: usize,
}

/// Why nothing was erased.
#[derive(Debug, thiserror::Error)]
pub enum NotErased {
    /// There is no such case, or it has no such resident or representative.
    #[error("there is no such case, or nobody of that description on it")]
    Nobody {
        /// Which of the targets, from 0.
        index: usize,
    },
    /// The case is not over, or something is owed on it.
    #[error("case {0} is not over, or something is still owed on it")]
    StillOpen(CaseId),
    /// The case is held.
    #[error("case {0} is on hold")]
    OnHold(CaseId),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Failure for NotErased {
    fn storage(&self) -> Option<&StorageError> {
        match self {
            Self::Storage(error) => Some(error),
            _ => None,
        }
    }
}

/// What goes of one case.
struct Plan {
    target: Target,
    records: Vec<RecordId>,
    documents: Vec<DocumentId>,
    shared: (usize, BTreeSet<CaseId>),
    left: usize,
}

/// Erases all the targets' data within the caller's transaction, or, where it is only `planned`, says what would be.
///
/// # Errors
/// See [`NotErased`]: nothing is to be kept of any of the targets then.
pub fn erase(
    connection: &mut Connection,
    order: &Order<'_>,
    targets: &[Target],
    planned: bool,
) -> Result<Vec<Erased>, NotErased> {
    let mut going = BTreeSet::new();
    let mut standing = Vec::new();
    for (index, target) in targets.iter().enumerate() {
        // Held until the end, so that nobody adds to it meanwhile.
        let (case, all) = known(connection, order.landlord, *target).map_err(|error| error.at(index))?;
        allowed(connection, order.landlord, &case)?;
        let target = widened(*target, &case);
        if going.insert(target) {
            standing.push((target, all));
        }
    }
    let mut erased = Vec::new();
    for (target, all) in &standing {
        let plan = plan(connection, order.landlord, (*target, all), &going)?;
        erased.push(if planned { plan.told(None) } else { carry_out(connection, order, plan)? });
    }
    Ok(erased)
}

/// A target's case, as it stands, with its records.
fn known(
    connection: &mut Connection,
    landlord: &str,
    target: Target,
) -> Result<(Case, Vec<Held>), NotErased> {
    let nobody = || NotErased::Nobody { index: 0 };
    events::hold(connection, landlord, target.case)?.ok_or_else(nobody)?;
    let log = events::load(connection, landlord, target.case)?;
    let case = log.case(target.case)?.ok_or_else(nobody)?;
    let there = match target.whose {
        Whose::Case => true,
        Whose::Resident(number) => (1..=case.parties.recorded.len()).contains(&usize::from(number)),
        Whose::Representative => case.parties.representative.is_some(),
    };
    if there { Ok((case, held(&log.events))) } else { Err(nobody()) }
}

impl NotErased {
    fn at(self, index: usize) -> Self {
        match self {
            Self::Nobody { .. } => Self::Nobody { index },
            other => other,
        }
    }
}

/// What is needed to end a complaint is kept until it has ended, and what the law wants kept for as long as it does.
fn allowed(connection: &mut Connection, landlord: &str, case: &Case) -> Result<(), NotErased> {
    if holds::in_force(connection, landlord, case.id)?.is_some() {
        return Err(NotErased::OnHold(case.id));
    }
    if !has_ended(case) || events::is_owed(connection, landlord, case.id)? {
        return Err(NotErased::StillOpen(case.id));
    }
    Ok(())
}

/// Whether a case has come to an end, one that was declined too.
#[must_use]
pub const fn has_ended(case: &Case) -> bool {
    case.is_over() || matches!(case.phase, Phase::Refused | Phase::EscalationRefused)
}

/// Where a case has one resident, its words are that resident's: they all go.
fn widened(target: Target, case: &Case) -> Target {
    match target.whose {
        Whose::Resident(_) if case.parties.recorded.len() == 1 => Target { whose: Whose::Case, ..target },
        _ => target,
    }
}

/// Whether a record of somebody's is among what goes, or went, of a case.
fn goes(whose: Whose, of_case: impl Fn(Whose) -> bool) -> bool {
    of_case(Whose::Case) || of_case(whose)
}

fn plan(
    connection: &mut Connection,
    landlord: &str,
    (target, all): (Target, &[Held]),
    going: &BTreeSet<Target>,
) -> Result<Plan, StorageError> {
    let case = target.case;
    let published = people::published(connection, landlord, case)?;
    let staying = staying(connection, landlord, case, going)?;
    let mut plan =
        Plan { target, records: Vec::new(), documents: Vec::new(), shared: (0, BTreeSet::new()), left: 0 };
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
    plan.documents = documents_of(connection, landlord, target)?;
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
    fn told(self, id: Option<String>) -> Erased {
        Erased {
            id,
            target: self.target,
            records: self.records.len(),
            documents: self.documents.len(),
            shared: self.shared,
            left: self.left,
        }
    }
}

fn carry_out(connection: &mut Connection, order: &Order<'_>, plan: Plan) -> Result<Erased, NotErased> {
    let Order { landlord, reason, by, now } = *order;
    let target = plan.target;
    let before = erasures::of_case(connection, landlord, target.case)?;
    if plan.records.is_empty() && plan.documents.is_empty() && before.contains(&target.whose) {
        return Ok(plan.told(None));
    }
    let id = erasures::new_id();
    let erasure = Erasure {
        id: id.clone(),
        case: target.case,
        whose: target.whose,
        reason,
        records: plan.records.len(),
        documents: plan.documents.len(),
        at: now,
        by: by.to_owned(),
    };
    erasures::note(connection, landlord, &erasure)?;
    erasures::overwrite(connection)?;
    for record in &plan.records {
        erasures::erase_record(connection, landlord, *record, (&id, now))?;
    }
    let why =
        if reason == ErasureReason::Retention { RemovalReason::Retention } else { RemovalReason::Erased };
    for document in &plan.documents {
        documents::remove(connection, landlord, *document, (by, why), now)?;
    }
    // A letter may name and quote anybody of the case, and cannot be erased in part.
    letters::erase(connection, landlord, target.case, now)?;
    let noticed = Noticed::PersonalDataErased(PersonalDataErased {
        resident: match target.whose {
            Whose::Resident(number) => Some(number),
            Whose::Case | Whose::Representative => None,
        },
        whole_case: target.whose == Whose::Case,
        reason,
        records: plan.records.len() as u64,
        documents: plan.documents.len() as u64,
    });
    let notice = Notice { case: Some(target.case), key: format!("erased {id}"), noticed, occurred_at: now };
    notices::give(connection, landlord, &notice, now)?;
    Ok(plan.told(Some(id)))
}
