//! The homes that a landlord owned, in a file beside that of its cases.

use std::path::Path;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::error::Result;
use crate::given::each_line;
use crate::source::Stock;

#[derive(Deserialize)]
struct Line {
    year_start: NaiveDate,
    stock_type: String,
    homes: u32,
}

/// The homes that a landlord owned: a CSV file of `year_start,stock_type,homes`, a line for each year and type of home.
///
/// # Errors
/// When the file cannot be read, and with everything that is wrong with its lines.
pub(super) fn homes(path: &Path, landlord_id: &str) -> Result<Vec<Stock>> {
    let mut all: Vec<Stock> = Vec::new();
    each_line(path, |Line { year_start, stock_type, homes }| {
        if !["lcra", "lcho", "leasehold", "other"].contains(&stock_type.as_str()) {
            return Err("stock_type is one of lcra, lcho, leasehold, other".to_owned());
        }
        if year_start.format("%m-%d").to_string() != "04-01" {
            return Err("year_start is the 1 April on which the year began".to_owned());
        }
        if all.iter().any(|known| known.year_start == year_start && known.stock_type == stock_type) {
            return Err("this year and type of home come a second time".to_owned());
        }
        let landlord_id = landlord_id.to_owned();
        all.push(Stock { landlord_id, year_start, stock_type, homes: homes.into() });
        Ok(())
    })?;
    Ok(all)
}
