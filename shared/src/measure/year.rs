//! Years that start on 1 April or after a landlord's own year-end, and their quarters.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::period::{Period, PeriodError};

/// A year of reporting, named by the calendar year it starts in.
///
/// ```
/// use redress_shared::measure::ReportingYear;
/// let year = ReportingYear::regulatory(2025);
/// assert_eq!(year.label(), "2025-26");
/// let period = year.period().expect("a year of the calendar");
/// assert_eq!((period.first.to_string(), period.last.to_string()), ("2025-04-01".into(), "2026-03-31".into()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReportingYear {
    /// The calendar year of its first day.
    pub starts_in: i32,
    /// The month of its last day, 1 to 12.
    pub year_end_month: u32,
    /// The day of the month of its last day; 31 means the month's last day, however many it has.
    pub year_end_day: u32,
}

impl ReportingYear {
    /// The regulator's year: 1 April to 31 March.
    #[must_use]
    pub const fn regulatory(starts_in: i32) -> Self {
        Self { starts_in, year_end_month: 3, year_end_day: 31 }
    }

    /// The year of a landlord whose accounts close on the given day.
    #[must_use]
    pub const fn own(starts_in: i32, year_end_month: u32, year_end_day: u32) -> Self {
        Self { starts_in, year_end_month, year_end_day }
    }

    /// Reads "2025-26" as the regulator's year.
    ///
    /// # Errors
    /// [`PeriodError::Unreadable`] unless it is a year, a hyphen and the last two digits of the next.
    pub fn parse(text: &str) -> Result<Self, PeriodError> {
        let unreadable = || PeriodError::Unreadable(text.to_owned());
        let (start, end) = text.split_once('-').ok_or_else(unreadable)?;
        let starts_in: i32 = start.parse().map_err(|_| unreadable())?;
        let ends_in: i32 = end.parse().map_err(|_| unreadable())?;
        let fits = start.len() == 4 && end.len() == 2 && (starts_in + 1).rem_euclid(100) == ends_in;
        fits.then(|| Self::regulatory(starts_in)).ok_or_else(unreadable)
    }

    /// "2025-26", or "2025" for a year that ends on 31 December.
    #[must_use]
    pub fn label(self) -> String {
        if self.year_end_month == 12 && self.year_end_day == 31 {
            return self.starts_in.to_string();
        }
        format!("{}-{:02}", self.starts_in, (self.starts_in + 1).rem_euclid(100))
    }

    /// The year before.
    #[must_use]
    pub const fn year_before(self) -> Self {
        Self { starts_in: self.starts_in - 1, ..self }
    }

    /// The dates of the year.
    ///
    /// # Errors
    /// [`PeriodError::NoSuchDate`] when the month is not one, or the year lies outside the calendar.
    pub fn period(self) -> Result<Period, PeriodError> {
        let closes_with_the_calendar_year = self.year_end_month == 12 && self.year_end_day == 31;
        let ends_in = if closes_with_the_calendar_year { self.starts_in } else { self.starts_in + 1 };
        let last = clamped(ends_in, self.year_end_month, self.year_end_day)?;
        let before = clamped(ends_in - 1, self.year_end_month, self.year_end_day)?;
        let first = before.succ_opt().ok_or_else(|| PeriodError::NoSuchDate(before.to_string()))?;
        Ok(Period { label: self.label(), first, last })
    }

    /// Its four quarters, of three months each.
    ///
    /// # Errors
    /// As [`ReportingYear::period`].
    pub fn quarters(self) -> Result<Vec<Period>, PeriodError> {
        let year = self.period()?;
        (1..=4).map(|number| quarter_of(&year, number)).collect()
    }
}

/// A quarter of the year that starts on 1 April: quarter 3 of 2025 is October to December 2025.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quarter {
    /// The calendar year the financial year starts in.
    pub year: i32,
    /// 1 to 4.
    pub number: u32,
}

impl Quarter {
    /// Reads "2025-Q3", and its printed label "2025-26 Q3".
    ///
    /// # Errors
    /// [`PeriodError::Unreadable`] for anything else.
    pub fn parse(text: &str) -> Result<Self, PeriodError> {
        let unreadable = || PeriodError::Unreadable(text.to_owned());
        let (year, number) =
            text.split_once("-Q").or_else(|| text.split_once(" Q")).ok_or_else(unreadable)?;
        let year = match ReportingYear::parse(year) {
            Ok(year) => year.starts_in,
            Err(_) if year.len() == 4 => year.parse().map_err(|_| unreadable())?,
            Err(error) => return Err(error),
        };
        let number = number.parse().ok().filter(|number| (1..=4).contains(number)).ok_or_else(unreadable)?;
        Ok(Self { year, number })
    }

