//! `annual`: the annual report with the self-assessment form.

use clap::Args;
use redress_shared::measure::StockType;

use super::common::Common;
use super::each::{About, Product, Report};
use super::files::Files;
use super::in_year::InYear;
use crate::{Excluded, Request, Result};

/// The annual report with the self-assessment form.
#[derive(Debug, Args)]
pub(super) struct Annual {
    #[command(flatten)]
    year: InYear,
    /// A figure the regulator left out, as CH02(1):lcra; may be given again.
    #[arg(long, value_parser = left_out)]
    left_out: Vec<Excluded>,
    #[command(flatten)]
    files: Files,
    #[command(flatten)]
    common: Common,
}

impl Report for Annual {
    fn common(&self) -> &Common {
        &self.common
    }

    fn make(&self, about: &About<'_>) -> Result<Product> {
        let request = self.files.read_into(about, about.request(self.year.span(&about.source.landlord)?)?)?;
        let request = Request { excluded: self.left_out.clone(), ..request };
        crate::annual_of(about.source, &request).map(Product::Files)
    }
}

/// Reads a figure that was left out: a measure, a colon, and a type of home.
pub(super) fn left_out(text: &str) -> std::result::Result<Excluded, String> {
    let (measure, stock) = text.split_once(':').ok_or("write it as CH02(1):lcra")?;
    let known = ["CH01(1)", "CH01(2)", "CH02(1)", "CH02(2)"];
    match StockType::parse(stock).filter(|stock| stock.is_measured()) {
        Some(stock) if known.contains(&measure) => Ok(Excluded { measure: measure.to_owned(), stock }),
        _ => Err(format!("a measure ({}), a colon, and lcra or lcho", known.join(", "))),
    }
}
