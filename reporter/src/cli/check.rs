//! `check`: whether the case data can carry figures.

use clap::Args;

use super::common::Common;
use super::each::{About, Product, Report};
use crate::{Result, quality};

/// Looks for faults in the case data: dates that are missing or cannot be, cases that may be there twice, each with its reference. Ends
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
        let (faults, paths) = quality::write(about.source, self.common.as_of, to)?;
        Ok(if faults == 0 { Product::Files(paths) } else { Product::Faulty(paths, faults) })
    }
}
