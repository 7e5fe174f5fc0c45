//! What is said on every page, and what must stand on none that is for everybody.

use std::path::PathBuf;

use clap::Args;
use redress_shared::case::command::intake::Person;

use crate::Result;
use crate::scan::Screen;

/// What must not be published, what may, and whether the cases are real.
#[derive(Debug, Args)]
pub(super) struct Shown {
    /// A file of names, addresses and the like that must not be published, a line each. What is published is looked through for them
    /// besides what looks personal, what the case data calls its cases, and the residents of a database.
    #[arg(long)]
    known: Option<PathBuf>,
    /// What names nobody, though it looks as if it did: an office's telephone number, say; may be given again.
    #[arg(long)]
    passed_over: Vec<String>,
    /// Say on every page that the cases are made up: for a database of simulated cases under a real landlord's name.
    #[arg(long, env = "REDRESS_DEMONSTRATION", value_parser = clap::builder::FalseyValueParser::new())]
    pub(super) demonstration: bool,
}

impl Shown {
    /// What is looked for in what is published of cases with these people and references; no people where they came without.
    ///
    /// # Errors
    /// When the file of what must not appear cannot be read.
    pub(super) fn screen(&self, people: Option<Vec<Person>>, references: Vec<String>) -> Result<Screen> {
        let known = self.known.as_deref().map(Screen::known).transpose()?.unwrap_or_default();
        let is_nameless = people.is_none() && known.is_empty();
        let passed_over = self.passed_over.clone();
        Ok(Screen { people: people.unwrap_or_default(), references, known, passed_over, is_nameless })
    }
}
