//! `extract`: the case tables as Parquet files.

use std::path::PathBuf;

use clap::Args;

use super::cases::Cases;
use super::each::{Console, Product};
use super::policies::Policies;
use crate::Result;
use crate::source::{Snapshot, extract};

/// Write the case tables as Parquet files, filed by landlord and year, for other engines and for --extract.
#[derive(Debug, Args)]
pub(super) struct Extract {
    /// The folder; an extract that was there before is replaced whole.
    #[arg(long, value_name = "DIR")]
    output: PathBuf,
    #[command(flatten)]
    cases: Cases,
    #[command(flatten)]
    policies: Policies,
}

impl Extract {
    /// Writes the extract, and gives the exit code.
    pub(super) fn run(&self, console: &mut Console<'_>) -> u8 {
        self.write(console).map_or_else(|error| console.failed("", &error), |()| 0)
    }

    fn write(&self, console: &mut Console<'_>) -> Result<()> {
        let origin = self.cases.origin(&self.policies.library()?, console)?;
        let mut snapshot = Snapshot::open(origin)?;
        let landlords = self.cases.landlords(&mut snapshot)?;
        let ids: Vec<&str> = landlords.iter().map(|landlord| landlord.landlord_id.as_str()).collect();
        let parts = extract::write(&mut snapshot, &ids, &self.output)?;
        let rows: usize = parts.iter().map(|part| part.rows).sum();
        let _ = writeln!(console.errors, "{rows} rows of {} landlords in {} files", ids.len(), parts.len());
        console.show(&Product::Files(vec![self.output.clone()]))
    }
}
