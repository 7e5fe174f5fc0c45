//! The control charts: what the last periods did, between the limits of what they do by themselves.

use chrono::NaiveDate;
use redress_shared::calendar::words::long_date;
use redress_shared::measure::{
    CONTROL_LIMITS, FEWEST_FOR_A_SHARE, Figure, InTime, Limits, Period, Quarter, RESPONDED, Rate, thousands,
};

use super::cells::SEE_MASKED;
use super::charts::{Charted, Control, control, side};
use super::discreet::is_small;
use super::{CellView, ChartView, Report, TableView};
use crate::frames::history_key;

/// What is charted: its name, its title, and what it is called under the chart.
struct Subject<'a> {
    id: &'a str,
    title: &'a str,
    column: &'a str,
    /// The highest value there can be, in tenths.
    highest: Option<u64>,
}

/// A period's value in tenths, if there is one, with its cell and what keeps it from being compared.
struct Point {
    value: Option<u64>,
    cell: CellView,
    standing: Standing,
    /// Of how many complaints it tells how they fared.
    tells_of: u64,
}

impl Point {
    fn hide(&mut self) {
        self.value = None;
        self.cell.hide();
    }
}

/// Whether a period may be held against the limits, and the limits be drawn from it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Comparable,
    /// It may give limits, and says nothing against them yet: something of it is open.
    Open,
    /// It has not ended, or something of it can still be in time.
    NotYet,
    /// It began before the first complaint on record.
    Partial,
    /// A share of too few.
    TooFew,
}

impl Standing {
    const fn gives_limits(self) -> bool {
        matches!(self, Self::Comparable | Self::Open)
    }
}

type PointOf<'a> = &'a dyn Fn(&str) -> Point;

impl Report<'_> {
    /// The stage 1 complaints made in each period.
    #[must_use]
    pub fn charted_volume(&self) -> (Vec<ChartView>, TableView) {
        let subject = Subject {
            id: "control-volume",
            title: "Stage 1 complaints, period by period",
            column: "Stage 1 complaints",
            highest: None,
        };
        self.charted(&subject, &|period| {
            let count = self.tables.history.sum(&[("period", period), ("stage", "1")]);
            let (value, cell) = (Some(count * 10), CellView::count(count));
            Point { value, cell, standing: Standing::Comparable, tells_of: 0 }
        })
    }

    /// How many stages of a period stand like this.
    fn charted_in(&self, period: &str, stage: &str, standing: InTime) -> u64 {
        self.tables.history.sum(&[("period", period), ("stage", stage), ("in_time", standing.word())])
    }

    /// The share answered in the Code's time in each period. While one can still be answered in time the share can only rise: it is
    /// not compared before.
    #[must_use]
    pub fn charted_answers(&self, stage: &str) -> (Vec<ChartView>, TableView) {
        let subject = Subject {
            id: &format!("control-answered-{stage}"),
            title: &format!("Stage {stage} answered in the Code's time, period by period"),
            column: "Answered in time",
            highest: Some(1_000),
        };
        self.charted(&subject, &|period| {
            let answered = InTime::ALL.into_iter().filter(|standing| standing.counts());
            let in_time: u64 = answered.map(|standing| self.charted_in(period, stage, standing)).sum();
            let rate = Rate::new(in_time, self.tables.history.sum(&[("period", period), ("stage", stage)]));
            let value = match rate.per_cent() {
                Figure::Value(tenths) => u64::try_from(tenths.0).ok(),
                Figure::Marked(_) => None,
            };
            let standing = match rate.denominator {
                _ if self.charted_in(period, stage, InTime::OpenWithinTime) > 0 => Standing::NotYet,
                ..FEWEST_FOR_A_SHARE => Standing::TooFew,
                _ => Standing::Comparable,
            };
            Point { value, cell: CellView::rate(&RESPONDED, rate), standing, tells_of: rate.denominator }
        })
    }

    /// The median of the working days that stage 1 answers took in each period. Those not answered yet will have taken longer than most,
    /// so that a period that has some looks better than it is.
    #[must_use]
    pub fn charted_days(&self) -> (Vec<ChartView>, TableView) {
        let subject = Subject {
            id: "control-days",
            title: "Median of working days to answer at stage 1, period by period",
            column: "Working days",
            highest: None,
        };
        self.charted(&subject, &|period| {
            let wanted = [("period", period), ("stage", "1"), ("what", "answer")];
            let taken = self.tables.waits_by_period.spread("days", &wanted);
            let median = taken.median();
            let open = |standing| self.charted_in(period, "1", standing) > 0;
            let standing = match (open(InTime::OpenWithinTime), open(InTime::OpenOverdue)) {
                (true, _) => Standing::NotYet,
                (false, true) => Standing::Open,
                (false, false) => Standing::Comparable,
            };
            let (value, cell) = (median.map(|days| days * 10), CellView::of_ranked(median));
            Point { value, cell, standing, tells_of: taken.count() }
        })
    }

    /// What a period gives, unless it is not whole.
    fn point(&self, period: &Period, point_of: PointOf<'_>) -> Point {
        let point = point_of(&history_key(period));
        let standing = if !self.scope.is_over(period) {
            Standing::NotYet
        } else if self.begins_on().is_none_or(|first| period.first < first) {
            Standing::Partial
        } else {
            point.standing
        };
        Point { standing, ..point }
    }

    fn charted(&self, subject: &Subject<'_>, point_of: PointOf<'_>) -> (Vec<ChartView>, TableView) {
        let begins = self.begins_on();
        let on_record = |period: &&Period| begins.is_some_and(|first| period.last >= first);
        let before: Vec<&Period> = self.scope.history.before.iter().filter(on_record).collect();
        let own: Vec<&Period> =
            self.scope.history.own.iter().filter(|period| period.first <= self.scope.as_of).collect();
        let periods: Vec<&Period> = before.iter().chain(&own).copied().collect();
        let mut found: Vec<Point> = periods.iter().map(|period| self.point(period, point_of)).collect();
        let hides_some = self.is_published() && hide_few(&mut found, before.len());
        let given = found.iter().take(before.len());
        let values: Vec<Option<u64>> =
            given.map(|point| point.value.filter(|_| point.standing.gives_limits())).collect();
        let limits = Limits::of(&values, subject.highest);
        let columns = [("value", subject.column), ("limits", "Against the limits")];
        let mut table = TableView::new(subject.id, subject.title, "Period", &columns);
        let mut points = Vec::new();
        for (period, point) in periods.into_iter().zip(found) {
            let verdict = against(&point, limits.as_ref());
            points.push(Charted {
                label: short_label(period),
                value: point.value,
                printed: point.cell.text.clone(),
                is_comparable: point.standing == Standing::Comparable,
            });
            table.row(&history_key(period), &period.label, vec![point.cell, verdict]);
        }
        let table = self.with_limits(table, &before, &values, limits.as_ref());
        let table = if hides_some { table.note(SEE_MASKED) } else { table };
        // One point is no line, and says no more than its row does.
        if points.iter().filter(|point| point.value.is_some()).count() < 2 {
            return (Vec::new(), table);
        }
        let description = format!(
            "A point for each of {} periods, with the average and the limits where they can be drawn. The table with it \
             holds the same figures.",
            points.len()
        );
        let chart = control(Control {
            id: &format!("{}-chart", subject.id),
            title: subject.title,
            description: &description,
            points: &points,
            limits: limits.as_ref(),
        });
        (vec![chart], table)
    }

    fn with_limits(
        &self,
        table: TableView,
        before: &[&Period],
        values: &[Option<u64>],
        limits: Option<&Limits>,
    ) -> TableView {
        let given: Vec<&Period> = before
            .iter()
            .zip(values)
            .filter(|(_, value)| value.is_some())
            .map(|(period, _)| *period)
            .collect();
        let table = match (limits, given.first(), given.last()) {
            (Some(limits), Some(first), Some(last)) => table.note(format!(
                "{} from {} periods before this report's, {} to {}: average {}, lower limit {}, upper limit {}.",
                CONTROL_LIMITS.name,
                given.len(),
                first.label,
                last.label,
                limits.centre().trimmed(),
                limits.lower().trimmed(),
                limits.upper().trimmed(),
            )),
            _ if before.is_empty() => table.note("No limits: no earlier period is on record."),
            _ => table.note(format!(
                "No limits: too few of the {} earlier periods on record have a figure to draw them from.",
                thousands(u64::try_from(before.len()).unwrap_or(0))
            )),
        };
        let begins = self
            .begins_on()
            .filter(|first| self.scope.history.before.iter().any(|period| period.contains(*first)));
        match begins {
            Some(first) => table.note(format!("The first complaint on record is of {}.", long_date(first))),
            None => table,
        }
    }

    /// The day of the first complaint on record: before it, a period without any is not one of none.
    fn begins_on(&self) -> Option<NaiveDate> {
        self.source.stages.iter().map(|stage| stage.requested_on).min()
    }
}

