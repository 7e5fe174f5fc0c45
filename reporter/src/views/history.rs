//! The control charts: what the last periods did, between the limits of what they do by themselves.

use chrono::NaiveDate;
use redress_shared::measure::{
    CONTROL_LIMITS, Figure, InTime, Limits, Period, Quarter, RESPONDED, Rate, thousands,
};

use super::charts::{Charted, Control, control, side};
use super::{CellView, ChartView, Report, TableView, long_date};
use crate::frames::history_key;

/// What is charted: its name, its title, and what it is called under the chart.
struct Subject<'a> {
    id: &'a str,
    title: &'a str,
    column: &'a str,
    /// The highest value there can be, in tenths.
    highest: Option<u64>,
}

/// A value in tenths, if there is one, and its cell.
type ValueOf<'a> = &'a dyn Fn(&str) -> (Option<u64>, CellView);

impl Report<'_> {
    /// The stage 1 complaints made in each period.
    #[must_use]
    pub fn charted_volume(&self) -> (ChartView, TableView) {
        let subject = Subject {
            id: "control-volume",
            title: "Stage 1 complaints, period by period",
            column: "Stage 1 complaints",
            highest: None,
        };
        self.charted(&subject, &|period| {
            let count = self.tables.history.sum(&[("period", period), ("stage", "1")]);
            (Some(count * 10), CellView::count(count))
        })
    }

    /// The share answered in the Code's time in each period.
    #[must_use]
    pub fn charted_answers(&self, stage: &str) -> (ChartView, TableView) {
        let subject = Subject {
            id: &format!("control-answered-{stage}"),
            title: &format!("Stage {stage} answered in the Code's time, period by period"),
            column: "Answered in time",
            highest: Some(1_000),
        };
        self.charted(&subject, &|period| {
            let count = |more: &[(&str, &str)]| {
                self.tables.history.sum(&[&[("period", period), ("stage", stage)], more].concat())
            };
            let in_time: u64 = InTime::ALL
                .iter()
                .filter(|standing| standing.counts())
                .map(|standing| count(&[("in_time", standing.word())]))
                .sum();
            let rate = Rate::new(in_time, count(&[]));
            let value = match rate.per_cent() {
                Figure::Value(tenths) => u64::try_from(tenths.0).ok(),
                Figure::Marked(_) => None,
            };
            (value, CellView::rate(&RESPONDED, rate))
        })
    }

    /// The median of the working days that stage 1 answers took in each period.
    #[must_use]
    pub fn charted_days(&self) -> (ChartView, TableView) {
        let subject = Subject {
            id: "control-days",
            title: "Median of working days to answer at stage 1, period by period",
            column: "Working days",
            highest: None,
        };
        self.charted(&subject, &|period| {
            let wanted = [("period", period), ("stage", "1"), ("what", "answer")];
            let median = self.tables.waits_by_period.spread("days", &wanted).median();
            (median.map(|days| days * 10), CellView::of_ranked(median))
        })
    }

    fn charted(&self, subject: &Subject<'_>, value_of: ValueOf<'_>) -> (ChartView, TableView) {
        let begins = self.begins_on();
        let on_record = |period: &&Period| begins.is_some_and(|first| period.last >= first);
        let before: Vec<&Period> = self.scope.history.before.iter().filter(on_record).collect();
        let own: Vec<&Period> =
            self.scope.history.own.iter().filter(|period| period.first <= self.scope.as_of).collect();
        let values = before.iter().filter_map(|period| value_of(&history_key(period)).0);
        let limits = Limits::of(&values.collect::<Vec<_>>(), subject.highest);
        let columns = [("value", subject.column), ("limits", "Against the limits")];
        let mut table = TableView::new(subject.id, subject.title, "Period", &columns);
        let mut points = Vec::new();
        for period in before.iter().chain(&own) {
            let (value, cell) = value_of(&history_key(period));
            points.push(Charted { label: short_label(period), value, printed: cell.text.clone() });
            table.row(&history_key(period), &period.label, vec![cell, against(value, limits.as_ref())]);
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
        (chart, self.with_limits(table, &before, limits.as_ref()))
    }

    fn with_limits(&self, table: TableView, before: &[&Period], limits: Option<&Limits>) -> TableView {
        let table = match (limits, before.first(), before.last()) {
            (Some(limits), Some(first), Some(last)) => table.note(format!(
                "{} from {} periods before this report's, {} to {}: average {}, lower limit {}, upper limit {}.",
                CONTROL_LIMITS.name,
                before.len(),
                first.label,
                last.label,
                limits.centre().trimmed(),
                limits.lower().trimmed(),
                limits.upper().trimmed(),
            )),
            _ => table.note(format!(
                "No limits: too few of the {} earlier periods on record have a figure.",
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

fn against(value: Option<u64>, limits: Option<&Limits>) -> CellView {
    match (value, limits) {
        (Some(value), Some(_)) => CellView::words(match side(value, limits) {
            Some("above") => "Above the upper limit",
            Some(_) => "Below the lower limit",
            None => "Within",
        }),
        _ => CellView::words("–"),
    }
}

/// What stands under a point: the quarter over its year, or the first day over its year.
fn short_label(period: &Period) -> [String; 2] {
    match (Quarter::parse(&period.label), period.label.split_once(' ')) {
        (Ok(_), Some((year, quarter))) => [quarter.to_owned(), year.to_owned()],
        _ => [period.first.format("%-d %b").to_string(), period.first.format("%Y").to_string()],
    }
}
