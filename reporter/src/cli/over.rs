//! The period that a report is about.

use chrono::NaiveDate;
use clap::{ArgGroup, Args};
use redress_shared::measure::{Period, PeriodError, Quarter};

use crate::{Error, Result, Span};

/// A quarter, a month or any range.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("period").required(true).multiple(false))]
pub(super) struct Over {
    /// The quarter of the financial year, as 2025-Q3 (October to December 2025).
    #[arg(long, value_parser = Quarter::parse, group = "period")]
    quarter: Option<Quarter>,
    /// The month, as 2025-10.
    #[arg(long, value_parser = month, group = "period")]
    month: Option<Period>,
    /// The first day of any other range, of at most a year.
    #[arg(long, requires = "to", group = "period")]
    from: Option<NaiveDate>,
    /// Its last day.
    #[arg(long, requires = "from")]
    to: Option<NaiveDate>,
}

impl Over {
    /// The period asked for.
    ///
    /// # Errors
    /// When the range is backwards.
    pub(super) fn span(&self) -> Result<Span> {
        match (self.quarter, &self.month, self.from, self.to) {
            (Some(quarter), ..) => Ok(Span::Quarter(quarter)),
            (None, Some(month), ..) => Ok(Span::Range(month.clone())),
            (None, None, Some(from), Some(to)) => Ok(Span::Range(Period::range(from, to)?)),
            _ => Err(Error::Request("give a quarter, a month, or a first and a last day".to_owned())),
        }
    }
}

/// Reads "2025-10".
fn month(text: &str) -> std::result::Result<Period, PeriodError> {
    let unreadable = || PeriodError::Unreadable(text.to_owned());
    let first: NaiveDate = format!("{text}-01").parse().map_err(|_| unreadable())?;
    // Whatever day is given besides, a month is a year and a month.
    if text.len() != 7 {
        return Err(unreadable());
    }
    let later = first.checked_add_months(chrono::Months::new(1)).ok_or_else(unreadable)?;
    let whole = Period::range(first, later)?;
    whole.months().into_iter().next().ok_or_else(unreadable)
}

#[cfg(test)]
mod tests {
    use super::month;

    #[test]
    fn a_month_is_a_year_and_a_month() {
        let february = month("2024-02").unwrap();
        assert_eq!(
            (february.first.to_string(), february.last.to_string()),
            ("2024-02-01".into(), "2024-02-29".into())
        );
        assert_eq!(february.label, "February 2024");
        for text in ["2024-13", "2024-2", "2024-02-1", "24-02", "2024", ""] {
            assert!(month(text).is_err(), "{text}");
        }
    }
}
