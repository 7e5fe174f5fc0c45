//! Rows become cases under the landlord's rules.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use redress_shared::calendar::Calendar;
use redress_shared::case::command::intake::Person;
use redress_shared::case::history::PastCase;
use redress_shared::case::rows::RowsError;
use redress_shared::case::{CaseId, Rules, chain, replay};
use redress_shared::code::code_in_force;
use redress_shared::imports::row::MALFORMED;
use redress_shared::imports::{BEYOND_CALENDAR, Mapper, NO_RULES, Raw, RowError, logged, past_case};
use redress_shared::policy::Library;
use sha2::{Digest as _, Sha256};

use super::Counts;
use super::words::Words;
use crate::error::{Error, Result};
use crate::source::contract::Held;
use crate::source::of_case::{Filling, Made};
use crate::source::{Landlord, Stock};

/// Whether a row has said the same before; or the field, code and detail, where another has the reference and says otherwise.
type Taken = std::result::Result<bool, (String, &'static str, &'static str)>;

/// The cases that rows have made.
pub(super) struct Cases<'a> {
    library: &'a Library,
    landlord: String,
    calendar: Calendar,
    rules: BTreeMap<(String, String), Rules>,
    now: DateTime<Utc>,
    /// By reference, the case that has it, and what its row says.
    taken: BTreeMap<(String, String), [u8; 32]>,
    filling: Filling,
    people: Vec<Person>,
    counts: Counts,
}

impl<'a> Cases<'a> {
    pub(super) fn new(
        library: &'a Library,
        landlord: Landlord,
        stock: Vec<Stock>,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let calendar = Calendar::england_and_wales().map_err(|error| Error::Calendar(error.to_string()))?;
        Ok(Self {
            library,
            landlord: landlord.landlord_id.clone(),
            calendar,
            rules: BTreeMap::new(),
            now,
            taken: BTreeMap::new(),
            filling: Filling::new(landlord, stock, None),
            people: Vec::new(),
            counts: Counts::default(),
        })
    }

    /// Makes a row a case, and gives everything that is wrong with it.
    pub(super) fn row(&mut self, mapper: &Mapper<'_>, raw: &Raw) -> Vec<RowError> {
        self.counts.rows += 1;
        match past_case(mapper, raw, true) {
            Ok(past) => self.case(mapper, &past).err().unwrap_or_default(),
            Err(mut wrong) => {
                wrong.extend(self.unmade(mapper, raw));
                wrong
            }
        }
    }

    /// What is wrong with the reference of a row that makes no case, so that it is told with the rest.
    fn unmade(&mut self, mapper: &Mapper<'_>, raw: &Raw) -> Option<RowError> {
        let (value, _) = mapper.map(raw);
        let part = |name: &str| Some(value.pointer(&format!("/references/0/{name}"))?.as_str()?.to_owned());
        let keys = vec![(part("system")?, part("value")?)];
        let digest = Sha256::digest(value.to_string()).into();
        let (field, code, detail) = self.taken_by(keys, digest).err()?;
        Some(RowError::of(&field, mapper.source(&field), code, detail))
    }

    /// Whether no row has come yet.
    pub(super) const fn is_without_rows(&self) -> bool {
        self.counts.rows == 0
    }

    fn case(&mut self, mapper: &Mapper<'_>, past: &PastCase) -> std::result::Result<(), Vec<RowError>> {
        let one = |field: &str, code: &str, detail: &str| {
            vec![RowError::of(field, mapper.source(field), code, detail)]
        };
        if self.is_taken(past).map_err(|(field, code, detail)| one(&field, code, detail))? {
            self.counts.again += 1;
            return Ok(());
        }
        let key = self.key(past).map_err(|detail| one("received", NO_RULES, &detail))?;
        let rules = &self.rules[&key];
        let id = self.id(past);
        let words = Words::of(id);
        let mut log = logged(mapper, past, rules, &words, self.now)?;
        for event in &mut log {
            // When another system was told is not known; the same file is to make the same log on any day.
            event.recorded_at = event.occurred_at;
        }
        let nothing = || one("", MALFORMED, "nothing can be made of it");
        let case = replay(id, &log).ok_or_else(nothing)?;
        let stored: std::result::Result<Vec<String>, _> = log.iter().map(chain::stored).collect();
        let stored = stored.map_err(|_| nothing())?;
        let made = Made { case: &case, rules, log: &stored, words: &|record| words.said(record) };
        self.filling.put(&made).map_err(|error| match error {
            RowsError::Calendar(error) => one("received", BEYOND_CALENDAR, &error.to_string()),
            RowsError::Money(_) => one("", MALFORMED, &error.to_string()),
        })?;
        self.people.extend(words.people());
        self.counts.cases += 1;
        Ok(())
    }

