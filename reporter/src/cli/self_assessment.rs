//! `self-assessment`: the form by itself.

use clap::Args;
use redress_shared::measure::ReportingYear;

use super::common::Common;
use super::each::{About, Product, Report};
use super::files::Files;
use crate::{Result, Span};

/// The self-assessment against the Ombudsman's Code, by itself.
#[derive(Debug, Args)]
pub(super) struct SelfAssessment {
    /// The year from 1 April, as 2025-26; it is assessed on the form of the Code in force at its end.
    #[arg(long, value_parser = ReportingYear::parse)]
    year: ReportingYear,
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
        let request = self.files.read_into(about.request(Span::Year(self.year))?)?;
        crate::self_assessment_of(about.source, &request).map(Product::Files)
    }
}
