//! How fast stages were acknowledged and answered, on the Code's clock and on the landlord's own, and what is still open.

use redress_shared::calendar::words::long_date;
use redress_shared::measure::{
    ACKNOWLEDGED, ACKNOWLEDGED_BY_POLICY, AGES, Age, Definition, EXTENDED, InTime, NOTICES_WITH_DETAILS,
    RESPONDED, RESPONDED_BY_POLICY, Rate, UPDATES_GIVEN,
};

use super::{CellView, ChartView, Report, TableView, charts};
use crate::frames::NOW;
use crate::tables::Table;

/// The two clocks: the last part of a row's name, its words, and the column of the acknowledgement and of the response.
const CLOCKS: [(&str, &str, &str, &str); 2] = [
    ("code", "the Code's time", "acknowledged", "in_time"),
    ("policy", "the policy's time", "policy_acknowledged", "policy_in_time"),
];

/// What acknowledged and responded to in time mean on a clock: the policy's, or the Code's.
pub(super) const fn definitions_by(policy: bool) -> (&'static Definition, &'static Definition) {
    if policy { (&ACKNOWLEDGED_BY_POLICY, &RESPONDED_BY_POLICY) } else { (&ACKNOWLEDGED, &RESPONDED) }
}

impl Report<'_> {
    fn standing(table: &Table, stage: &str, column: &str, word: &str) -> u64 {
        table.sum(&[("window", NOW), ("stage", stage), (column, word)])
    }

    /// Stages acknowledged by their due date, of all whose clock has one and that did not end before it.
    pub(super) fn acknowledged_rate(&self, window: &str, stage: &str, column: &str) -> Rate {
        let count = |word: &str| {
            self.tables.acknowledged.sum(&[("window", window), ("stage", stage), (column, word)])
        };
        let all = self.tables.acknowledged.sum(&[("window", window), ("stage", stage)]);
        Rate::new(count("in-time"), all - count("no-limit") - count("ended"))
    }

    /// Stages answered in time, of all whose clock has a limit.
    pub(super) fn answered_rate(&self, window: &str, stage: &str, column: &str) -> Rate {
        let count =
            |word: &str| self.tables.clocks.sum(&[("window", window), ("stage", stage), (column, word)]);
        let all = self.tables.clocks.sum(&[("window", window), ("stage", stage)]);
        let in_time = count(InTime::WithoutExtension.word()) + count(InTime::WithinExtension.word());
        Rate::new(in_time, all - count("no-limit"))
    }

    /// Acknowledgements by stage and clock.
    #[must_use]
    pub fn acknowledgements(&self) -> TableView {
        let columns = [
            ("in-time", "In time"),
            ("late", "Late"),
            ("overdue", "Not yet, overdue"),
            ("open", "Not yet, within time"),
            ("ended", "Ended before"),
            ("no-limit", "No time set"),
        ];
        let mut table =
            TableView::new("acknowledged", "Acknowledgements on both clocks", "Stage and clock", &columns);
        for stage in ["1", "2"] {
            for (key, words, column, _) in CLOCKS {
                let count =
                    |word| CellView::count(Self::standing(&self.tables.acknowledged, stage, column, word));
                let cells = vec![
                    CellView::rate(
                        definitions_by(key == "policy").0,
                        self.acknowledged_rate(NOW, stage, column),
                    ),
                    count("late"),
                    count("open-overdue"),
                    count("open-within-time"),
                    count("ended"),
                    count("no-limit"),
                ];
                table.row(&format!("{stage}-{key}"), &format!("Stage {stage}, {words}"), cells);
            }
        }
        table
    }

    /// Responses by stage and clock.
    #[must_use]
    pub fn responses(&self) -> TableView {
        let columns = [
            ("in-time", "In time"),
            ("without-extension", "without extension"),
            ("within-extension", "within an extension"),
            ("late", "Late"),
            ("overdue", "Not answered, overdue"),
            ("open", "Not answered, within time"),
            ("withdrawn", "Withdrawn"),
            ("closed", "Closed unanswered"),
            ("no-limit", "No time set"),
        ];
        let mut table = TableView::new("responses", "Responses on both clocks", "Stage and clock", &columns);
        for stage in ["1", "2"] {
            for (key, words, _, column) in CLOCKS {
                let count =
                    |word: &str| CellView::count(Self::standing(&self.tables.clocks, stage, column, word));
                let cells = vec![
                    CellView::rate(definitions_by(key == "policy").1, self.answered_rate(NOW, stage, column)),
                    count(InTime::WithoutExtension.word()),
                    count(InTime::WithinExtension.word()),
                    count(InTime::Late.word()),
                    count(InTime::OpenOverdue.word()),
                    count(InTime::OpenWithinTime.word()),
                    count(InTime::Withdrawn.word()),
                    count(InTime::Closed.word()),
                    count("no-limit"),
                ];
                table.row(&format!("{stage}-{key}"), &format!("Stage {stage}, {words}"), cells);
            }
        }
        table
    }

    /// Extensions, and the updates agreed while an answer was late.
    #[must_use]
    pub fn extensions(&self) -> TableView {
        let columns = [
            ("permitted", "Every extension as the Code permits"),
            ("not-permitted", "One or more otherwise"),
            ("notices", "Notices with the Ombudsman's details"),
            ("updates", "Agreed updates all given"),
        ];
        let mut table = TableView::new("extensions", "Extensions and updates", "Stage", &columns);
        for stage in ["1", "2"] {
            let key = [("window", NOW), ("stage", stage)];
            let count = |column, word| self.tables.handling.sum(&[&key[..], &[(column, word)]].concat());
            let all = self.tables.handling.sum(&key);
            let (kept, not_kept) = (count("updates", "kept"), count("updates", "not-kept"));
            let cells = vec![
                CellView::rate(&EXTENDED, Rate::new(count("extension", "permitted"), all)),
                CellView::rate(&EXTENDED, Rate::new(count("extension", "not-permitted"), all)),
                CellView::rate(&NOTICES_WITH_DETAILS, self.notices_with_details(stage)),
                CellView::rate(&UPDATES_GIVEN, Rate::new(kept, kept + not_kept)),
            ];
            table.row(stage, &format!("Stage {stage}"), cells);
        }
        table
    }

    fn notices_with_details(&self, stage: &str) -> Rate {
        let key = [("window", NOW), ("stage", stage)];
        let with_details = self.tables.extensions.sum(&[&key[..], &[("details", "yes")]].concat());
        Rate::new(with_details, self.tables.extensions.sum(&key))
    }

    /// Stages not answered on the report's date, by how long ago they were requested.
    #[must_use]
    pub fn open_cases(&self) -> TableView {
        let columns = [
            ("stage-1", "Stage 1 open"),
            ("stage-1-code", "overdue, Code"),
            ("stage-1-policy", "overdue, policy"),
            ("stage-2", "Stage 2 open"),
            ("stage-2-code", "overdue, Code"),
            ("stage-2-policy", "overdue, policy"),
        ];
        let caption = format!("Open on {}, by age", long_date(self.scope.as_of));
        let mut table = TableView::new("open", &caption, "Calendar days since the request", &columns);
        let cells = |age: &[(&str, &str)]| {
            let of_stage = |stage: &'static str| {
                let count = |more: &[(&str, &str)]| {
                    CellView::count(self.tables.open.sum(&[age, &[("stage", stage)], more].concat()))
                };
                [count(&[]), count(&[("clock", "open-overdue")]), count(&[("policy_clock", "open-overdue")])]
            };
            [of_stage("1"), of_stage("2")].concat()
        };
        for age in AGES {
            table.row(age.id, age.heading, cells(&[("age", age.id)]));
        }
        table.total("all", "All", cells(&[]));
        table.note("Of whatever period they were requested in.")
    }

    /// What is open, by how long ago it was asked for; no chart where nothing is.
    #[must_use]
    pub fn ages_chart(&self) -> Vec<ChartView> {
        let bar = |age: &Age| (age.heading.to_owned(), Some(self.tables.open.sum(&[("age", age.id)])));
        let bars: Vec<_> = AGES.iter().map(bar).collect();
        if bars.iter().all(|(_, count)| *count == Some(0)) {
            return Vec::new();
        }
        let title = "Open at either stage, by calendar days since the request";
        let description = "One bar for each age; the table below has the same stages by stage and clock.";
        vec![charts::strips("chart-ages", title, description, &bars)]
    }
}
