//! Putting things right: remedies, money, promised actions, and what was learnt.

use std::collections::BTreeSet;

use redress_shared::calendar::words::long_date;
use redress_shared::measure::{ACCEPTED, ACTIONS, Marker, Rate};

use super::words::counted;
use super::{CellView, Report, TableView, label};
use crate::frames::{BEFORE, NOW, Place};
use crate::views::outcomes::{key_of, with_masking_note};

impl Report<'_> {
    /// Remedies by kind.
    #[must_use]
    pub fn remedies(&self) -> TableView {
        let columns = [
            ("offered", "Offered"),
            ("stage-1", "at stage 1"),
            ("stage-2", "at stage 2"),
            ("accepted", "Accepted"),
        ];
        let mut table = TableView::new("remedies", "Remedies by kind", "Remedy", &columns);
        let count =
            |wanted: &[(&str, &str)]| self.tables.remedies.sum(&[&[("window", NOW)], wanted].concat());
        let kinds = self.tables.remedies.words("kind", &[("window", NOW)]);
        let at = |kind: &String, stage| count(&[("kind", kind), ("stage", stage)]);
        let by_stage = |kind: &String| ["1", "2", "other"].map(|stage| at(kind, stage)).to_vec();
        let accepted = |kind: &String| count(&[("kind", kind), ("state", "accepted")]);
        let by_answer = |kind: &String| vec![accepted(kind), count(&[("kind", kind)]) - accepted(kind)];
        let stages = self.masked(&kinds.iter().map(by_stage).collect::<Vec<_>>());
        let answers = self.masked(&kinds.iter().map(by_answer).collect::<Vec<_>>());
        let hidden = stages.hides_all() || answers.hides_all();
        for (index, kind) in kinds.iter().enumerate().filter(|_| !hidden) {
            let (stages, answers) = (&stages.rows[index], &answers.rows[index]);
            // A kind whose count is hidden in one crossing is hidden in both.
            let all =
                stages.last().copied().flatten().filter(|_| answers.last().is_some_and(Option::is_some));
            let share = match (answers.first().copied().flatten(), all) {
                (Some(accepted), Some(all)) => CellView::rate(&ACCEPTED, Rate::new(accepted, all)),
                _ => CellView::masked(None),
            };
            let cells =
                vec![CellView::masked(all), CellView::masked(stages[0]), CellView::masked(stages[1]), share];
            table.row(&key_of(kind), &label(kind), cells);
        }
        let all = count(&[]);
        let share = CellView::rate(&ACCEPTED, Rate::new(count(&[("state", "accepted")]), all));
        let totals = ["1", "2"].map(|stage| CellView::count(count(&[("stage", stage)])));
        table.total("all", "All", [&[CellView::count(all)], &totals[..], &[share]].concat());
        let telling =
            if stages.hides_all() || !answers.hides_all() && stages.count() > 0 { &stages } else { &answers };
        with_masking_note(table, telling).note("Those offered at neither stage are in the first column only.")
    }

    /// Compensation offered, paid and set off against arrears.
    #[must_use]
    pub fn money(&self) -> TableView {
        let columns = [
            ("amounts", "Amounts"),
            ("total", "Total"),
            ("median", "Median"),
            ("average", "Average"),
            ("before", self.label_of(BEFORE)),
        ];
        let mut table = TableView::new("money", "Compensation", "Money", &columns);
        for (what, heading) in
            [("offered", "Offered"), ("paid", "Paid"), ("set-off", "Set off against what the resident owed")]
        {
            let key = [("window", NOW), ("what", what)];
            let (number, total) = (self.tables.money.sum(&key), self.tables.money.pence(&key));
            let before = self.tables.money.pence(&[("window", BEFORE), ("what", what)]);
            let cells = vec![
                CellView::count(number),
                CellView::money(total),
                self.tables.money.spread("amount", &key).median().map_or_else(
                    || CellView::marked(Marker::DenominatorZero, ""),
                    |median| CellView::money(median).ranked(),
                ),
                CellView::average(total, number),
                CellView::money(before),
            ];
            table.row(what, heading, cells);
        }
        table
    }

    /// Actions done by their due date, of those that fell due in a window.
    pub(super) fn actions_rate(&self, window: &str) -> Rate {
        let done = self.tables.actions.sum(&[("window", window), ("state", "in-time")]);
        let not_due = self.tables.actions.sum(&[("window", window), ("state", "not-due")]);
        Rate::new(done, self.tables.actions.sum(&[("window", window)]) - not_due)
    }

    /// Cases with every action of a window done on time, of those with one that was due.
    pub(super) fn cases_acted_on(&self, window: &str) -> Rate {
        let cases = |state: &&str| self.tables.actions.cases(&[("window", window), ("state", state)]);
        let late: BTreeSet<&str> = ["late", "overdue"].iter().flat_map(cases).collect();
        let due: BTreeSet<&str> = ["in-time"].iter().flat_map(cases).chain(late.iter().copied()).collect();
        let count = |cases: usize| u64::try_from(cases).unwrap_or(u64::MAX);
        Rate::new(count(due.len() - late.len()), count(due.len()))
    }

    /// Promised actions.
    #[must_use]
    pub fn actions(&self) -> TableView {
        let columns = [
            ("in-time", "Done on time, of those due"),
            ("late", "Done late"),
            ("overdue", "Overdue"),
            ("not-due", "Due on the report's date"),
        ];
        let mut table =
            TableView::new("actions", "Promised actions, by the period they fell due in", "Period", &columns);
        for window in &self.scope.windows {
            let count =
                |state| CellView::count(self.tables.actions.sum(&[("window", window.key), ("state", state)]));
            let on_time = CellView::rate(&ACTIONS, self.actions_rate(window.key));
            table.row(
                window.key,
                &window.period.label,
                vec![on_time, count("late"), count("overdue"), count("not-due")],
            );
        }
        let overdue = self.tables.outstanding.sum(&[("what", "action"), ("state", "overdue")]);
        table.note(format!(
            "Overdue on {}, of any period: {}.",
            long_date(self.scope.as_of),
            counted(overdue, "action")
        ))
    }

    /// The learning register's entries of the period. Whose task an improvement is stays out: it can name a person. So can the words
    /// of the improvement, which are written on a case and not for the public: they are left out of what is published.
    #[must_use]
    pub fn learning(&self) -> TableView {
        let is_told = !self.is_published();
        let columns: Vec<(&str, &str)> = [
            ("cause", "Root cause"),
            ("improvement", "Improvement"),
            ("state", "State"),
            ("reported", if is_told { "Reported to" } else { "Reported" }),
        ]
        .into_iter()
        .filter(|(key, _)| is_told || *key != "improvement")
        .collect();
        let mut table = TableView::new("learning", "What was learnt and improved", "Theme", &columns);
        let mut entries: Vec<_> = self
            .source
            .learning
            .iter()
            .filter(|entry| self.scope.place(entry.recorded_on) == Place::Counted(NOW))
            .collect();
        // By all that is shown: the ids of cases are drawn anew wherever the same cases are recorded again.
        entries.sort_by_key(|entry| {
            let shown = (&entry.root_cause, &entry.improvement, entry.done_on, &entry.reported_to);
            (&entry.theme, entry.recorded_on, shown)
        });
        for (number, entry) in (1_u32..).zip(entries) {
            let state = self
                .scope
                .known(entry.done_on)
                .map_or_else(|| "In hand".to_owned(), |done| format!("Done {}", long_date(done)));
            let reported = match &entry.reported_to {
                None => "Not yet reported",
                Some(body) if is_told => body.as_str(),
                Some(_) => "Reported",
            };
            let improvement = is_told.then_some(entry.improvement.as_str());
            let words = [Some(entry.root_cause.as_str()), improvement, Some(state.as_str()), Some(reported)];
            let cells = words.into_iter().flatten().map(CellView::words).collect();
            table.row(&number.to_string(), &label(&entry.theme), cells);
        }
        let done = self.tables.learning.sum(&[("window", NOW), ("state", "done")]);
        let all = self.tables.learning.sum(&[("window", NOW)]);
        let table = table.note(format!("Improvements carried out: {}.", Rate::new(done, all).of()));
        if is_told {
            return table;
        }
        table.note(
            "What was improved is not told in the words of the register, which are written on cases; a landlord tells it in words \
             meant for everybody among its further improvements.",
        )
    }

    /// What lay behind complaints, as the learning register has it, beside the other periods.
    #[must_use]
    pub fn root_causes(&self) -> TableView {
        let columns: Vec<(&str, &str)> =
            self.scope.windows.iter().map(|window| (window.key, window.period.label.as_str())).collect();
        let mut table =
            TableView::new("causes", "Root causes in the learning register", "Root cause", &columns);
        for cause in self.tables.learning.words("cause", &[]) {
            let count = |(window, _): &(&str, &str)| {
                CellView::count(self.tables.learning.sum(&[("window", window), ("cause", &cause)]))
            };
            table.row(&key_of(&cause), &label(&cause), columns.iter().map(count).collect());
        }
        table
    }
}
