//! Everything that is held on somebody, in one piece, with what each thing is held for.

use chrono::{DateTime, Utc};
use redress_shared::case::command::intake::{Person, Reference};
use redress_shared::case::record::RecordKind;
use redress_shared::case::words::{Kind, Phase};
use redress_shared::case::{Case, CaseId, RecordId};
use redress_shared::letter::LetterKind;
use schemars::JsonSchema;
use serde::Serialize;

use super::erase::NotErased;
use super::held::{Held, held};
use crate::documents::{DocumentId, DocumentKind};
use crate::letters::{Called, Form};
use crate::storage::documents::Document;
use crate::storage::events::Log;
use crate::storage::letters::IssuedId;
use crate::storage::personal::erasures::{self, Whose};
use crate::storage::{Connection, StorageError, documents, events, letters, records};

/// Whose, of which case: see [`Target`](super::erase::Target).
pub type Subject = super::erase::Target;

/// Everything that is held on somebody on one case.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HeldOnCase {
    /// The case.
    pub case: CaseId,
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub phase: Phase,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// The landlord's own references to it.
    pub references: Vec<Reference>,
    /// Which resident of the case it is, counted from 1; null where it is the representative.
    pub resident: Option<u16>,
    /// How many residents the case has; the words of a complaint of several are of all of them.
    pub residents: usize,
    /// What is held, in the order in which it came.
    pub held: Vec<HeldThing>,
    /// What happened, in order.
    pub events: Vec<HeldEvent>,
    /// The documents that are attached.
    pub documents: Vec<HeldDocument>,
    /// The letters that were issued to them, as they were sent.
    pub letters: Vec<HeldLetter>,
}

/// A thing that is held.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HeldThing {
    /// The record that has it.
    pub record: RecordId,
    /// The number of the event with which it came.
    pub event: u32,
    /// What it is, as the place in the event.
    pub what: String,
    /// What it is held for.
    pub held_for: &'static str,
    /// Who somebody is and how to reach them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
    /// The words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Whether it is held and not given here, since whoever asks has not the scope `special-category`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub withheld: bool,
    /// When it was erased, where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub erased_at: Option<DateTime<Utc>>,
}

/// Something that happened.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HeldEvent {
    /// Its number.
    pub event: u32,
    /// What.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// When.
    pub occurred_at: DateTime<Utc>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// A letter that was issued to them.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HeldLetter {
    /// Its id; as a page it is given out by its own address.
    pub issued: IssuedId,
    /// Which letter.
    pub kind: LetterKind,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// What it says; null where that was erased.
    pub text: Option<String>,
    /// When what it says was erased; null where it was not.
    pub erased_at: Option<DateTime<Utc>>,
    /// What it is held for.
    pub held_for: &'static str,
}

/// A document that is attached.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HeldDocument {
    /// Its id; it is given out by its own address.
    pub document: DocumentId,
    /// What it is called.
    pub name: Option<String>,
    /// What it is to the case.
    pub kind: DocumentKind,
    /// What it is.
    pub media_type: String,
    /// Its length in bytes.
    pub size: u64,
    /// When it came.
    pub added_at: DateTime<Utc>,
    /// What it is held for.
    pub held_for: &'static str,
}

const PERSON: &str = "To know who complains, to answer them, and to act for them with their consent.";
const SPECIAL: &str = "To make adjustments and to treat people fairly, as the Equality Act 2010 wants it.";
const NARRATIVE: &str = "To look into the complaint and answer it as the Complaint Handling Code wants it, and to show that this was done.";
const LETTER: &str = "To show what was written to them.";
const DOCUMENT: &str = "As evidence for the complaint and its answer.";

