//! What is asked for.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use redress_shared::calendar::Calendar;
use redress_shared::calendar::words::long_date;
use redress_shared::measure::{Choices, Period, Quarter, ReportingYear, StockType};
use redress_shared::policy::Profile;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::form::Assessment;
use crate::frames::{BEFORE, History, NOW, Scope, Window, YEAR_AGO};
use crate::look::Look;
use crate::output::Format;
use crate::scan::Screen;
use crate::source::Origin;
use crate::trust::GivenFile;

/// The period of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Span {
    /// A year.
    Year(ReportingYear),
    /// A quarter of the financial year.
    Quarter(Quarter),
    /// Any range of at most a year.
    Range(Period),
}

/// A figure that the regulator left out of its publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excluded {
    /// `CH01(1)`, `CH01(2)`, `CH02(1)` or `CH02(2)`.
    pub measure: String,
    /// The type of home.
    pub stock: StockType,
}

/// For whom a report is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Variant {
    /// For everybody: no reference of a case, and counts that could tell on somebody are masked.
    #[default]
    Published,
    /// For the landlord's own committee: exact, with the references of the cases that a figure is about.
    Committee,
}

/// A report that is asked for. The same request on the same rows gives the same bytes: its date is the only date.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where the cases come from; nothing is written there.
    pub origin: Origin,
    /// The folder the report goes to; made if it is not there.
    pub out: PathBuf,
    /// The landlord's id.
    pub landlord_id: String,
    /// The period.
    pub span: Span,
    /// The report's date.
    pub as_of: NaiveDate,
    /// For whom it is.
    pub variant: Variant,
    /// The readings chosen.
    pub choices: Choices,
    /// What is written.
    pub formats: Vec<Format>,
    /// What its page looks like.
    pub look: Look,
    /// What the self-assessment is filled from; without it there is none in the annual report.
    pub assessment: Option<Assessment>,
    /// The policy's profile, for the section on the policy.
    pub policy: Option<Profile>,
    /// Figures the regulator left out.
    pub excluded: Vec<Excluded>,
    /// Whether the cases are made up, which the report then says at its head: no simulated figure goes about under a real
    /// landlord's name without it.
    pub demonstration: bool,
    /// The files that it is filled from besides the cases, by their contents.
    pub given: Vec<GivenFile>,
    /// Why it is published before its figures are final; the page says so.
    pub provisional_reason: Option<String>,
    /// Whether the cases behind every figure are written beside it. Never of what is published.
    pub evidence: bool,
    /// Whether what is too rare to be compared is drawn as well, so that one case alone has every row that it is in.
    pub with_rare: bool,
    /// What is looked for in what is published, before it is written.
    pub screen: Screen,
}

impl Span {
    /// The periods a report on it covers.
    ///
    /// # Errors
    /// When they lie outside the calendar, or the range is too long.
    pub fn windows(&self) -> Result<Vec<Window>> {
        let window = |key, period| Window { key, period };
        match self {
            Self::Year(year) => {
                Ok(vec![window(NOW, year.period()?), window(BEFORE, year.year_before().period()?)])
            }
            Self::Quarter(quarter) => {
                let year_ago = Quarter { year: quarter.year - 1, ..*quarter };
                Ok(vec![
                    window(NOW, quarter.period()?),
                    window(BEFORE, quarter.previous().period()?),
                    window(YEAR_AGO, year_ago.period()?),
                ])
            }
            Self::Range(range) => {
                let of_last_year = range.year_before().filter(|before| before.last < range.first);
                let Some(year_ago) = of_last_year else {
                    return Err(Error::Request(format!(
                        "a range is at most a year long, so that it can be held against the year before: {} is too long",
                        range.label
                    )));
                };
                // The same as in the control charts: of a month, the month before.
                let before = range.earlier(1)?;
                // Past half a year the range before runs into the same one a year ago, which then stands alone: no day is in both.
                if before.first <= year_ago.last {
                    return Ok(vec![window(NOW, range.clone()), window(BEFORE, year_ago)]);
                }
                Ok(vec![window(NOW, range.clone()), window(BEFORE, before), window(YEAR_AGO, year_ago)])
            }
        }
    }
}

/// How many periods before the report's own a control chart has.
const CHARTED_BEFORE: usize = 8;

