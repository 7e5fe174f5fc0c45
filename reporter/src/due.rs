//! Which reports are due on a day: the last year and the last quarter that are over, as the landlord's policy has them read.

use chrono::{Datelike as _, NaiveDate};
use redress_shared::measure::{Quarter, ReportingYear};
use redress_shared::policy::Profile;
use redress_shared::policy::vocabulary::{Cadence, ReportKind};

use crate::make::Kind;
use crate::request::{Span, Variant};

/// A report that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Which.
    pub kind: Kind,
    /// Of which period.
    pub span: Span,
    /// For whom.
    pub variant: Variant,
}

/// The reports due on a day. The annual report with its self-assessment and the regulator's measures are due of every landlord; a
/// committee's, of the last quarter, unless the policy has all its committees read once a year. Where no profile is held, quarterly.
///
/// # Errors
/// When the day lies outside the calendar.
pub fn due(profile: Option<&Profile>, as_of: NaiveDate) -> crate::Result<Vec<Due>> {
    let this_year = ReportingYear::regulatory(as_of.year());
    let mut year = if as_of.month() < 4 { this_year.year_before() } else { this_year };
    while year.period()?.last >= as_of {
        year = year.year_before();
    }
    let mut quarter = Quarter { year: as_of.year(), number: 4 };
    while quarter.period()?.last >= as_of {
        quarter = quarter.previous();
    }
    let published = |kind| Due { kind, span: Span::Year(year), variant: Variant::Published };
    let mut due = vec![published(Kind::Annual), published(Kind::Tsm)];
    if has_quarters(profile) {
        due.push(Due { kind: Kind::Committee, span: Span::Quarter(quarter), variant: Variant::Committee });
    }
    Ok(due)
}

fn has_quarters(profile: Option<&Profile>) -> bool {
    let bodies = profile.map(|profile| profile.reporting.bodies.as_slice()).unwrap_or_default();
    let mut committees = bodies.iter().filter(|body| body.report == ReportKind::Committee).peekable();
    committees.peek().is_none() || committees.any(|body| body.cadence != Cadence::Annually)
}

#[cfg(test)]
mod tests {
    use redress_shared::policy::Library;

    use super::*;

    fn spans(day: &str) -> Vec<Span> {
        due(None, day.parse().unwrap()).unwrap().into_iter().map(|due| due.span).collect()
    }

    #[test]
    fn what_is_due_is_over() {
        let year = |starts| Span::Year(ReportingYear::regulatory(starts));
        let quarter = |year, number| Span::Quarter(Quarter { year, number });
        assert_eq!(spans("2026-06-30"), [year(2025), year(2025), quarter(2025, 4)]);
        assert_eq!(spans("2026-07-01")[2], quarter(2026, 1));
        assert_eq!(spans("2026-03-31"), [year(2024), year(2024), quarter(2025, 3)]);
        assert_eq!(spans("2026-04-01"), [year(2025), year(2025), quarter(2025, 4)]);
    }

    #[test]
    fn a_committee_that_reads_once_a_year_reads_the_annual_report() {
        let mut profile = Library::embedded().unwrap().by_id("hartlepool-2024").unwrap().clone();
        let day = "2026-06-30".parse().unwrap();
        assert_eq!(due(Some(&profile), day).unwrap().len(), 3);
        for body in &mut profile.reporting.bodies {
            body.cadence = Cadence::Annually;
        }
        assert_eq!(due(Some(&profile), day).unwrap().len(), 2);
    }
}
