//! The log of a case, the letters that its events called for, and the words that it refers to.

use actix_web::{HttpResponse, web};
use redress_shared::case::record::RecordRef;
use redress_shared::case::{CaseId, Logged, RecordId, evolve, opened};
use redress_shared::letter::{self, Letter, Words};
use serde_json::json;
use std::cell::RefCell;

use super::{case_id, read};
use crate::application::State;
use crate::problem::Problem;
use crate::storage::events::{self, Log};
use crate::storage::{Connection, StorageError, records};
use crate::use_cases::execute::ExecuteError;

type CasePath = web::Path<(String, String)>;

fn log_of(connection: &mut Connection, landlord: &str, case: &str) -> Result<(CaseId, Log), Problem> {
    let id = case_id(case)?;
    let log = events::load(connection, landlord, id)?;
    if log.events.is_empty() { Err(Problem::not_found("case")) } else { Ok((id, log)) }
}

/// `GET …/history`: every event in order, with the digest that chains it to the one before.
pub async fn events(state: web::Data<State>, path: CasePath) -> Result<HttpResponse, Problem> {
    let shown = read(state, move |_, connection| {
        let (_, log) = log_of(connection, &path.0, &path.1)?;
        let events: Vec<_> = log
            .events
            .iter()
            .zip(&log.digests)
            .map(|(event, digest)| json!({ "event": event, "digest": digest }))
            .collect();
        Ok::<_, Problem>(json!({ "events": events }))
    })
    .await?;
    Ok(HttpResponse::Ok().json(shown))
}

/// Whether an event of the log refers to the record.
fn refers(log: &Log, record: RecordId) -> bool {
    let quoted = json!(record).to_string();
    log.events.iter().any(|event| json!(event).to_string().contains(&quoted))
}

/// The words that a letter quotes, read as they are wanted.
struct StoredWords<'a> {
    connection: RefCell<&'a mut Connection>,
    landlord: &'a str,
    /// The first failure to read: a letter with words missing is not shown.
    failed: RefCell<Option<StorageError>>,
}

impl Words for StoredWords<'_> {
    fn of(&self, record: RecordRef) -> Option<String> {
        records::body(*self.connection.borrow_mut(), self.landlord, record.record).unwrap_or_else(|error| {
            self.failed.borrow_mut().get_or_insert(error);
            None
        })
    }
}

/// The letters that a case's events called for, each with the event's number.
fn compose_all(
    state: &State,
    connection: &mut Connection,
    landlord: &str,
    case: &str,
) -> Result<Vec<(u32, Letter)>, Problem> {
    let (id, log) = log_of(connection, landlord, case)?;
    let Some((first, rest)) = log.events.split_first() else { return Err(Problem::not_found("case")) };
    let Some(mut case) = opened(id, first) else { return Err(Problem::internal()) };
    let rules = state.rulebook.of(&case.policy, &case.code)?;
    let words = StoredWords { connection: RefCell::new(connection), landlord, failed: RefCell::default() };
    let mut letters = Vec::new();
    let mut add = |case: &_, logged: &Logged| -> Result<(), Problem> {
        let letter = letter::compose(case, logged, &rules, &words).map_err(ExecuteError::from)?;
        letters.extend(letter.map(|letter| (logged.sequence, letter)));
        Ok(())
    };
    add(&case, first)?;
    for logged in rest {
        evolve(&mut case, logged);
        add(&case, logged)?;
    }
    match words.failed.into_inner() {
        Some(error) => Err(error.into()),
        None => Ok(letters),
    }
}

/// `GET …/letters`: the letters that policy and Code call for, in order.
pub async fn letters(state: web::Data<State>, path: CasePath) -> Result<HttpResponse, Problem> {
    let shown = read(state, move |state, connection| {
        let letters = compose_all(state, connection, &path.0, &path.1)?;
        let list: Vec<_> = letters
            .iter()
            .map(|(sequence, letter)| json!({ "sequence": sequence, "kind": letter.kind, "title": letter.title }))
            .collect();
        Ok::<_, Problem>(json!({ "letters": list }))
    })
    .await?;
    Ok(HttpResponse::Ok().json(shown))
}

/// `GET …/letters/{sequence}`: one letter, item by item and as plain text.
pub async fn letter(
    state: web::Data<State>,
    path: web::Path<(String, String, u32)>,
) -> Result<HttpResponse, Problem> {
    let shown = read(state, move |state, connection| {
        let letters = compose_all(state, connection, &path.0, &path.1)?;
        let (_, letter) = letters
            .into_iter()
            .find(|(sequence, _)| *sequence == path.2)
            .ok_or_else(|| Problem::not_found("letter"))?;
        Ok::<_, Problem>(json!({ "letter": letter, "text": letter.plain_text() }))
    })
    .await?;
    Ok(HttpResponse::Ok().json(shown))
}

/// `GET …/records/{record}`: the words that an event refers to, unless they have been erased.
pub async fn record(
    state: web::Data<State>,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let record: RecordId = path.2.parse().map_err(|_| Problem::not_found("record"))?;
    let body = read(state, move |_, connection| {
        let (_, log) = log_of(connection, &path.0, &path.1)?;
        // A complaint that came of another case refers to words that stand under that one: what counts is the reference.
        if !refers(&log, record) {
            return Err(Problem::not_found("record"));
        }
        records::body(connection, &path.0, record)?.ok_or_else(|| Problem::not_found("record"))
    })
    .await?;
    Ok(HttpResponse::Ok().json(json!({ "record": record, "body": body })))
}
