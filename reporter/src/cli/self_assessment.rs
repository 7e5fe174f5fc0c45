//! `self-assessment`: the form by itself.

use clap::Args;

use super::common::Common;
use super::each::{About, Product, Report};
use super::files::Files;
use super::in_year::InYear;
use crate::Result;

/// The self-assessment against the Ombudsman's Code, by itself, on the form of the edition in force at the end of the year.
#[derive(Debug, Args)]
pub(super) struct SelfAssessment {
    #[command(flatten)]
    year: InYear,
    #[command(flatten)]
    files: Files,
    #[command(flatten)]
    common: Common,
}

impl Report for SelfAssessment {
    fn common(&self) -> &Common {
        &self.common
    }

    fn make(&self, about: &About<'_>) -> Result<Product> {
        let request = self.files.read_into(about, about.request(self.year.span(&about.source.landlord)?)?)?;
        crate::self_assessment_of(about.source, &request).map(Product::Files)
    }
}
