//! A command on a case: decided, and all that follows from it written at once, or nothing.

mod error;

use chrono::{DateTime, Utc};
use redress_shared::calendar::london;
use redress_shared::case::refusal::Caution;
use redress_shared::case::{
    Case, CaseId, Command, Context, Event, Logged, Rules, Spawned, decide, evolve, opened,
};
use std::sync::Arc;
use uuid::Uuid;

pub use error::ExecuteError;

use super::renew::renew;
use crate::rulebook::{NoRules, Rulebook};
use crate::storage::records::PendingRecords;
use crate::storage::rows::{CaseRow, Details, Rows};
use crate::storage::{Connection, StorageError, append, events};

/// A command with who gave it and when the thing happened.
#[derive(Debug)]
pub struct Order<'a> {
    /// Whose case.
    pub landlord: &'a str,
    /// Which case; none to open one.
    pub case: Option<CaseId>,
    /// The command.
    pub command: &'a Command,
    /// Who did it.
    pub actor: &'a str,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// The clock's reading.
    pub now: DateTime<Utc>,
    /// The versions of which the case must be at one, where the caller says so.
    pub seen: Option<&'a [u32]>,
}

/// What came of a command.
#[derive(Debug)]
pub struct Done {
    /// The case as it is now.
    pub case: Case,
    /// Its rules.
    pub rules: Arc<Rules>,
    /// What happened.
    pub events: Vec<Logged>,
    /// What the policy allows and the Code does not.
    pub cautions: Vec<Caution>,
    /// The complaint that came out of it.
    pub spawned: Option<CaseId>,
}

/// Carries a command out, within the caller's transaction.
///
/// # Errors
/// See [`ExecuteError`]; whatever it is, the transaction must be rolled back, and nothing of the command is kept.
pub fn execute(
    connection: &mut Connection,
    rulebook: &Rulebook,
    order: &Order<'_>,
) -> Result<Done, ExecuteError> {
    let standing = match order.case {
        None => None,
        Some(id) => Some(standing(connection, order.landlord, id)?),
    };
    let (state, log, made_by) =
        standing.map_or_else(Default::default, |(state, log, made_by)| (Some(state), log, made_by));
    fresh(state.as_ref(), order.seen)?;
    let (rules, current) = in_force(rulebook, order, state.as_ref())?;
    let vault = PendingRecords::default();
    let next_case = CaseId(Uuid::now_v7().as_u128());
    let context = Context {
        rules: &rules,
        current: &current,
        now: order.now,
        occurred_at: order.occurred_at,
        vault: &vault,
        next_case,
    };
    let decision = decide(state.as_ref(), order.command, &context)?;
    let before = state
        .as_ref()
        .map(|case| before(connection, rulebook, order, (case, &rules, &made_by)))
        .transpose()?;
    let (case, logged) = apply(state, decision.events, order)?;
    if order.case.is_none() {
        references_free(connection, order.landlord, &case)?;
    }
    write_rows(connection, rulebook, order, (&case, &rules), before.as_ref())?;
    vault.store(connection, order.landlord, case.id)?;
    let spawned = decision
        .spawned
        .map(|spawned| open_spawned(connection, rulebook, order, (spawned, &current)))
        .transpose()?;
    append::append(connection, order.landlord, case.id, log.last_digest(), &logged)?;
    Ok(Done { case, rules, events: logged, cautions: decision.cautions, spawned })
}

/// A case as it stands, with its log and the stamp of what made its rows. Nobody else can change it until the transaction ends.
pub(super) fn standing(
    connection: &mut Connection,
    landlord: &str,
    id: CaseId,
) -> Result<(Case, events::Log, String), ExecuteError> {
    let (head, log) = events::hold_log(connection, landlord, id)?.ok_or(ExecuteError::NoSuchCase)?;
    let case = log.case(id)?.ok_or_else(|| StorageError::no_opening(id))?;
    if i32::try_from(case.version) != Ok(head.version) {
        let reason = format!("the case is at version {}, and its log ends here", head.version);
        let sequence = i32::try_from(case.version).unwrap_or(i32::MAX);
        return Err(StorageError::Damaged { case: id.to_string(), sequence, reason }.into());
    }
    Ok((case, log, head.made_by))
}

/// What the tables hold before the command.
struct Before {
    /// The case's own row.
    case: Option<CaseRow>,
    details: Details,
}