impl Span {
    /// The periods of its control charts.
    ///
    /// # Errors
    /// When they lie outside the calendar.
    pub fn history(&self) -> Result<History> {
        let (mut before, own) = match self {
            Self::Year(year) => {
                let before = year.year_before();
                ([before.year_before().quarters()?, before.quarters()?].concat(), year.quarters()?)
            }
            Self::Quarter(quarter) => {
                let previous =
                    std::iter::successors(Some(quarter.previous()), |later| Some(later.previous()));
                let periods = previous.take(CHARTED_BEFORE).map(Quarter::period);
                (periods.collect::<std::result::Result<_, _>>()?, vec![quarter.period()?])
            }
            // A long range is charted month by month, as a year is by quarters: eight others as long would be eight years.
            Self::Range(range) if range.is_long() && range.is_of_whole_months() => {
                let own = range.months();
                let first =
                    own.first().ok_or_else(|| Error::Request("a range without a month".to_owned()))?;
                let before = (1..=CHARTED_BEFORE).map(|step| first.earlier(step));
                (before.collect::<std::result::Result<_, _>>()?, own)
            }
            Self::Range(range) => {
                let periods = (1..=CHARTED_BEFORE).map(|step| range.earlier(step));
                (periods.collect::<std::result::Result<_, _>>()?, vec![range.clone()])
            }
        };
        before.sort_by_key(|period: &Period| period.first);
        Ok(History { before, own })
    }
}

impl Request {
    /// A request with the choices the measures make by default, without a form.
    ///
    /// # Errors
    /// When the span lies outside the calendar of dates.
    pub fn new(
        origin: impl Into<Origin>,
        out: &Path,
        landlord_id: &str,
        span: Span,
        as_of: NaiveDate,
    ) -> Result<Self> {
        span.windows()?;
        Ok(Self {
            origin: origin.into(),
            out: out.to_owned(),
            landlord_id: landlord_id.to_owned(),
            as_of,
            variant: Variant::default(),
            choices: Choices::default(),
            formats: vec![Format::Html],
            look: Look::default(),
            assessment: None,
            policy: None,
            excluded: Vec::new(),
            demonstration: false,
            given: Vec::new(),
            provisional_reason: None,
            evidence: false,
            with_rare: false,
            screen: Screen::default(),
            span,
        })
    }

    /// Refuses a period of which nothing can be known yet on the report's date: its empty report would read as one of no complaints, and
    /// take the place of a good one.
    ///
    /// # Errors
    /// When the report's date is before its period.
    pub(crate) fn has_begun(&self) -> Result<()> {
        let windows = self.span.windows()?;
        let begins = windows.first().map(|window| window.period.first).filter(|first| *first > self.as_of);
        begins.map_or(Ok(()), |first| {
            let (first, as_of) = (long_date(first), long_date(self.as_of));
            Err(Error::Request(format!(
                "the period begins on {first}, which is after the report's date, {as_of}"
            )))
        })
    }

    /// What the rows are held against; days are counted on the calendar that came with them.
    ///
    /// # Errors
    /// As [`Span::windows`].
    pub fn scope(&self, calendar: &Calendar) -> Result<Scope> {
        Ok(Scope {
            windows: self.span.windows()?,
            history: self.span.history()?,
            is_of_year: matches!(self.span, Span::Year(_)),
            as_of: self.as_of,
            choices: self.choices,
            calendar: calendar.clone(),
        })
    }

    /// The name of the report's files, without what tells their format. What has references has a name of its own, so that it
    /// neither takes the place of what is published nor goes out for it.
    #[must_use]
    pub fn stem(&self) -> String {
        self.stem_of(if matches!(self.span, Span::Year(_)) { "annual" } else { "committee" })
    }

    /// As [`Request::stem`], of a report of another name.
    #[must_use]
    pub fn stem_of(&self, report: &str) -> String {
        let with = match self.variant {
            Variant::Published => "",
            Variant::Committee => "-with-references",
        };
        format!("{}-{report}-{}{with}", self.folder(), self.when())
    }

    /// The landlord's id as part of a file's name.
    #[must_use]
    pub fn folder(&self) -> String {
        let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
        self.landlord_id.chars().map(plain).collect()
    }

