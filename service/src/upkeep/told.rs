//! What the service told of by itself, held against its key, against the feed, and against what it tells of: letters, documents and erasures
//! that are gone are missed here.

use std::collections::{BTreeMap, BTreeSet};

use redress_shared::case::CaseId;

use crate::letters::LetterId;
use crate::notices::{LetterIssued, Noticed};
use crate::storage::letters::digest;
use crate::storage::overdue::{due, since};
use crate::storage::whole::{self, Attached, Erased, Given, Sent};
use crate::storage::{Connection, StorageError};

/// What is wrong with the notices about a case, and with the letters and documents that they tell of.
///
/// # Errors
/// When the database fails.
pub fn of_case(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
    (events, erasures): (u32, Option<&BTreeMap<String, Erased>>),
) -> Result<Vec<String>, StorageError> {
    let id = case.to_string();
    let letters = whole::sent(connection, landlord, &id)?;
    let documents = whole::attached(connection, landlord, &id)?;
    let mut wrong: Vec<String> =
        letters.iter().filter_map(|letter| letter_wrong(letter, events, &letters)).collect();
    let mut told: BTreeSet<String> = BTreeSet::new();
    for (notice, noticed) in read(connection, landlord, Some(case), &mut wrong)? {
        let missed = match &noticed {
            Noticed::LetterIssued(of) => {
                told.insert(of.issued.to_string());
                letter_missed(of, &notice, &letters)
            }
            Noticed::DocumentAdded(of) => {
                told.insert(of.document.to_string());
                let kind = of.kind.as_str();
                let same = |known: &Attached| {
                    known.kind == kind
                        && known.size.and_then(|size| u64::try_from(size).ok()) == Some(of.size)
                        && known.digest.as_deref() == Some(of.digest.to_string().as_str())
                        && known.added_at == notice.occurred_at
                };
                document_missed(&of.document.to_string(), &documents, same)
            }
            Noticed::DocumentRemoved(of) => document_missed(&of.document.to_string(), &documents, |known| {
                known.state == "removed" && known.removed_at == Some(notice.occurred_at)
            }),
            Noticed::PersonalDataErased(_) => {
                let erasure = notice.key.strip_prefix("erased ").unwrap_or_default();
                match erasures.map(|erasures| erasures.get(erasure)) {
                    None => None,
                    Some(None) => Some(format!("erasure {erasure} was told of, and is not there")),
                    Some(Some(known)) => (known.erased_at != notice.occurred_at)
                        .then(|| format!("erasure {erasure} is not the one that was told of")),
                }
            }
            _ => None,
        };
        wrong.extend(missed);
    }
    let untold = letters.iter().map(|letter| ("letter", &letter.id)).chain(
        documents.values().filter(|known| known.digest.is_some()).map(|known| ("document", &known.id)),
    );
    let untold = untold.filter(|(_, id)| !told.contains(*id));
    wrong.extend(untold.map(|(what, id)| format!("{what} {id} is there, and was not told of")));
    Ok(wrong)
}

/// What is wrong with a landlord's notices that are about no case.
///
/// # Errors
/// When the database fails.
pub fn of_none(connection: &mut Connection, landlord: &str) -> Result<Vec<String>, StorageError> {
    let mut wrong = Vec::new();
    read(connection, landlord, None, &mut wrong)?;
    Ok(wrong)
}

