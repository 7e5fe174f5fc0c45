//! How many complaints there were, when, of what kind and through which channel.

use redress_shared::calendar::words::long_date;
use redress_shared::measure::{InTime, Period, Rate, SHARE_OF_MADE, SHARE_OF_RECEIVED, thousands};

use super::discreet::is_small;
use super::words::counted;
use super::{CellView, ChartView, Report, TableView, charts, label};
use crate::frames::{BEFORE, NOW, YEAR_AGO, history_key};

impl Report<'_> {
    /// Stages of a part of the period. A quarter of a year can begin within a month: it is counted by the charts' periods.
    fn stages_in(&self, window: &str, stage: &str, period: &Period) -> u64 {
        let key = history_key(period);
        if self.scope.history.periods().any(|known| (known.first, known.last) == (period.first, period.last))
        {
            return self.tables.history.sum(&[("period", key.as_str()), ("stage", stage)]);
        }
        self.months_of(period)
            .iter()
            .map(|month| self.tables.months.sum(&[("window", window), ("stage", stage), ("month", month)]))
            .sum()
    }

    fn months_of(&self, period: &Period) -> Vec<String> {
        period.months().iter().map(|month| month.first.format("%Y-%m").to_string()).collect()
    }

    fn late_in(&self, stage: &str, period: &Period) -> u64 {
        let (key, late) = (history_key(period), ("in_time", InTime::Late.word()));
        if self.scope.history.own.iter().any(|known| (known.first, known.last) == (period.first, period.last))
        {
            return self.tables.history.sum(&[("period", key.as_str()), ("stage", stage), late]);
        }
        let months = self.months_of(period);
        let count = |month: &String| {
            self.tables.months.sum(&[("window", NOW), ("stage", stage), ("month", month), late])
        };
        months.iter().map(count).sum()
    }

    /// Stages by the parts of the period, each beside the same part of the year before.
    fn volumes(&self, id: &str, caption: &str, corner: &str, parts: &[Period]) -> TableView {
        let earlier = if self.has_window(YEAR_AGO) { YEAR_AGO } else { BEFORE };
        let columns = [
            ("stage-1", "Stage 1"),
            ("stage-1-before", "a year before"),
            ("stage-1-change", "change"),
            ("stage-1-late", "answered late"),
            ("stage-2", "Stage 2"),
            ("stage-2-before", "a year before"),
            ("stage-2-change", "change"),
            ("stage-2-late", "answered late"),
        ];
        let mut table = TableView::new(id, caption, corner, &columns);
        let cells = |part: &Period| {
            let before = part.year_before();
            let of_stage = |stage: &str| {
                let now = self.stages_in(NOW, stage, part);
                let then = before.as_ref().map_or(0, |part| self.stages_in(earlier, stage, part));
                let late = self.late_in(stage, part);
                // Of a month that has not come nothing is known: it is not one of none.
                let known = |count| {
                    if part.first > self.scope.as_of { CellView::none() } else { CellView::count(count) }
                };
                [known(now), CellView::count(then), self.change_in(part, then, now), known(late)]
            };
            [of_stage("1"), of_stage("2")].concat()
        };
        for part in parts {
            table.row(&part.first.format("%Y-%m").to_string(), &part.label, cells(part));
        }
        table.total("all", &self.scope.period().label, cells(self.scope.period()));
        self.with_running(table)
    }

    /// A change, once the period is over: a part of one is not held against a whole one.
    fn change_in(&self, period: &Period, then: u64, now: u64) -> CellView {
        if self.scope.is_over(period) { CellView::change(then, now) } else { CellView::none() }
    }

    fn with_running(&self, table: TableView) -> TableView {
        let period = self.scope.period();
        if self.scope.is_over(period) {
            return table;
        }
        table.note(format!(
            "So far: the period ends on {}, and what has not ended is not held against what has.",
            long_date(period.last)
        ))
    }

    /// By month.
    #[must_use]
    pub fn by_month(&self) -> TableView {
        self.volumes("months", "Complaints by month", "Month", &self.scope.period().months())
    }

    /// By quarter, of a year: whatever its first day, four of three months each.
    #[must_use]
    pub fn by_quarter(&self) -> TableView {
        let quarter = |(number, period): (usize, &Period)| Period {
            label: format!("Quarter {number}"),
            ..period.clone()
        };
        let quarters: Vec<Period> = (1..).zip(&self.scope.history.own).map(quarter).collect();
        self.volumes("quarters", "Complaints by quarter", "Quarter", &quarters)
            .note("[U]: there was nothing to compare with.")
    }

    /// A bar for each month, its height the stage 1 complaints.
    #[must_use]
    pub fn chart(&self) -> Vec<ChartView> {
        let bar = |month: &Period| (month.first.format("%b").to_string(), self.stages_in(NOW, "1", month));
        let months = self.scope.period().months();
        let bars: Vec<_> = months.iter().filter(|month| month.first <= self.scope.as_of).map(bar).collect();
        if bars.iter().all(|(_, count)| *count == 0) {
            return Vec::new();
        }
        vec![charts::columns(
            "chart-months",
            &format!("Stage 1 complaints by month, {}", self.scope.period().label),
            "One bar for each month; the table below holds the same counts.",
            &bars,
        )]
    }

    /// All cases by kind, and what triage made of the complaints.
    #[must_use]
    pub fn kinds(&self) -> TableView {
        let columns = [("cases", "Cases"), ("before", self.label_of(BEFORE)), ("change", "change")];
        let mut table = TableView::new("kinds", "Everything received, by kind", "Kind", &columns);
        let cells = |wanted: &[(&str, &str)]| {
            let [now, before] =
                [NOW, BEFORE].map(|window| self.tables.kinds.sum(&[wanted, &[("window", window)]].concat()));
            vec![
                CellView::count(now),
                CellView::count(before),
                self.change_in(self.scope.period(), before, now),
            ]
        };
        for kind in ["complaint", "service-request", "enquiry", "comment", "compliment", "policy-feedback"] {
            table.row(kind, &label(kind), cells(&[("kind", kind)]));
        }
        table.total("all", "All", cells(&[]));
        let triage = |result: &str| {
            thousands(self.tables.kinds.sum(&[("window", NOW), ("kind", "complaint"), ("triage", result)]))
        };
        let table = self.with_running(table);
        table.note(format!(
            "Of the complaints received: accepted {}, refused {}, found not to be complaints {}, withdrawn or closed before that \
             was decided {}, still being looked at {}. These are of the period by their receipt, as they stand; refusals elsewhere \
             are counted by the day of refusal, those overturned since among them.",
            triage("accepted"),
            triage("refused"),
            triage("not-a-complaint"),
            triage("ended"),
            triage("pending"),
        ))
    }

    /// The channels stage 1 complaints came through.
    #[must_use]
    pub fn channels(&self) -> TableView {
        let columns = [("stage-1", "Stage 1 complaints"), ("share", "Share")];
        let mut table = TableView::new("channels", "How stage 1 complaints were made", "Channel", &columns);
        let key = [("window", NOW), ("stage", "1")];
        let all = self.tables.channels.sum(&key);
        for channel in self.tables.channels.words("channel", &key) {
            let count = self.tables.channels.sum(&[("window", NOW), ("stage", "1"), ("channel", &channel)]);
            table.row(
                &channel,
                &label(&channel),
                vec![CellView::count(count), CellView::rate(&SHARE_OF_MADE, Rate::new(count, all))],
            );
        }
        table.total(
            "all",
            "All",
            vec![CellView::count(all), CellView::rate(&SHARE_OF_MADE, Rate::new(all, all))],
        );
        table
    }

    /// What is remarkable about the complaints received; one may have several remarks.
    #[must_use]
    pub fn remarks(&self) -> TableView {
        let columns = [("cases", "Complaints"), ("share", "Share of complaints received")];
        let mut table =
            TableView::new("remarks", "Who complained, and about what kind of case", "Complaints", &columns);
        let all = self.tables.kinds.sum(&[("window", NOW), ("kind", "complaint")]);
        for (remark, heading) in [
            ("represented", "made through a representative"),
            ("anonymous", "made anonymously"),
            ("group", "made by a group of residents"),
            ("adjustments", "with reasonable adjustments recorded"),
            ("vulnerable", "with a vulnerability recorded"),
            ("hazard", "about a hazard"),
            ("third-party", "about a service run by a third party"),
            ("from-service-request", "raised out of a service request"),
            ("reopened", "reopened"),
            ("directed", "accepted at the Ombudsman's direction"),
        ] {
            let count = self.remark(remark);
            let withheld = self.withholds();
            let is_hidden = self.is_published() && is_small(count);
            let share = CellView::rate(&SHARE_OF_RECEIVED, Rate::new(count, all));
            let cells = if withheld {
                vec![CellView::masked(None), CellView::masked(None)]
            } else if is_hidden {
                vec![CellView::discreet(count), CellView::masked(None)]
            } else {
                vec![CellView::count(count), share]
            };
            table.row(remark, heading, cells);
        }
        let table = table.note("One complaint can be in several rows, so the shares do not add up to 100%.");
        // So many more residents than complaints can tell how large the few groups are.
        if self.is_published() && is_small(self.remark("group")) {
            return table;
        }
        table.note(format!("Behind the stage 1 complaints stand {}.", counted(self.residents, "resident")))
    }

    /// How many cases of the period have a remark.
    pub(super) fn remark(&self, remark: &str) -> u64 {
        self.tables.remarks.sum(&[("window", NOW), ("remark", remark)])
    }
}
