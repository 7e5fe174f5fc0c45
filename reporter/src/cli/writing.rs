//! Where what is written goes, and in which formats.

use std::path::PathBuf;

use clap::Args;

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
}

impl Writing {
    /// The formats asked for, each once.
    pub(super) fn formats(&self) -> Vec<Format> {
        let mut formats = self.format.clone();
        formats.sort_unstable();
        formats.dedup();
        formats
    }
}
