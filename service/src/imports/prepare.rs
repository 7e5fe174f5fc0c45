//! A row made ready to be kept: a whole case with its log, words and rows, or everything that is wrong with it.

use chrono::{DateTime, Utc};
use redress_shared::case::command::intake::Reference;
use redress_shared::case::record::Digest;
use redress_shared::case::{CaseId, replay};
use redress_shared::imports::{BEYOND_CALENDAR, Mapper, NO_RULES, Raw, logged, past_case};
use sha2::Digest as _;
use uuid::Uuid;

use super::RowError;
use super::row::MALFORMED;
use crate::rulebook::{NoRules, Rulebook};
use crate::storage::append::{Stored, stored};
use crate::storage::bulk::NewCase;
use crate::storage::records::PendingRecords;
use crate::storage::rows::{Rows, RowsError};

/// A case that a row holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// Its references; the first tells it from others.
    pub references: Vec<Reference>,
    /// A digest of what the row says of it.
    pub digest: Digest,
    /// The case.
    pub case: NewCase,
}

/// What every row of an import is made ready with.
pub struct Bench<'a> {
    /// The rules.
    pub rulebook: &'a Rulebook,
    /// Whose history it is.
    pub landlord: &'a str,
    /// How columns become fields.
    pub mapper: &'a Mapper<'a>,
    /// Whether special-category data may be brought in.
    pub special_category: bool,
    /// The clock's reading.
    pub now: DateTime<Utc>,
}

impl Bench<'_> {
    /// Makes a row ready.
    ///
    /// # Errors
    /// Everything that is wrong with the row.
    pub fn prepare(&self, raw: &Raw) -> Result<Box<Ready>, Vec<RowError>> {
        let past = past_case(self.mapper, raw, self.special_category)?;
        let one = |field: &str, code: &str, detail: &str| {
            vec![RowError::of(field, self.mapper.source(field), code, detail)]
        };
        let rules = self
            .rulebook
            .on(self.landlord, past.received.london_day())
            .map_err(|error| one("received", NO_RULES, &no_rules(&error)))?;
        let vault = PendingRecords::default();
        let log = logged(self.mapper, &past, &rules, &vault, self.now)?;
        let id = CaseId(Uuid::now_v7().as_u128());
        let nothing = || one("", MALFORMED, "nothing can be made of it");
        let case = replay(id, &log).ok_or_else(nothing)?;
        let stamp = self.rulebook.stamp(&case.policy, &case.code);
        let rows = Rows::of(self.landlord, &case, &rules, stamp).map_err(|error| match error {
            RowsError::Calendar(error) => one("received", BEYOND_CALENDAR, &error.to_string()),
            RowsError::Money(_) => one("", MALFORMED, &error.to_string()),
        })?;
        let mut events: Vec<Stored> = Vec::with_capacity(log.len());
        for logged in &log {
            let previous = events.last().map(|event| event.digest).unwrap_or_default();
            events.push(stored(id, previous, logged).map_err(|_| nothing())?);
        }
        let said = serde_json::to_vec(&past).map_err(|_| nothing())?;
        let digest = Digest(sha2::Sha256::digest(said).into());
        let case = NewCase { id, events, records: vault.into_records(), rows };
        Ok(Box::new(Ready { references: past.references.clone(), digest, case }))
    }
}

/// Why a case of the history has no rules, and what to do: none are made up for it, since its due dates would be made up too.
fn no_rules(error: &NoRules) -> String {
    match error {
        NoRules::Policy(_) => format!(
            "{error}; start the service with the version of the policy that was in force then, as one more file (`--policies`)"
        ),
        NoRules::Code(_) => {
            format!("{error}; a case from before that has no times to be held to, and stays where it is")
        }
        NoRules::NotLoaded { .. } => error.to_string(),
    }
}
