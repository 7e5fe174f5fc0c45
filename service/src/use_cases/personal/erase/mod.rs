//! Erasing: records and documents go, and what is left says that they went. No event and no row of a figure is touched.

mod plan;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use redress_shared::case::words::Phase;
use redress_shared::case::{Case, CaseId};

use self::plan::{Plan, plan};
use super::held::{Held, held};
use crate::documents::RemovalReason;
use crate::notices::{Notice, Noticed, PersonalDataErased};
use crate::storage::personal::erasures::{self, Erasure, ErasureReason, Whose};
use crate::storage::personal::holds;
use crate::storage::write::Failure;
use crate::storage::{Connection, StorageError, documents, events, letters, notices};

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
    /// How many issued letters lose their words, whoever they were sent to: a letter may name and quote anybody of the case.
    pub letters: usize,
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
        let mut plan = plan(connection, order.landlord, (*target, all), &going)?;
        if erased.iter().any(|before: &Erased| before.target.case == target.case) {
            // They go, or would, with the first of the case's people.
            plan.letters = 0;
        }
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