/// The notices that read as they were written: by their column, by their key, and by the feed, where each has its number or waits for it. A
/// line of the feed whose notice is gone is named too.
fn read(
    connection: &mut Connection,
    landlord: &str,
    case: Option<CaseId>,
    wrong: &mut Vec<String>,
) -> Result<Vec<(Given, Noticed)>, StorageError> {
    let id = case.map(|case| case.to_string());
    let mut called: BTreeMap<String, String> = whole::told(connection, landlord, id.as_deref())?;
    let mut sound = Vec::new();
    for notice in whole::given(connection, landlord, id.as_deref())? {
        let line = match called.remove(&notice.id) {
            None => whole::waits(connection, landlord, &notice.id)?,
            line => line,
        };
        match line {
            Some(called) if called == notice.kind => {}
            Some(_) => wrong.push(format!("notice {} is called something else in the feed", notice.id)),
            None => wrong.push(format!("notice {} is not in the feed, and waits for no number", notice.id)),
        }
        match serde_json::from_str::<Noticed>(&notice.body) {
            Ok(noticed) if noticed.word() == notice.kind && is_keyed(&noticed, case, &notice.key) => {
                if !is_in_time(&notice, &noticed) {
                    wrong.push(format!("notice {} has a time that is not its own", notice.id));
                }
                sound.push((notice, noticed));
            }
            _ => wrong.push(format!("notice {} does not say what it was given for", notice.id)),
        }
    }
    wrong.extend(
        called.into_keys().map(|gone| format!("the feed tells of notice {gone}, which is not there")),
    );
    Ok(sound)
}

fn is_keyed(noticed: &Noticed, case: Option<CaseId>, key: &str) -> bool {
    let Some(own) = noticed.key(case) else { return key.starts_with("erased ") };
    key.strip_prefix(&own).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Whether a notice says that it holds since the time that was over then, or since it was given; of a time that comes near that hangs on how
/// working days were counted on that day, and is not known any more.
fn is_in_time(notice: &Given, noticed: &Noticed) -> bool {
    let Given { occurred_at, recorded_at, .. } = *notice;
    match noticed.timed() {
        None => occurred_at == recorded_at,
        Some(timed) if timed.working_days_left.is_some() => true,
        Some(timed) => {
            let over = since(due(timed.due_on, timed.due_at.map(|at| at.naive_utc()))).naive_utc();
            occurred_at == over && over <= recorded_at
        }
    }
}

/// What is wrong with a letter by itself: what it says is not what its digests were made of, no event calls for it, or it was not replaced
/// when another was issued in its place.
fn letter_wrong(letter: &Sent, events: u32, all: &[Sent]) -> Option<String> {
    let whole =
        |said: &Option<String>, kept: &str| said.as_ref().is_none_or(|said| digest(said).to_string() == kept);
    if !whole(&letter.html, &letter.html_digest) || !whole(&letter.plain, &letter.text_digest) {
        return Some(format!("letter {} is not what its digests were made of", letter.id));
    }
    let called_for = letter.letter.parse().is_ok_and(|id: LetterId| id.sequence <= events);
    if !called_for {
        return Some(format!("letter {} is of an event that is not there", letter.id));
    }
    let next = all.iter().find(|next| next.replaces.as_ref() == Some(&letter.id));
    let replaced = letter.replaced_at == next.map(|next| next.issued_at);
    (!replaced)
        .then(|| format!("letter {} was replaced at another time than it says, or not at all", letter.id))
}

fn letter_missed(of: &LetterIssued, notice: &Given, letters: &[Sent]) -> Option<String> {
    let id = of.issued.to_string();
    let Some(known) = letters.iter().find(|letter| letter.id == id) else {
        return Some(format!("letter {id} was issued, and is not there"));
    };
    let same = known.letter == of.letter.to_string()
        && known.kind == of.kind.as_str()
        && known.addressee == i32::from(of.addressee)
        && known.replaces == of.replaces.map(|former| former.to_string())
        && known.issued_at == notice.occurred_at;
    (!same).then(|| format!("letter {id} is not the one that was told of"))
}

fn document_missed(
    id: &str,
    documents: &BTreeMap<String, Attached>,
    same: impl FnOnce(&Attached) -> bool,
) -> Option<String> {
    match documents.get(id) {
        None => Some(format!("document {id} was told of, and is not there")),
        Some(known) => (!same(known)).then(|| format!("document {id} is not the one that was told of")),
    }
}
