//! The letters that a case's events call for, from one reading of its log and its words.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use redress_shared::case::record::RecordRef;
use redress_shared::case::{Case, CaseId, Logged, RecordId, Rules, evolve, opened, put_right};
use redress_shared::letter::{self, Letter, LetterKind, Missing, Words};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::problem::Problem;
use crate::rulebook::Rulebook;
use crate::storage::records::{self, Kept};
use crate::storage::{Connection, StorageError, events};
use crate::use_cases::execute::ExecuteError;

/// Which letter of a case: the number of the event that calls for it; where an event calls for more than one, those after the first
/// have their kind after the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LetterId {
    /// The number of the event.
    pub sequence: u32,
    /// The kind, where it is not the event's first letter.
    pub besides: Option<LetterKind>,
}

/// Something that is no letter's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is no id of a letter: 12, or 12-survey")]
pub struct NotALetter;

impl FromStr for LetterId {
    type Err = NotALetter;

    fn from_str(text: &str) -> Result<Self, NotALetter> {
        let (number, kind) = text.split_once('-').map_or((text, None), |(number, kind)| (number, Some(kind)));
        let sequence: u32 = number.parse().ok().filter(|number| *number > 0).ok_or(NotALetter)?;
        let besides = kind.map(str::parse).transpose().map_err(|_| NotALetter)?;
        let id = Self { sequence, besides };
        if id.to_string() == text { Ok(id) } else { Err(NotALetter) }
    }
}

impl TryFrom<String> for LetterId {
    type Error = NotALetter;

    fn try_from(text: String) -> Result<Self, NotALetter> {
        text.parse()
    }
}

impl From<LetterId> for String {
    fn from(id: LetterId) -> Self {
        id.to_string()
    }
}

impl fmt::Display for LetterId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.sequence)?;
        self.besides.map_or(Ok(()), |kind| write!(formatter, "-{kind}"))
    }
}

impl JsonSchema for LetterId {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "LetterId".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let kinds: Vec<&str> = LetterKind::ALL.iter().map(|kind| kind.as_str()).collect();
        schemars::json_schema!({
            "description": "The number of the event that calls for the letter; where an event calls for more than one, those after \
                the first have their kind after it.",
            "type": "string",
            "pattern": format!("^[1-9][0-9]{{0,8}}(-({}))?$", kinds.join("|")),
            "examples": ["12", "12-survey"],
        })
    }
}

/// A letter that an event calls for.
#[derive(Debug, Clone)]
pub struct Called {
    /// Which.
    pub id: LetterId,
    /// What it says.
    pub letter: Letter,
    /// What the policy and the Code want it to say.
    pub required: Vec<Missing>,
    /// What to quote in an answer to it.
    pub reference: String,
    /// The policy that the case falls under.
    pub policy: String,
}

/// The words that letters quote: those of the case read at once, and those of the case that it came out of one by one.
struct StoredWords<'a> {
    of_case: BTreeMap<RecordId, Kept>,
    connection: RefCell<&'a mut Connection>,
    landlord: &'a str,
    /// The first failure to read: a letter with words missing is not shown.
    failed: RefCell<Option<StorageError>>,
}

impl Words for StoredWords<'_> {
    fn of(&self, record: RecordRef) -> Option<String> {
        if let Some(kept) = self.of_case.get(&record.record) {
            return Some(kept.body.clone());
        }
        records::body(*self.connection.borrow_mut(), self.landlord, record.record).unwrap_or_else(|error| {
            self.failed.borrow_mut().get_or_insert(error);
            None
        })
    }
}

/// The letters that a case's events called for, in order: each by what is known now of its event and of the case at that time, so that
/// one that is still to go out is addressed, dated and reckoned by what has been put right since.
///
/// # Errors
/// 404 where the landlord has no such case; when a date leaves the calendar, the rules are not loaded, or the database fails.
pub fn all(
    rulebook: &Rulebook,
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
) -> Result<Vec<Called>, Problem> {
    called(rulebook, connection, (landlord, case), None)
}

/// One letter of a case.
///
/// # Errors
/// As [`all`]; 404 where there is no such letter.
pub fn one(
    rulebook: &Rulebook,
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
    id: LetterId,
) -> Result<Called, Problem> {
    let found = called(rulebook, connection, (landlord, case), Some(id.sequence))?;
    found.into_iter().find(|called| called.id == id).ok_or_else(|| Problem::not_found("letter"))
}

/// The letters of one event, or of all.
fn called(
    rulebook: &Rulebook,
    connection: &mut Connection,
    (landlord, id): (&str, CaseId),
    wanted: Option<u32>,
) -> Result<Vec<Called>, Problem> {
    let log = events::load(connection, landlord, id)?;
    let Some((first, rest)) = log.events.split_first() else { return Err(Problem::not_found("case")) };
    let Some(mut case) = opened(id, first) else { return Err(Problem::internal()) };
    let rules = rulebook.of(&case.policy, &case.code)?;
    let of_case = records::of_case(connection, landlord, id)?;
    let words =
        StoredWords { of_case, connection: RefCell::new(connection), landlord, failed: RefCell::default() };
    let mut letters = Vec::new();
    let (mut logged, mut since) = (first, rest);
    loop {
        if wanted.is_none_or(|sequence| sequence == logged.sequence) {
            let (case, logged) = put_right(&case, logged, since);
            letters.extend(of_event(&case, &logged, &rules, &words)?);
        }
        match since.split_first() {
            Some((next, rest)) if wanted.is_none_or(|sequence| next.sequence <= sequence) => {
                (logged, since) = (next, rest);
                evolve(&mut case, logged);
            }
            _ => break,
        }
    }
    match words.failed.into_inner() {
        Some(error) => Err(error.into()),
        None => Ok(letters),
    }
}

fn of_event(
    case: &Case,
    logged: &Logged,
    rules: &Rules,
    words: &dyn Words,
) -> Result<impl Iterator<Item = Called>, Problem> {
    let letters = letter::compose(case, logged, rules, words).map_err(ExecuteError::from)?;
    let reference = case.facts.references.first();
    let reference = reference.map_or_else(|| case.id.to_string(), |known| known.value.as_str().to_owned());
    let sequence = logged.sequence;
    let called = letters.into_iter().enumerate().map(|(place, letter)| Called {
        id: LetterId { sequence, besides: (place > 0).then_some(letter.kind) },
        required: letter::required(&letter, case, rules),
        reference: reference.clone(),
        policy: case.policy.clone(),
        letter,
    });
    Ok(called.collect::<Vec<_>>().into_iter())
}

#[cfg(test)]
mod tests {
    use super::LetterId;

    #[test]
    fn an_id_reads_as_it_is_written() {
        for text in ["1", "12", "12-survey", "3-consent-request"] {
            assert_eq!(text.parse::<LetterId>().unwrap().to_string(), text);
        }
        for text in ["", "0", "-1", "01", "+1", "1-", "1-nothing", "1-survey-", "a", "1 ", "99999999999"] {
            assert!(text.parse::<LetterId>().is_err(), "{text}");
        }
    }
}
