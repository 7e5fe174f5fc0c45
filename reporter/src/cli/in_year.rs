//! The year that a report is about.

use clap::Args;
use redress_shared::measure::ReportingYear;

use crate::source::Landlord;
use crate::{Error, Result, Span};

/// A year of the regulator's, or of the landlord's own.
#[derive(Debug, Args)]
pub(super) struct InYear {
    /// The year, as 2025-26: from 1 April, unless it is the landlord's own.
    #[arg(long, value_parser = ReportingYear::parse)]
    year: ReportingYear,
    /// The landlord's own year that begins in that calendar year: up to the day on which its accounts close.
    #[arg(long)]
    own_year: bool,
}

impl InYear {
    /// The year asked for, of this landlord.
    ///
    /// # Errors
    /// When the landlord's year-end is no day.
    pub(super) fn span(&self, landlord: &Landlord) -> Result<Span> {
        if !self.own_year {
            return Ok(Span::Year(self.year));
        }
        let number = |number: i32| u32::try_from(number).ok();
        let (month, day) = (number(landlord.year_end_month), number(landlord.year_end_day));
        let (Some(month), Some(day)) = (month, day) else {
            return Err(Error::Request(format!("the year-end of {} is no day", landlord.landlord_id)));
        };
        Ok(Span::Year(ReportingYear::own(self.year.starts_in, month, day)))
    }
}
