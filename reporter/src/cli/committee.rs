//! `committee`: the report to a committee.

use clap::Args;

use super::common::Common;
use super::each::{About, Product, Report};
use super::over::Over;
use crate::Result;

/// The report to a committee.
#[derive(Debug, Args)]
pub(super) struct Committee {
    #[command(flatten)]
    over: Over,
    #[command(flatten)]
    common: Common,
}

impl Report for Committee {
    fn common(&self) -> &Common {
        &self.common
    }

    fn make(&self, about: &About<'_>) -> Result<Product> {
        let request = about.request(self.over.span()?)?;
        crate::committee_of(about.source, &request).map(Product::Files)
    }
}
