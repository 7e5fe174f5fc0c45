//! Where what is written goes, and in which formats.

use std::path::PathBuf;

use clap::Args;
use redress_shared::policy::Library;

use super::policies::Policies;
use crate::Result;
use crate::look::Looks;
use crate::output::Format;

/// The folder and the formats.
#[derive(Debug, Args)]
pub(super) struct Writing {
    /// The folder the reports go to.
    #[arg(long, default_value = "reports")]
    pub(super) out: PathBuf,
    /// What is written: a page, a folder with a CSV file for each table, the whole as JSON; several with commas between.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "html")]
    format: Vec<Format>,
    /// A folder with a folder for each landlord that has templates of its own, by the names of the program's: annual.hbs,
    /// committee.hbs, self-assessment.hbs, tsm.hbs, what-if.hbs, code-check.hbs, and partials/.
    #[arg(long, env = "REDRESS_REPORT_TEMPLATES")]
    templates: Option<PathBuf>,
}

impl Writing {
    /// How the landlords' reports look.
    ///
    /// # Errors
    /// When a template or a logo is not what it must be: every problem is named.
    pub(super) fn looks(&self, library: &Library, policies: &Policies) -> Result<Looks> {
        Looks::load(library, self.templates.as_deref(), policies.folder())
    }

    /// The formats asked for, each once.
    pub(super) fn formats(&self) -> Vec<Format> {
        let mut formats = self.format.clone();
        formats.sort_unstable();
        formats.dedup();
        formats
    }
}
