//! One pass over the rows for many reports: time is cut wherever a period of one of them begins or ends, every row is placed in one of
//! these slots, and each report's windows and charts are made of slots.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use redress_shared::measure::Period;

use super::scope::{History, Scope, Window, history_key};
use crate::error::{Error, Result};

/// The names of the slots in data, the earliest first: in the order of text they keep their order.
const NAMES: [&str; 64] = [
    "00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16",
    "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", "32", "33",
    "34", "35", "36", "37", "38", "39", "40", "41", "42", "43", "44", "45", "46", "47", "48", "49", "50",
    "51", "52", "53", "54", "55", "56", "57", "58", "59", "60", "61", "62", "63",
];

impl Scope {
    /// What some reports of the same date look at together: its windows are slots. `None` where there is no report.
    ///
    /// # Errors
    /// When they are not of the same date and readings, or have more periods than can be looked at together.
    pub fn joined(reports: &[Self]) -> Result<Option<Self>> {
        let Some(first) = reports.first() else { return Ok(None) };
        if reports.iter().any(|report| (report.as_of, report.choices) != (first.as_of, first.choices)) {
            return Err(Error::Request(
                "reports that are made together have one date and one reading".to_owned(),
            ));
        }
        let periods: Vec<&Period> = reports.iter().flat_map(Self::periods).collect();
        let days = periods.iter().flat_map(|period| [Some(period.first), period.last.succ_opt()]);
        let cuts: Vec<NaiveDate> = days.flatten().collect::<BTreeSet<_>>().into_iter().collect();
        let mut windows = Vec::new();
        let mut names = NAMES.into_iter();
        for pair in cuts.windows(2) {
            let (Some(last), true) =
                (pair[1].pred_opt(), periods.iter().any(|period| period.contains(pair[0])))
            else {
                continue;
            };
            let too_many = || Error::Request("these reports have too many periods between them".to_owned());
            let period = Period::range(pair[0], last)?;
            windows.push(Window { key: names.next().ok_or_else(too_many)?, period });
        }
        let (choices, calendar) = (first.choices, first.calendar.clone());
        let history = History::default();
        Ok(Some(Self { windows, history, is_of_year: false, as_of: first.as_of, choices, calendar }))
    }

    fn periods(&self) -> impl Iterator<Item = &Period> {
        self.windows.iter().map(|window| &window.period).chain(self.history.periods())
    }
}

/// What a slot is in one report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Its name in data.
    pub name: &'static str,
    /// The window that it is part of.
    pub window: Option<&'static str>,
    /// The period of the control charts that it is part of, by its name in data.
    pub period: Option<String>,
}

/// The slots that a report is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slots(Vec<Slot>);

impl Slots {
    /// Those of a report, of what it was joined into.
    #[must_use]
    pub fn of(joined: &Scope, report: &Scope) -> Self {
        let slot = |slot: &Window| {
            let day = slot.period.first;
            let window = report.windows.iter().find(|window| window.period.contains(day));
            let period = report.history.periods().find(|period| period.contains(day));
            let (window, period) = (window.map(|window| window.key), period.map(history_key));
            (window.is_some() || period.is_some()).then_some(Slot { name: slot.key, window, period })
        };
        Self(joined.windows.iter().filter_map(slot).collect())
    }

    /// What the slot of this name is in the report; `None` where it is nothing.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Slot> {
        self.0.iter().find(|slot| slot.name == name)
    }

    /// Every slot of the report.
    pub fn iter(&self) -> impl Iterator<Item = &Slot> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use redress_shared::calendar::Calendar;
    use redress_shared::measure::{Choices, Quarter, ReportingYear};

    use super::*;
    use crate::request::Span;

    fn scope(span: &Span) -> Scope {
        Scope {
            windows: span.windows().unwrap(),
            history: span.history().unwrap(),
            is_of_year: matches!(span, Span::Year(_)),
            as_of: "2026-06-30".parse().unwrap(),
            choices: Choices::default(),
            calendar: Calendar::england_and_wales().unwrap(),
        }
    }

    #[test]
    fn a_year_and_its_quarters_share_their_quarters() {
        let year = scope(&Span::Year(ReportingYear::regulatory(2025)));
        let quarter = scope(&Span::Quarter(Quarter { year: 2025, number: 1 }));
        let joined = Scope::joined(&[year.clone(), quarter.clone()]).unwrap().unwrap();
        assert_eq!(joined.windows.len(), 12);
        let of = |report: &Scope, name: &str| {
            let slots = Slots::of(&joined, report);
            slots.get(name).map(|slot| (slot.window, slot.period.clone().unwrap_or_default()))
        };
        assert_eq!(of(&year, "11"), Some((Some("now"), "2026-01-01".to_owned())));
        assert_eq!(of(&quarter, "11"), None);
        assert_eq!(of(&quarter, "08"), Some((Some("now"), "2025-04-01".to_owned())));
        assert_eq!(of(&quarter, "04"), Some((Some("year-ago"), "2024-04-01".to_owned())));
        assert_eq!(of(&quarter, "03"), Some((None, "2024-01-01".to_owned())));
    }

    #[test]
    fn periods_that_overlap_are_cut_apart() {
        let year = scope(&Span::Year(ReportingYear::regulatory(2025)));
        let day = |text: &str| text.parse().unwrap();
        let weeks = scope(&Span::Range(Period::range(day("2025-06-20"), day("2025-07-10")).unwrap()));
        let joined = Scope::joined(&[year.clone(), weeks.clone()]).unwrap().unwrap();
        let slots = Slots::of(&joined, &weeks);
        let now: Vec<_> = joined
            .windows
            .iter()
            .filter(|window| slots.get(window.key).is_some_and(|slot| slot.window == Some("now")))
            .map(|window| (window.period.first, window.period.last))
            .collect();
        assert_eq!(now, [(day("2025-06-20"), day("2025-06-30")), (day("2025-07-01"), day("2025-07-10"))]);
        let other = Scope { as_of: day("2026-07-01"), ..weeks };
        assert!(Scope::joined(&[year, other]).is_err());
    }
}
