//! `code-check`: policies held against the Ombudsman's Code. It reads no cases.

use chrono::NaiveDate;
use clap::{ArgGroup, Args};
use redress_shared::code::{Code, code_in_force};
use redress_shared::policy::{Library, Profile};

use super::each::{Console, Product};
use super::policies::{Policies, profile};
use super::writing::Writing;
use crate::{Error, Result};

/// Hold policies against the Code that they fall under: where they depart from it, and what it allows.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("whose").required(true))]
pub(super) struct CodeCheck {
    /// The policy of this landlord that is in force on the date.
    #[arg(long, group = "whose")]
    landlord: Option<String>,
    /// Those of every landlord.
    #[arg(long, group = "whose")]
    all: bool,
    /// This policy, whenever it is in force: its id, or the path of a profile.
    #[arg(long, group = "whose")]
    policy: Option<String>,
    /// The edition of the Code, instead of the one in force on the date.
    #[arg(long)]
    code: Option<String>,
    /// The date: what is received on it falls under these policies and this Code.
    #[arg(long)]
    as_of: NaiveDate,
    #[command(flatten)]
    policies: Policies,
    #[command(flatten)]
    writing: Writing,
}

impl CodeCheck {
    /// Writes the checks, and gives the exit code.
    pub(super) fn run(&self, console: &mut Console<'_>) -> u8 {
        self.all(console).map_or_else(|error| console.failed("", &error), |()| 0)
    }

    fn all(&self, console: &mut Console<'_>) -> Result<()> {
        let library = self.policies.library()?;
        let looks = self.writing.looks(&library, &self.policies)?;
        let code = match &self.code {
            Some(id) => Code::embedded(id),
            None => code_in_force(self.as_of),
        };
        let code = code.map_err(|error| Error::Request(error.to_string()))?;
        for profile in self.profiles(&library)? {
            let to = (self.writing.out.as_path(), &self.writing.formats()[..]);
            let look = looks.of(&profile.landlord.id, Some(&profile));
            let paths = crate::code_check((&profile, code), self.as_of, to, look)?;
            console.show(&Product::Files(paths))?;
        }
        Ok(())
    }

    fn profiles(&self, library: &Library) -> Result<Vec<Profile>> {
        if let Some(policy) = &self.policy {
            return Ok(vec![profile(library, policy)?]);
        }
        let in_force = |landlord: &str| library.in_force(landlord, self.as_of).cloned();
        match &self.landlord {
            Some(landlord) => {
                let found = in_force(landlord).map_err(|error| Error::Request(error.to_string()))?;
                Ok(vec![found])
            }
            // A landlord whose policy is not in force yet has none to hold against anything.
            None => Ok(library.landlords().filter_map(|landlord| in_force(landlord).ok()).collect()),
        }
    }
}
