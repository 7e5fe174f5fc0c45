//! The rules that the service goes by: every policy version with every edition of the Code, on one calendar.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::NaiveDate;
use redress_shared::calendar::Calendar;
use redress_shared::case::Rules;
use redress_shared::code::{Code, code_in_force, codes};
use redress_shared::policy::{Library, NoPolicy, Profile};
use sha2::{Digest, Sha256};

use crate::storage::rows::MAKING;

/// Every policy version with every edition of the Code.
#[derive(Debug)]
pub struct Rulebook {
    library: Library,
    calendar: Calendar,
    number: i32,
    earlier: Vec<String>,
    rules: BTreeMap<(String, String), Arc<Rules>>,
    stamps: BTreeMap<(String, String), String>,
}

/// Why there are no rules to go by.
#[derive(Debug, thiserror::Error)]
pub enum NoRules {
    /// No policy of the landlord covers the day.
    #[error(transparent)]
    Policy(#[from] NoPolicy),
    /// No edition of the Code covers the day.
    #[error("{0}")]
    Code(String),
    /// A case names rules that this program does not have.
    #[error(
        "the policy `{policy}` with the Code {code} is not loaded; start the service with the file that has it"
    )]
    NotLoaded {
        /// The policy version.
        policy: String,
        /// The edition of the Code.
        code: String,
    },
}

impl Rulebook {
    /// Combines every policy with every edition of the Code.
    ///
    /// # Errors
    /// When an embedded data file does not read, or a policy's closures are backwards.
    pub fn new(library: Library, calendar: &Calendar) -> anyhow::Result<Self> {
        let mut rules = BTreeMap::new();
        let mut stamps = BTreeMap::new();
        let codes = codes().map_err(|errors| anyhow::anyhow!("{errors}"))?;
        for profile in library.all() {
            for code in codes {
                let key = (profile.policy.id.clone(), code.id.clone());
                stamps.insert(key.clone(), stamp(profile, code, calendar.version())?);
                rules.insert(key, Arc::new(Rules::new(profile.clone(), code, calendar.clone())?));
            }
        }
        Ok(Self { library, calendar: calendar.clone(), number: 0, earlier: Vec::new(), rules, stamps })
    }

    /// The same policies on a calendar that was kept under that number; `earlier` are the versions of those that held before it.
    ///
    /// # Errors
    /// As [`Rulebook::new`].
    pub fn on_calendar(
        library: Library,
        calendar: &Calendar,
        number: i32,
        earlier: Vec<String>,
    ) -> anyhow::Result<Self> {
        Ok(Self { number, earlier, ..Self::new(library, calendar)? })
    }

    /// The number under which the calendar is kept; 0 for the one that came with the program.
    #[must_use]
    pub const fn number(&self) -> i32 {
        self.number
    }

    /// A word for everything that any rows are made by: two rulebooks with the same one give the same rows.
    #[must_use]
    pub fn stamp_of_all(&self) -> String {
        let all: Vec<&String> = self.stamps.values().collect();
        short(&Sha256::digest(all.iter().map(|stamp| stamp.as_bytes()).collect::<Vec<_>>().concat()))
    }

    /// The stamps of all rows that are made by these rules.
    #[must_use]
    pub fn stamps(&self) -> Vec<String> {
        self.stamps.values().cloned().collect()
    }

    /// The version of the calendar that rows with that stamp were made on; none where they were made by another program or another
    /// policy.
    #[must_use]
    pub fn calendar_of(&self, policy: &str, code: &str, made_by: &str) -> Option<&str> {
        let rules = self.of(policy, code).ok()?;
        let known = std::iter::once(self.calendar.version()).chain(self.earlier.iter().map(String::as_str));
        known
            .into_iter()
            .find(|version| stamp(&rules.profile, rules.code, version).is_ok_and(|stamp| stamp == made_by))
    }

    /// The policies.
    #[must_use]
    pub const fn library(&self) -> &Library {
        &self.library
    }

    /// The calendar, without any landlord's closures.
    #[must_use]
    pub const fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Whether there is such a landlord.
    #[must_use]
    pub fn has_landlord(&self, landlord: &str) -> bool {
        !self.library.versions(landlord).is_empty()
    }

    /// The rules for something received on a day.
    ///
    /// # Errors
    /// When no policy of the landlord, or no edition of the Code, covers the day.
    pub fn on(&self, landlord: &str, received_on: NaiveDate) -> Result<Arc<Rules>, NoRules> {
        let profile = self.library.in_force(landlord, received_on)?;
        let code = code_in_force(received_on).map_err(|error| NoRules::Code(error.to_string()))?;
        self.of(&profile.policy.id, &code.id)
    }

    /// The rules that a case names.
    ///
    /// # Errors
    /// When they are not loaded.
    pub fn of(&self, policy: &str, code: &str) -> Result<Arc<Rules>, NoRules> {
        let key = (policy.to_owned(), code.to_owned());
        let not_loaded = || NoRules::NotLoaded { policy: policy.to_owned(), code: code.to_owned() };
        self.rules.get(&key).cloned().ok_or_else(not_loaded)
    }

    /// A word for everything that the rows of a case are made by: two rules with the same stamp give the same rows.
    #[must_use]
    pub fn stamp(&self, policy: &str, code: &str) -> &str {
        let key = (policy.to_owned(), code.to_owned());
        self.stamps.get(&key).map_or("", String::as_str)
    }
}

fn stamp(profile: &Profile, code: &Code, calendar: &str) -> anyhow::Result<String> {
    let made_of = (MAKING, profile, &code.id, calendar, env!("CARGO_PKG_VERSION"));
    Ok(short(&Sha256::digest(serde_json::to_vec(&made_of)?)))
}

fn short(digest: &[u8]) -> String {
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The rulebook that holds at the moment. It is replaced whole, while those who have begun go on with the one that they took.
#[derive(Debug)]
pub struct InForce(RwLock<Arc<Rulebook>>);

impl InForce {
    /// Begins with a rulebook.
    #[must_use]
    pub fn new(rulebook: Rulebook) -> Self {
        Self(RwLock::new(Arc::new(rulebook)))
    }

    /// The one that holds.
    #[must_use]
    pub fn get(&self) -> Arc<Rulebook> {
        // Nothing panics while it is being replaced, so that a poisoned lock cannot hold half of one.
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts another in its place.
    pub fn put(&self, rulebook: Rulebook) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(rulebook);
    }
}