/// What the tables hold before the command. Where the same program made it by the same rules, it is what the case
/// gives; else it is made anew first, so that what the change of rules did is told apart from what the command does.
fn before(
    connection: &mut Connection,
    rulebook: &Rulebook,
    order: &Order<'_>,
    (case, rules, made_by): (&Case, &Rules, &str),
) -> Result<Before, ExecuteError> {
    let stamp = rulebook.stamp(&case.policy, &case.code);
    if made_by == stamp {
        let rows = Rows::of(order.landlord, case, rules, stamp)?;
        return Ok(Before { case: Some(rows.case), details: rows.details });
    }
    let rows = renew(connection, rulebook, order.landlord, (case, rules, made_by), order.now)?;
    Ok(Before { case: Some(rows.case), details: rows.details })
}

/// Makes the tables say what the case is.
fn write_rows(
    connection: &mut Connection,
    rulebook: &Rulebook,
    order: &Order<'_>,
    (case, rules): (&Case, &Rules),
    before: Option<&Before>,
) -> Result<(), ExecuteError> {
    let rows = Rows::of(order.landlord, case, rules, rulebook.stamp(&case.policy, &case.code))?;
    match before {
        Some(before) => {
            rows.case.update(connection, before.case.as_ref())?;
            rows.details.replace(connection, &before.details)?;
        }
        None => {
            rows.case.insert(connection)?;
            rows.details.replace(connection, &Details::default())?;
        }
    }
    Ok(())
}

/// The rules that the case goes by, and those of the day of the command.
fn in_force(
    rulebook: &Rulebook,
    order: &Order<'_>,
    state: Option<&Case>,
) -> Result<(Arc<Rules>, Arc<Rules>), ExecuteError> {
    let current = rulebook.on(order.landlord, london::date_of(order.occurred_at));
    let Some(case) = state else {
        let current = current?;
        return Ok((current.clone(), current));
    };
    let rules = rulebook.of(&case.policy, &case.code)?;
    match current {
        Ok(current) => Ok((rules, current)),
        // A case outlives the policy that it came under; where no later policy is known, what comes of it falls under the same.
        Err(NoRules::Policy(_)) => Ok((rules.clone(), rules)),
        Err(error) => Err(error.into()),
    }
}

/// The case is one that the caller has seen, where it says which those are. What is not there yet nobody has seen.
fn fresh(state: Option<&Case>, seen: Option<&[u32]>) -> Result<(), ExecuteError> {
    match (state, seen) {
        (Some(case), Some(seen)) if !seen.contains(&case.version) => {
            Err(ExecuteError::Stale { actual: case.version })
        }
        _ => Ok(()),
    }
}

/// Numbers the events and folds them in.
fn apply(
    state: Option<Case>,
    events: Vec<Event>,
    order: &Order<'_>,
) -> Result<(Case, Vec<Logged>), ExecuteError> {
    let first = state.as_ref().map_or(0, |case| case.version);
    let logged: Vec<Logged> = (first.saturating_add(1)..)
        .zip(events)
        .map(|(sequence, event)| Logged {
            sequence,
            occurred_at: order.occurred_at,
            recorded_at: order.now,
            actor: order.actor.to_owned(),
            imported: false,
            event,
        })
        .collect();
    let (mut case, rest) = match state {
        Some(case) => (case, logged.as_slice()),
        None => {
            let id = CaseId(Uuid::now_v7().as_u128());
            let first = logged.split_first();
            first
                .and_then(|(opening, rest)| Some((opened(id, opening)?, rest)))
                .ok_or_else(|| StorageError::no_opening(id))?
        }
    };
    rest.iter().for_each(|event| evolve(&mut case, event));
    Ok((case, logged))
}

fn references_free(connection: &mut Connection, landlord: &str, case: &Case) -> Result<(), ExecuteError> {
    for (index, reference) in case.facts.references.iter().enumerate() {
        let (system, value) = (reference.system.as_str(), reference.value.as_str());
        match events::by_reference(connection, landlord, system, value)? {
            Some(other) if other != case.id.to_string() => {
                return Err(ExecuteError::ReferenceTaken { index, case: other });
            }
            _ => {}
        }
    }
    Ok(())
}

fn open_spawned(
    connection: &mut Connection,
    rulebook: &Rulebook,
    order: &Order<'_>,
    (spawned, rules): (Spawned, &Rules),
) -> Result<CaseId, ExecuteError> {
    let opening = Logged {
        sequence: 1,
        occurred_at: order.occurred_at,
        recorded_at: order.now,
        actor: order.actor.to_owned(),
        imported: false,
        event: Event::Opened(spawned.opened),
    };
    let case = opened(spawned.id, &opening).ok_or_else(|| StorageError::no_opening(spawned.id))?;
    write_rows(connection, rulebook, order, (&case, rules), None)?;
    append::append(connection, order.landlord, case.id, Default::default(), std::slice::from_ref(&opening))?;
    Ok(case.id)
}