    /// "2025-26 Q3".
    #[must_use]
    pub fn label(self) -> String {
        format!("{} Q{}", ReportingYear::regulatory(self.year).label(), self.number)
    }

    /// The quarter before.
    #[must_use]
    pub const fn previous(self) -> Self {
        match self.number {
            2..=4 => Self { year: self.year, number: self.number - 1 },
            _ => Self { year: self.year - 1, number: 4 },
        }
    }

    /// The dates of the quarter.
    ///
    /// # Errors
    /// [`PeriodError::NoSuchDate`] when the year lies outside the calendar.
    pub fn period(self) -> Result<Period, PeriodError> {
        quarter_of(&ReportingYear::regulatory(self.year).period()?, self.number)
    }
}

fn quarter_of(year: &Period, number: u32) -> Result<Period, PeriodError> {
    let missing = || PeriodError::NoSuchDate(format!("quarter {number} of {}", year.label));
    let start = |quarter: u32| year.first.checked_add_months(Months::new(3 * (quarter - 1)));
    let first = start(number).ok_or_else(missing)?;
    let last = start(number + 1).and_then(|day| day.pred_opt()).ok_or_else(missing)?;
    Ok(Period { label: format!("{} Q{number}", year.label), first, last: last.min(year.last) })
}

fn clamped(year: i32, month: u32, day: u32) -> Result<NaiveDate, PeriodError> {
    let missing = || PeriodError::NoSuchDate(format!("{year}-{month:02}-{day:02}"));
    (28..=day)
        .rev()
        .chain([day])
        .find_map(|day| NaiveDate::from_ymd_opt(year, month, day))
        .filter(|_| (1..=31).contains(&day))
        .ok_or_else(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(period: &Period) -> (String, String) {
        (period.first.to_string(), period.last.to_string())
    }

    fn pair(first: &str, last: &str) -> (String, String) {
        (first.to_owned(), last.to_owned())
    }

    #[test]
    fn a_landlord_with_another_year_end_has_its_own_year() {
        let june = ReportingYear::own(2025, 6, 30);
        assert_eq!(dates(&june.period().unwrap()), pair("2025-07-01", "2026-06-30"));
        let calendar_year = ReportingYear::own(2025, 12, 31);
        assert_eq!(calendar_year.label(), "2025");
        assert_eq!(dates(&calendar_year.period().unwrap()), pair("2025-01-01", "2025-12-31"));
        let february = ReportingYear::own(2023, 2, 31);
        assert_eq!(dates(&february.period().unwrap()), pair("2023-03-01", "2024-02-29"));
        assert!(ReportingYear::own(2025, 13, 1).period().is_err());
    }

    #[test]
    fn quarters_are_those_of_the_financial_year() {
        let third = Quarter::parse("2025-Q3").unwrap();
        assert_eq!(dates(&third.period().unwrap()), pair("2025-10-01", "2025-12-31"));
        assert_eq!(third.label(), "2025-26 Q3");
        assert_eq!(Quarter::parse("2025-26 Q3").unwrap(), third);
        let fourth = Quarter { year: 2025, number: 4 };
        assert_eq!(dates(&fourth.period().unwrap()), pair("2026-01-01", "2026-03-31"));
        assert_eq!(Quarter { year: 2025, number: 1 }.previous(), Quarter { year: 2024, number: 4 });
        let before = third.period().unwrap().year_before().unwrap();
        assert_eq!(before, Quarter { year: 2024, number: 3 }.period().unwrap());
    }

    #[test]
    fn quarters_and_months_tile_the_year() {
        let year = ReportingYear::regulatory(2023);
        let period = year.period().unwrap();
        for parts in [year.quarters().unwrap(), period.months()] {
            assert_eq!(parts[0].first, period.first);
            assert_eq!(parts[parts.len() - 1].last, period.last);
            assert!(parts.windows(2).all(|pair| pair[0].last.succ_opt() == Some(pair[1].first)));
        }
        assert_eq!(period.months()[10].label, "February 2024");
        assert_eq!(period.months()[10].last.to_string(), "2024-02-29");
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in ["2025", "2025-27", "25-26", "2025-Q5", "2025-Q0", "-Q1", "2099-0"] {
            assert!(ReportingYear::parse(text).is_err() && Quarter::parse(text).is_err(), "{text}");
        }
        assert_eq!(ReportingYear::parse("2099-00").unwrap(), ReportingYear::regulatory(2099));
        let day: NaiveDate = "2025-04-01".parse().unwrap();
        assert!(Period::range(day, day.pred_opt().unwrap()).is_err());
    }
}
