//! The letters that a case's events called for.

use std::cell::RefCell;

use actix_web::HttpResponse;
use redress_shared::case::record::RecordRef;
use redress_shared::case::{CaseId, Logged, evolve, opened};
use redress_shared::letter::{self, Letter, LetterKind, Words};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CasePath, log_of};
use crate::application::State;
use crate::http::caller::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::problem::Problem;
use crate::storage::{Connection, StorageError, records};
use crate::use_cases::execute::ExecuteError;

/// The letters of a case.
#[derive(Debug, Serialize, JsonSchema)]
struct Letters {
    /// The letters, in the order of their events.
    letters: Vec<Heading>,
}

/// A letter in a list.
#[derive(Debug, Serialize, JsonSchema)]
struct Heading {
    /// The number of the event that calls for it.
    sequence: u32,
    /// Which letter.
    kind: LetterKind,
    /// What it is, in a few words.
    title: String,
}

/// A whole letter.
#[derive(Debug, Serialize, JsonSchema)]
struct Shown {
    /// The letter, item by item.
    letter: Letter,
    /// The same as plain text.
    text: String,
}

/// Which letter.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LetterPath {
    /// The case's id.
    case: CaseId,
    /// The number of the event that calls for it.
    letter: u32,
}

/// `GET /v1/cases/{case}/letters`.
pub fn list() -> Operation {
    Operation::get("/v1/cases/{case}/letters", "listLetters", Tag::Cases)
        .says("The letters of a case", "Those that policy and Code call for, in order.")
        .needs(Scope::PersonalRead)
        .can_be_refused()
        .answers(Answer::json::<Letters>(200, "The letters."))
        .handled(headings)
}

/// `GET /v1/cases/{case}/letters/{letter}`.
pub fn one() -> Operation {
    Operation::get("/v1/cases/{case}/letters/{letter}", "getLetter", Tag::Cases)
        .says("One letter", "Item by item, each with the clause that wants it said, and as plain text.")
        .needs(Scope::PersonalRead)
        .can_be_refused()
        .answers(Answer::json::<Shown>(200, "The letter."))
        .handled(show)
}

async fn headings(call: Call<CasePath, Nothing>) -> Result<HttpResponse, Problem> {
    let (landlord, case) = (call.caller.landlord, call.path.case);
    let all = crate::http::read(call.state, move |state, connection| {
        compose_all(state, connection, &landlord, case)
    })
    .await?;
    let heading =
        |(sequence, letter): (u32, Letter)| Heading { sequence, kind: letter.kind, title: letter.title };
    Ok(HttpResponse::Ok().json(Letters { letters: all.into_iter().map(heading).collect() }))
}

async fn show(call: Call<LetterPath, Nothing>) -> Result<HttpResponse, Problem> {
    let (landlord, path) = (call.caller.landlord, call.path);
    let case = path.case;
    let all = crate::http::read(call.state, move |state, connection| {
        compose_all(state, connection, &landlord, case)
    })
    .await?;
    let found = all.into_iter().find(|(sequence, _)| *sequence == path.letter);
    let (_, letter) = found.ok_or_else(|| Problem::not_found("letter"))?;
    let text = letter.plain_text();
    Ok(HttpResponse::Ok().json(Shown { letter, text }))
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
    id: CaseId,
) -> Result<Vec<(u32, Letter)>, Problem> {
    let log = log_of(connection, landlord, id)?;
    let Some((first, rest)) = log.events.split_first() else { return Err(Problem::not_found("case")) };
    let Some(mut case) = opened(id, first) else { return Err(Problem::internal()) };
    let rules = state.rulebook().of(&case.policy, &case.code)?;
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
