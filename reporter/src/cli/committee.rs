//! `committee`: the report to a committee.

use chrono::NaiveDate;
use clap::Args;
use redress_shared::measure::{Period, Quarter};

use super::common::Common;
use super::each::{About, Product, Report};
use crate::{Error, Result, Span};

/// The report to a committee.
#[derive(Debug, Args)]
pub(super) struct Committee {
    /// The quarter of the financial year, as 2025-Q3 (October to December 2025).
    #[arg(long, value_parser = Quarter::parse, required_unless_present = "from", conflicts_with_all = ["from", "to"])]
    quarter: Option<Quarter>,
    /// The first day of another range.
    #[arg(long, requires = "to")]
    from: Option<NaiveDate>,
    /// Its last day.
    #[arg(long, requires = "from")]
    to: Option<NaiveDate>,
    #[command(flatten)]
    common: Common,
}

impl Committee {
    fn span(&self) -> Result<Span> {
        match (self.quarter, self.from, self.to) {
            (Some(quarter), ..) => Ok(Span::Quarter(quarter)),
            (None, Some(from), Some(to)) => Ok(Span::Range(Period::range(from, to)?)),
            _ => Err(Error::Request("give a quarter, or a first and a last day".to_owned())),
        }
    }
}

impl Report for Committee {
    fn common(&self) -> &Common {
        &self.common
    }

    fn make(&self, about: &About<'_>) -> Result<Product> {
        let request = about.request(self.span()?)?;
        crate::committee_of(about.source, &request).map(Product::Files)
    }
}