/// Hides what became of fewer than five in a period, and whether it did. The periods that the report's own is cut into add up to a total
/// that is told, so that all of them are hidden or none; where there is but one, it is that total.
fn hide_few(points: &mut [Point], before: usize) -> bool {
    let (before, own) = points.split_at_mut(before);
    let is_few = |point: &Point| is_small(point.tells_of);
    let own: &mut [Point] = if own.len() > 1 && own.iter().any(is_few) { own } else { &mut [] };
    let hidden: Vec<&mut Point> = before.iter_mut().filter(|point| is_few(point)).chain(own).collect();
    let hides_some = !hidden.is_empty();
    hidden.into_iter().for_each(Point::hide);
    hides_some
}

fn against(point: &Point, limits: Option<&Limits>) -> CellView {
    let words = match (point.value, limits, point.standing) {
        (None, ..) | (_, None, _) => "–",
        (.., Standing::NotYet | Standing::Open) => "Not compared yet",
        (.., Standing::Partial) => "Not compared: not a whole period on record",
        (.., Standing::TooFew) => "Not compared: too few",
        (Some(value), _, Standing::Comparable) => match side(value, limits) {
            Some("above") => "Above the upper limit",
            Some(_) => "Below the lower limit",
            None => "Within",
        },
    };
    CellView::words(words)
}

/// What stands under a point: the quarter, the month or else the first day, over its year.
fn short_label(period: &Period) -> [String; 2] {
    match (Quarter::parse(&period.label), period.label.split_once(' ')) {
        (Ok(_), Some((year, quarter))) => [quarter.to_owned(), year.to_owned()],
        _ => {
            let is_month = period.label == period.first.format("%B %Y").to_string();
            let named = period.first.format(if is_month { "%b" } else { "%-d %b" });
            [named.to_string(), period.first.format("%Y").to_string()]
        }
    }
}
