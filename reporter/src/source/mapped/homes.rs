//! The homes that a landlord owned, in a file beside that of its cases.

use std::path::Path;

use chrono::{Datelike as _, NaiveDate};
use redress_shared::measure::StockType;
use serde::Deserialize;

use crate::error::Result;
use crate::given::each_line;
use crate::source::Stock;

#[derive(Deserialize)]
struct Line {
    year_start: String,
    stock_type: String,
    homes: String,
}

/// The homes that a landlord owned: a CSV file of `year_start,stock_type,homes`, a line for each year and type of home.
///
/// # Errors
/// When the file cannot be read, and with everything that is wrong with its lines.
pub(super) fn homes(path: &Path, landlord_id: &str) -> Result<Vec<Stock>> {
    let mut all: Vec<Stock> = Vec::new();
    each_line(path, |Line { year_start, stock_type, homes }| {
        let begun = year_start.parse::<NaiveDate>().ok().filter(|day| (day.month(), day.day()) == (4, 1));
        let count = homes.parse::<u32>().ok();
        let is_type = StockType::parse(&stock_type).is_some();
        let (Some(year_start), Some(homes), true) = (begun, count, is_type) else {
            let rules = [
                (begun.is_some(), "year_start is the 1 April on which the year began, as 2025-04-01"),
                (is_type, "stock_type is one of lcra, lcho, leasehold, other"),
                (count.is_some(), "homes is a whole number, in digits alone"),
            ];
            let broken: Vec<&str> = rules.iter().filter(|(kept, _)| !kept).map(|(_, rule)| *rule).collect();
            return Err(broken.join("; "));
        };
        if all.iter().any(|known| known.year_start == year_start && known.stock_type == stock_type) {
            return Err("this year and type of home come a second time".to_owned());
        }
        let landlord_id = landlord_id.to_owned();
        all.push(Stock { landlord_id, year_start, stock_type, homes: homes.into() });
        Ok(())
    })?;
    Ok(all)
}
