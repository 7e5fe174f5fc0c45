//! Letters as they are sent: what a letter says comes from the rules ([`redress_shared::letter`]), what it looks like from templates,
//! and how the landlord presents itself from its policy's profile.

pub mod called;
mod hidden;
mod said;
mod sample;
mod sources;
mod templates;
#[cfg(test)]
mod tests;
mod view;

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use redress_shared::letter::{Addressee, Missing};
use redress_shared::policy::Library;
use redress_stationery::logo;
pub use redress_stationery::{TemplateProblem, TemplateProblems};

pub use self::called::{Called, LetterId};
pub use self::sources::Form;
pub use self::templates::{Printed, Templates};
use self::view::{Paper, View};

/// What letters are printed with.
#[derive(Debug)]
pub struct Stationery {
    templates: Templates,
    /// By the id of the policy.
    logos: BTreeMap<String, String>,
}

impl Stationery {
    /// Reads the templates of a folder that has one for each landlord, and the logos that stand beside the profiles.
    ///
    /// # Errors
    /// Everything that is wrong with any of them, a line each.
    pub fn load(
        library: &Library,
        templates: Option<&Path>,
        policies: Option<&Path>,
    ) -> anyhow::Result<Self> {
        let landlords: Vec<&str> = library.landlords().collect();
        Ok(Self {
            templates: Templates::load(templates, Some(&landlords))?,
            logos: logo::load(library, policies)?,
        })
    }

    /// Prints a letter for one of its addressees. The landlord is presented as the policy does that is in force on the day on which it
    /// is printed, or, where that says nothing, as the one does that the case falls under: a telephone number changes, also for those
    /// whose complaint is an old one.
    ///
    /// # Errors
    /// When a template fails.
    pub fn print(
        &self,
        library: &Library,
        called: &Called,
        to: &Addressee,
        today: NaiveDate,
    ) -> Result<Printed, handlebars::RenderError> {
        let Ok(own) = library.by_id(&called.policy) else {
            return Err(handlebars::RenderErrorReason::Other("the policy is not loaded".to_owned()).into());
        };
        let landlord = &own.landlord;
        let now = library.in_force(&landlord.id, today).ok().filter(|profile| profile.letterhead.is_some());
        let profile = now.unwrap_or(own);
        let paper = Paper {
            landlord,
            letterhead: profile.letterhead.as_ref(),
            logo: self.logos.get(&profile.policy.id).map(String::as_str),
        };
        let view = View::new(&called.letter, &called.reference, to, paper);
        self.templates.print(&landlord.id, &view)
    }
}

/// What the policy and the Code want in a letter that the printed one does not say.
#[must_use]
pub fn left_out(called: &Called, printed: &Printed) -> Vec<Missing> {
    said::left_out(&called.letter, &called.required, printed)
}