    /// The period as part of a file's name.
    #[must_use]
    pub fn when(&self) -> String {
        match &self.span {
            Span::Year(year) if *year == ReportingYear::regulatory(year.starts_in) => year.label(),
            // A year of the landlord's own has the same label as the regulator's, and is another.
            Span::Year(year) => match year.period() {
                Ok(period) => format!("{}-to-{}", year.label(), period.last),
                Err(_) => year.label(),
            },
            Span::Quarter(quarter) => quarter.label().replace(' ', "-"),
            Span::Range(range) => format!("{}-to-{}", range.first, range.last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_charts_reach_eight_periods_back() {
        let quarter = Span::Quarter(Quarter { year: 2025, number: 3 }).history().unwrap();
        assert_eq!((quarter.before.len(), quarter.own.len()), (8, 1));
        assert_eq!(
            (quarter.before[0].label.as_str(), quarter.before[7].label.as_str()),
            ("2023-24 Q3", "2025-26 Q2")
        );
        let year = Span::Year(ReportingYear::regulatory(2025)).history().unwrap();
        assert_eq!((year.before.len(), year.own.len()), (8, 4));
        assert_eq!(year.before[0].label, "2023-24 Q1");
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let month =
            Span::Range(Period::range(day("2025-03-01"), day("2025-03-31")).unwrap()).history().unwrap();
        assert_eq!((month.before[7].first, month.before[7].last), (day("2025-02-01"), day("2025-02-28")));
        assert_eq!((month.before[0].first, month.before[0].last), (day("2024-07-01"), day("2024-07-31")));
        let days =
            Span::Range(Period::range(day("2025-03-03"), day("2025-03-09")).unwrap()).history().unwrap();
        assert_eq!((days.before[6].first, days.before[6].last), (day("2025-02-17"), day("2025-02-23")));
    }

    #[test]
    fn a_range_is_held_against_as_long_a_one_before_and_the_year_before() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let span = Span::Range(Period::range(day("2025-10-01"), day("2025-10-31")).unwrap());
        let windows = span.windows().unwrap();
        // A month is held against the month before, of whatever length; other ranges against as many days.
        assert_eq!((windows[1].period.first, windows[1].period.last), (day("2025-09-01"), day("2025-09-30")));
        assert_eq!(windows[1].period.label, "September 2025");
        let days =
            Span::Range(Period::range(day("2025-10-02"), day("2025-10-31")).unwrap()).windows().unwrap();
        assert_eq!((days[1].period.first, days[1].period.last), (day("2025-09-02"), day("2025-10-01")));
        assert_eq!((windows[2].period.first, windows[2].period.last), (day("2024-10-01"), day("2024-10-31")));
    }

    #[test]
    fn a_range_past_half_a_year_is_held_against_the_same_one_a_year_ago_alone() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let range = |first, last| Span::Range(Period::range(day(first), day(last)).unwrap());
        for (first, last, before, compared) in [
            ("2025-04-01", "2026-03-31", "2024-04-01", 2),
            ("2025-04-01", "2025-12-31", "2024-04-01", 2),
            // Six months are held against the six before them, and against those of a year ago.
            ("2025-07-01", "2025-12-31", "2025-01-01", 3),
            // As many days, and not whole months: counted back they would share two days with a year ago.
            ("2025-07-02", "2026-01-01", "2024-07-02", 2),
        ] {
            let windows = range(first, last).windows().unwrap();
            assert_eq!(
                (windows[1].period.first, windows.len()),
                (day(before), compared),
                "{first} to {last}"
            );
            assert!(windows.iter().skip(1).all(|other| other.period.last < day(first)));
        }
        assert!(range("2025-04-01", "2026-04-01").windows().is_err());
    }

    #[test]
    fn a_long_range_is_charted_month_by_month() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let range =
            |first, last| Span::Range(Period::range(day(first), day(last)).unwrap()).history().unwrap();
        let year = range("2025-04-01", "2026-03-31");
        assert_eq!((year.before.len(), year.own.len()), (8, 12));
        assert_eq!((year.before[0].first, year.own[11].last), (day("2024-08-01"), day("2026-03-31")));
        let half = range("2025-04-01", "2025-09-30");
        assert_eq!((half.before.len(), half.own.len()), (8, 1));
    }
}
