//! A case as another system has it, under that system's own reference: received where it is new, else put right where it differs.

mod compare;
mod facts;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use redress_shared::case::command::commands::{Correct, Receive};
use redress_shared::case::command::intake::Reference;
use redress_shared::case::record::{Text, TextError};
use redress_shared::case::{CaseId, Command};

use super::execute::{Done, ExecuteError, Order, execute, standing};
use crate::rulebook::Rulebook;
use crate::storage::write::Failure;
use crate::storage::{Connection, StorageError, events, records};

/// What the other system has.
#[derive(Debug)]
pub struct Upsert<'a> {
    /// Whose case.
    pub landlord: &'a str,
    /// The reference that it is known by.
    pub reference: &'a Reference,
    /// What came in, as that system has it. The reference is among its references.
    pub received: &'a Receive,
    /// When it came in; not compared where it is not said.
    pub received_at: Option<DateTime<Utc>>,
    /// Who says so.
    pub actor: &'a str,
    /// The clock's reading.
    pub now: DateTime<Utc>,
    /// The versions of which the case must be at one, where the caller says so.
    pub seen: Option<&'a [u32]>,
    /// Whether there must be a case already.
    pub must_be_there: bool,
    /// Whether there must be none yet.
    pub must_be_new: bool,
    /// Whether the caller does not say which case it has seen: then it may receive one, and change none.
    pub blind: bool,
    /// Whether the caller may send special-category words: from one that may not, none is not a word against those that are held.
    pub special_category: bool,
}

/// What came of it.
#[derive(Debug)]
pub enum Upserted {
    /// It was received.
    Received(Box<Done>),
    /// It was there: its corrections, none where nothing differs.
    Known(Box<Done>),
}

/// Something that differs and cannot be corrected. It says nothing of what is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where in what was received, as a JSON pointer.
    pub pointer: String,
    /// What to do about it: the command that would change it, where there is one.
    pub advice: &'static str,
}

/// Why it came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum UpsertError {
    /// One of the commands was not carried out.
    #[error(transparent)]
    Execute(#[from] ExecuteError),
    /// What differs cannot be corrected.
    #[error("the case was received otherwise, and that cannot be corrected")]
    Differs(Vec<Difference>),
    /// There is a case, and there was to be none.
    #[error("there is a case with that reference already, at version {0}")]
    There(u32),
    /// Something would be changed by a caller who does not say what it has seen: the case's version.
    #[error(
        "the case has been changed since it was received, or is to be, and the request does not say which version it has seen"
    )]
    Blind(u32),
    /// There is no case, and there was to be one.
    #[error("there is no case with that reference yet")]
    NotThere,
}

impl From<StorageError> for UpsertError {
    fn from(error: StorageError) -> Self {
        Self::Execute(error.into())
    }
}

impl Failure for UpsertError {
    fn storage(&self) -> Option<&StorageError> {
        match self {
            Self::Execute(error) => error.storage(),
            _ => None,
        }
    }
}

/// Receives a case or puts it right, within the caller's transaction.
///
/// # Errors
/// See [`UpsertError`]; whatever it is, the transaction must be rolled back.
pub fn upsert(
    connection: &mut Connection,
    rulebook: &Rulebook,
    asked: &Upsert<'_>,
) -> Result<Upserted, UpsertError> {
    let (system, value) = (asked.reference.system.as_str(), asked.reference.value.as_str());
    match events::by_reference(connection, asked.landlord, system, value)? {
        Some(id) => put_right(connection, rulebook, asked, &id),
        None if asked.must_be_there => Err(UpsertError::NotThere),
        None => match receive(connection, rulebook, asked) {
            // Somebody else may have received it since it was looked for. What is refused for its reference has written nothing.
            Err(taken @ ExecuteError::ReferenceTaken { .. }) => {
                let since = events::by_reference(connection, asked.landlord, system, value)?;
                put_right(connection, rulebook, asked, &since.ok_or(taken)?)
            }
            done => Ok(Upserted::Received(Box::new(done?))),
        },
    }
}

fn receive(
    connection: &mut Connection,
    rulebook: &Rulebook,
    asked: &Upsert<'_>,
) -> Result<Done, ExecuteError> {
    let command = Command::from(asked.received.clone());
    let occurred_at = asked.received_at.unwrap_or(asked.now);
    execute(connection, rulebook, &order(asked, None, &command, occurred_at))
}

fn put_right(
    connection: &mut Connection,
    rulebook: &Rulebook,
    asked: &Upsert<'_>,
    id: &str,
) -> Result<Upserted, UpsertError> {
    let id: CaseId = id.parse().map_err(|_| ExecuteError::NoSuchCase)?;
    let (case, log, _) = standing(connection, asked.landlord, id)?;
    if asked.must_be_new {
        return Err(UpsertError::There(case.version));
    }
    if asked.seen.is_some_and(|seen| !seen.contains(&case.version)) {
        return Err(ExecuteError::Stale { actual: case.version }.into());
    }
    let words = records::of_case(connection, asked.landlord, id)?;
    let mut differences = compare::unlike(&case, &log.events, asked, &words);
    differences.extend(facts::lasting(&case, asked.received));
    if !differences.is_empty() {
        return Err(UpsertError::Differs(differences));
    }
    let rules = rulebook.of(&case.policy, &case.code).map_err(ExecuteError::from)?;
    let mut known = Done { rules, events: Vec::new(), cautions: Vec::new(), spawned: None, case };
    let reason = reason(asked.reference);
    let corrections = facts::corrections(&known.case, asked.received, asked.received_at);
    if asked.blind && !corrections.is_empty() {
        return Err(UpsertError::Blind(known.case.version));
    }
    for fact in corrections {
        let reason = reason.clone().map_err(|error| ExecuteError::OutOfRange(error.to_string()))?;
        let command = Command::from(Correct { correct: fact, reason });
        let done = execute(connection, rulebook, &order(asked, Some(id), &command, asked.now))?;
        known.case = done.case;
        known.events.extend(done.events);
        known.cautions.extend(done.cautions);
    }
    Ok(Upserted::Known(Box::new(known)))
}

fn order<'a>(
    asked: &Upsert<'a>,
    case: Option<CaseId>,
    command: &'a Command,
    occurred_at: DateTime<Utc>,
) -> Order<'a> {
    Order {
        landlord: asked.landlord,
        case,
        command,
        actor: asked.actor,
        occurred_at,
        now: asked.now,
        seen: None,
    }
}

/// Why a fact is corrected: what the history shows.
fn reason(reference: &Reference) -> Result<Text, TextError> {
    let (system, value) = (reference.system.as_str(), reference.value.as_str());
    Text::try_from(format!("Changed in {system}, where the case has the reference {value}."))
}
