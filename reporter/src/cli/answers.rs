//! `answers`: a ready-made file of answers, on standard output.

use std::path::PathBuf;

use clap::Args;

use super::common::Common;
use super::each::{About, Product, Report};
use super::files;
use super::in_year::InYear;
use crate::Result;

/// Prints a ready-made file of answers: each provision with what is known and what is proposed, nothing confirmed.
#[derive(Debug, Args)]
pub(super) struct Answers {
    #[command(flatten)]
    year: InYear,
    /// The answers of the year before: their evidence and commentary are taken over, marked with their year.
    #[arg(long, conflicts_with = "all")]
    last: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

impl Report for Answers {
    fn common(&self) -> &Common {
        &self.common
    }

    fn make(&self, about: &About<'_>) -> Result<Product> {
        let request = files::with(
            about.request(self.year.span(&about.source.landlord)?)?,
            None,
            self.last.as_ref(),
            None,
        )?;
        crate::answers_of(about.source, &request).map(Product::Text)
    }
}