/// Everything that is held on a subject on its case, which called for these letters. Of a case of several residents, the names and the health of the others are left out.
///
/// # Errors
/// [`NotErased::Nobody`] where there is no such case or nobody of that description on it, and when the database fails.
pub fn export(
    connection: &mut Connection,
    landlord: &str,
    subject: Subject,
    special: bool,
    called: &[Called],
) -> Result<HeldOnCase, NotErased> {
    let log = events::load(connection, landlord, subject.case)?;
    let nobody = || NotErased::Nobody { index: 0 };
    let case = log.case(subject.case)?.ok_or_else(nobody)?;
    let residents = case.parties.recorded.len();
    let resident = match subject.whose {
        Whose::Resident(number) if (1..=residents).contains(&usize::from(number)) => Some(number),
        Whose::Representative if case.parties.representative.is_some() => None,
        _ => return Err(nobody()),
    };
    let theirs = |held: &Held| held.whose == subject.whose || held.whose == Whose::Case;
    let mut things = Vec::new();
    for held in held(&log.events).into_iter().filter(theirs) {
        things.push(thing(connection, landlord, held, special)?);
    }
    let documents = documents::of_case(connection, landlord, subject.case, None, i64::MAX)?;
    let of_theirs = |document: &Document| {
        document.removed.is_none() && (document.resident.is_none() || document.resident == resident)
    };
    Ok(HeldOnCase {
        documents: documents.into_iter().filter(of_theirs).map(document).collect(),
        letters: letters_to(connection, landlord, subject, called)?,
        resident,
        residents,
        held: things,
        events: happened(&log),
        ..heading(case)
    })
}

fn heading(case: Case) -> HeldOnCase {
    HeldOnCase {
        case: case.id,
        kind: case.kind,
        phase: case.phase,
        received_at: case.received_at,
        references: case.facts.references,
        resident: None,
        residents: 0,
        held: Vec::new(),
        events: Vec::new(),
        documents: Vec::new(),
        letters: Vec::new(),
    }
}

/// The letters that were issued to a subject, among those that its case called for.
fn letters_to(
    connection: &mut Connection,
    landlord: &str,
    subject: Subject,
    called: &[Called],
) -> Result<Vec<HeldLetter>, StorageError> {
    let mut to_them = Vec::new();
    for issued in letters::of_case(connection, landlord, subject.case)? {
        let letter = called.iter().find(|called| called.id == issued.letter).map(|called| &called.letter);
        let mut addressees = letter.into_iter().flat_map(|letter| &letter.addressees);
        let addressee = addressees.find(|addressee| addressee.number == issued.addressee);
        let is_theirs = addressee.is_some_and(|addressee| match addressee.resident {
            Some(resident) => subject.whose == Whose::Resident(resident),
            None => subject.whose == Whose::Representative,
        });
        if is_theirs {
            let text = letters::body(connection, landlord, issued.id, Form::Text)?;
            let (kind, issued_at, erased_at) = (issued.kind, issued.issued_at, issued.erased_at);
            to_them.push(HeldLetter {
                issued: issued.id,
                kind,
                issued_at,
                text,
                erased_at,
                held_for: LETTER,
            });
        }
    }
    Ok(to_them)
}

fn happened(log: &Log) -> Vec<HeldEvent> {
    let one = |logged: &redress_shared::case::Logged| HeldEvent {
        event: logged.sequence,
        kind: logged.event.word(),
        occurred_at: logged.occurred_at,
        recorded_at: logged.recorded_at,
    };
    log.events.iter().map(one).collect()
}

fn thing(
    connection: &mut Connection,
    landlord: &str,
    held: Held,
    special: bool,
) -> Result<HeldThing, StorageError> {
    let record = held.record.record;
    let mut thing = HeldThing {
        record,
        event: held.sequence,
        what: held.place,
        held_for: NARRATIVE,
        person: None,
        words: None,
        withheld: false,
        erased_at: None,
    };
    match records::read(connection, landlord, record)? {
        Some((RecordKind::Person, body)) => {
            thing.held_for = PERSON;
            thing.person = serde_json::from_str(&body).ok();
        }
        Some((RecordKind::SpecialCategory, body)) => {
            thing.held_for = SPECIAL;
            thing.withheld = !special;
            thing.words = Some(body).filter(|_| special);
        }
        Some((RecordKind::Narrative, body)) => thing.words = Some(body),
        None => thing.erased_at = erasures::erased_at(connection, landlord, record)?,
    }
    Ok(thing)
}

fn document(document: Document) -> HeldDocument {
    HeldDocument {
        document: document.id,
        name: document.name,
        kind: document.kind,
        media_type: document.media_type,
        size: document.size,
        added_at: document.added_at,
        held_for: DOCUMENT,
    }
}
