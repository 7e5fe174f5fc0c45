//! The rules that the service goes by: every policy version with every edition of the Code, on one calendar.

use std::collections::BTreeMap;
use std::sync::Arc;

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
                stamps.insert(key.clone(), stamp(profile, code, calendar)?);
                rules.insert(key, Arc::new(Rules::new(profile.clone(), code, calendar.clone())?));
            }
        }
        Ok(Self { library, calendar: calendar.clone(), rules, stamps })
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

fn stamp(profile: &Profile, code: &Code, calendar: &Calendar) -> anyhow::Result<String> {
    let made_of = (MAKING, profile, &code.id, calendar.version(), env!("CARGO_PKG_VERSION"));
    let digest = Sha256::digest(serde_json::to_vec(&made_of)?);
    Ok(digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}
