//! An edition of the Code, read from its data file and checked.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::checks;
use super::{Clocks, CodeError, CodeErrors, Contents, Evidence, Provision, ProvisionNumber, Section};

/// An edition of the Ombudsman's Complaint Handling Code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// Its short name, such as `2024`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Whether landlords are bound by law to follow it.
    pub statutory: bool,
    /// The first date on which it applies.
    pub in_force_from: NaiveDate,
    /// The last date on which it applies; absent while it is the current one.
    #[serde(default)]
    pub in_force_to: Option<NaiveDate>,
    /// Its limits of time.
    pub clocks: Clocks,
    /// What it wants letters and reports to state.
    #[serde(default)]
    pub contents: Contents,
    /// Its sections, in order; empty for an edition that is kept for its clocks alone.
    #[serde(default)]
    pub sections: Vec<Section>,
}

impl Code {
    /// Reads and checks an edition. `file` is the name that errors are reported under.
    ///
    /// # Errors
    /// Everything that is wrong with it at once, if it can be read at all.
    pub fn from_toml(file: &str, text: &str) -> Result<Code, CodeErrors> {
        let code: Code = parse(file, text)?;
        CodeErrors::unless_none(file, checks::errors_in(&code), code)
    }

    /// Its provisions in order: the rows of the self-assessment form.
    pub fn provisions(&self) -> impl Iterator<Item = &Provision> {
        self.sections.iter().flat_map(|section| &section.provisions)
    }

    /// The provision with this number, if the edition has one.
    ///
    /// ```
    /// use redress_shared::code::Code;
    /// let code = Code::embedded("2024")?;
    /// assert!(code.provision("6.20").is_some());
    /// // 1.1 introduces the Code and asks for nothing.
    /// assert!(code.provision("1.1").is_none());
    /// # Ok::<(), redress_shared::code::CodeUnavailable>(())
    /// ```
    pub fn provision(&self, number: &str) -> Option<&Provision> {
        number.parse().ok().and_then(|number| self.provision_numbered(number))
    }

    /// As [`Code::provision`], for a number already read.
    pub fn provision_numbered(&self, number: ProvisionNumber) -> Option<&Provision> {
        self.provisions().find(|provision| provision.number == number)
    }

    /// Its provisions for which evidence of this kind can serve, in order.
    pub fn evidenced_by(&self, kind: Evidence) -> impl Iterator<Item = &Provision> {
        self.provisions().filter(move |provision| provision.is_evidenced_by(kind))
    }

    /// Whether it is the edition that applies to what was received on this date.
    pub fn is_in_force_on(&self, date: NaiveDate) -> bool {
        self.in_force_from <= date && self.in_force_to.is_none_or(|last| date <= last)
    }
}

/// Reads a data file, with an error that carries its name.
pub(crate) fn parse<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, CodeErrors> {
    toml::from_str(text).map_err(|error| CodeErrors {
        file: file.to_owned(),
        errors: vec![CodeError::Unreadable(error.to_string())],
    })
}
