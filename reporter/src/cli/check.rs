//! `check`: whether the case data can carry figures.

use chrono::{Datelike as _, Months};
use clap::Args;
use redress_shared::measure::ReportingYear;

use super::common::Common;
use super::each::{About, Product, Report};
use crate::{Result, Span, quality};

/// Looks for faults in the case data: dates that are missing or cannot be, cases that may be there twice, each with its reference, and what no report can count. Ends
/// with exit code 3 where there are any.
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    common: Common,
}

impl Report for Check {
    fn common(&self) -> &Common {
        &self.common
    }

    fn make(&self, about: &About<'_>) -> Result<Product> {
        let writing = &self.common.writing;
        let to = (writing.out.as_path(), &writing.formats()[..]);
        // The year in which the report's date lies: what cannot be counted is not counted in any.
        let starts_in = (self.common.as_of - Months::new(3)).year();
        let request = about.request(Span::Year(ReportingYear::regulatory(starts_in)))?;
        let (faults, paths) = quality::write(about.source, &request, to)?;
        Ok(if faults == 0 { Product::Files(paths) } else { Product::Faulty(paths, faults) })
    }
}