    /// Whether a row has said the very same before.
    ///
    /// # Errors
    /// The field, code and detail, where another row has one of its references and says otherwise.
    fn is_taken(&mut self, past: &PastCase) -> Taken {
        let says = serde_json::to_vec(past).unwrap_or_default();
        let digest: [u8; 32] = Sha256::digest(says).into();
        let keys: Vec<(String, String)> = past
            .references
            .iter()
            .map(|reference| (reference.system.as_str().to_owned(), reference.value.as_str().to_owned()))
            .collect();
        self.taken_by(keys, digest)
    }

    fn taken_by(&mut self, keys: Vec<(String, String)>, digest: [u8; 32]) -> Taken {
        for (index, key) in keys.iter().enumerate() {
            let field = format!("references.{index}.value");
            match self.taken.get(key) {
                Some(known) if *known == digest => return Ok(true),
                Some(_) if index == 0 => {
                    return Err((
                        field,
                        "exists-differently",
                        "another row has this reference, and says otherwise",
                    ));
                }
                Some(_) => return Err((field, "reference-taken", "another case has this reference")),
                None => {}
            }
        }
        self.taken.extend(keys.into_iter().map(|key| (key, digest)));
        Ok(false)
    }

    /// The policy and the edition of the Code that a case falls under, made ready.
    fn key(&mut self, past: &PastCase) -> std::result::Result<(String, String), String> {
        let day = past.received.london_day();
        let profile = self.library.in_force(&self.landlord, day).map_err(|error| {
            format!(
                "{error}; put the version of the policy that was in force then into the folder of --policies"
            )
        })?;
        let code = code_in_force(day).map_err(|error| {
            format!(
                "{error}; a case from before that has no times to be held to, and is left out of the file"
            )
        })?;
        let key = (profile.policy.id.clone(), code.id.clone());
        if !self.rules.contains_key(&key) {
            let rules = Rules::new(profile.clone(), code, self.calendar.clone());
            self.rules.insert(key.clone(), rules.map_err(|error| error.to_string())?);
        }
        Ok(key)
    }

    /// The same case has the same id whenever the file is read.
    fn id(&self, past: &PastCase) -> CaseId {
        let mut hasher = Sha256::new();
        let first = past.references.first();
        let parts = [
            self.landlord.as_str(),
            first.map_or("", |reference| reference.system.as_str()),
            first.map_or("", |reference| reference.value.as_str()),
        ];
        for part in parts {
            hasher.update(part.as_bytes());
            hasher.update([0]);
        }
        let digest: [u8; 32] = hasher.finalize().into();
        CaseId(digest.iter().take(16).fold(0, |id, byte| (id << 8) | u128::from(*byte)))
    }

    /// The rows of all cases.
    ///
    /// # Errors
    /// When a row of the files is neither a case nor named.
    pub(super) fn done(self) -> Result<(Held, Counts)> {
        let Counts { rows, cases, again } = self.counts;
        // A file without a column of names tells of nobody to look for.
        let people = (!self.people.is_empty()).then_some(self.people);
        let held = Held { people, ..self.filling.done(None) };
        if rows != cases + again || held.report_cases.len() != cases {
            let (made, there) = (cases, held.report_cases.len());
            let lost =
                format!("{rows} rows made {made} cases and said {again} again, and {there} cases are there");
            return Err(Error::Unreconciled(vec![lost]));
        }
        Ok((held, self.counts))
    }
}
