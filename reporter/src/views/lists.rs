//! The cases behind what needs somebody's attention, for the committee alone: what is published has none of these.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use redress_shared::calendar::words::long_date;
use redress_shared::measure::{InTime, thousands};

use super::{CellView, Report, TableView, label};
use crate::frames::{NOW, Place, last_day};
use crate::request::Variant;
use crate::source::{Case, Order, Refusal, Stage};

/// A line of a list: the day that it is sorted by, the id of its case, and its cells.
type Line = (Option<NaiveDate>, String, Vec<String>);

impl Report<'_> {
    /// A list, unless it is for everybody or there is nothing to list.
    fn listed(
        &self,
        (id, caption, corner): (&str, &str, &str),
        columns: &[(&str, &str)],
        lines: Vec<Line>,
    ) -> Vec<TableView> {
        if self.variant == Variant::Published || lines.is_empty() {
            return Vec::new();
        }
        let names: BTreeMap<&str, &str> = self.source.cases.iter().map(named).collect();
        let with_name = |(day, case, cells): Line| {
            (day, cells, names.get(case.as_str()).copied().unwrap_or_default().to_owned())
        };
        // By what is shown: the ids of cases are drawn anew wherever the same cases are recorded again.
        let mut lines: Vec<_> = lines.into_iter().map(with_name).collect();
        lines.sort();
        let mut table = TableView::new(id, caption, corner, columns);
        for (number, (_, cells, reference)) in (1_u64..).zip(lines) {
            let cells = cells.iter().map(|text| CellView::words(text)).collect();
            table.row(&number.to_string(), &reference, cells);
        }
        vec![table]
    }

    /// Stages of the period that were answered late, on the Code's clock.
    #[must_use]
    pub fn late_answers(&self) -> Vec<TableView> {
        let columns = [
            ("stage", "Stage"),
            ("due", "Due by the Code"),
            ("answered", "Answered"),
            ("days", "Working days late"),
        ];
        let lines = ["1", "2"].iter().flat_map(|stage| {
            let wanted = [("window", NOW), ("stage", *stage), ("in_time", InTime::Late.word())];
            let cases = self.tables.clocks.cases(&wanted);
            self.stages_of(&cases, stage).into_iter().map(|row| {
                let due = last_day(row, &self.scope.choices);
                let answered = row.responded_on;
                let cells =
                    vec![(*stage).to_owned(), dated(due), dated(answered), self.days_late(due, answered)];
                (due, row.case_id.clone(), cells)
            })
        });
        self.listed(("list-late", "Answered late in this period", "Case"), &columns, lines.collect())
    }

    /// Stages of any period that are not answered and too late to be in time, on the Code's clock.
    #[must_use]
    pub fn overdue_answers(&self) -> Vec<TableView> {
        let columns = [("stage", "Stage"), ("due", "Due by the Code"), ("days", "Working days overdue")];
        let lines = ["1", "2"].iter().flat_map(|stage| {
            let wanted = [("stage", *stage), ("clock", InTime::OpenOverdue.word())];
            let cases = self.tables.open.cases(&wanted);
            self.stages_of(&cases, stage).into_iter().map(|row| {
                let due = last_day(row, &self.scope.choices);
                let late = self.days_late(due, Some(self.scope.as_of));
                (due, row.case_id.clone(), vec![(*stage).to_owned(), dated(due), late])
            })
        });
        self.listed(("list-overdue", "Overdue, of whatever period", "Case"), &columns, lines.collect())
    }

    fn stages_of(&self, cases: &[&str], stage: &str) -> Vec<&Stage> {
        let of = |row: &&Stage| {
            row.stage.to_string() == stage && cases.binary_search(&row.case_id.as_str()).is_ok()
        };
        self.source.stages.iter().filter(of).collect()
    }

    fn days_late(&self, due: Option<NaiveDate>, on: Option<NaiveDate>) -> String {
        let days = due.zip(on).and_then(|(due, on)| self.scope.working_days(due, on));
        days.map_or_else(|| "–".to_owned(), |days| thousands(days.into()))
    }

    /// Complaints and escalations refused in the period.
    #[must_use]
    pub fn refused_cases(&self) -> Vec<TableView> {
        let columns = [
            ("what", "Refused"),
            ("on", "On"),
            ("ground", "Ground"),
            ("clause", "Clause"),
            ("overturned", "Overturned"),
        ];
        let line = |row: &Refusal| {
            let overturned = self.scope.known(row.overturned_on);
            let cells = vec![
                label(&row.what),
                long_date(row.refused_on),
                label(&row.ground),
                row.clause.clone(),
                overturned.map_or_else(|| "No".to_owned(), long_date),
            ];
            (Some(row.refused_on), row.case_id.clone(), cells)
        };
        let of_period = |row: &&Refusal| self.scope.place(row.refused_on) == Place::Counted(NOW);
        let lines = self.source.refusals.iter().filter(of_period).map(line).collect();
        self.listed(("list-refused", "Refused in this period", "Case"), &columns, lines)
    }

    /// Promised actions that are overdue, of whatever period.
    #[must_use]
    pub fn overdue_actions(&self) -> Vec<TableView> {
        let columns = [("stage", "Promised at"), ("due", "Due"), ("days", "Working days overdue")];
        let overdue = self
            .source
            .actions
            .iter()
            .filter(|row| self.scope.known(row.done_on).is_none() && row.due_on < self.scope.as_of);
        let lines = overdue.map(|row| {
            let stage = row.stage.map_or_else(|| "–".to_owned(), |stage| format!("Stage {stage}"));
            let late = self.days_late(Some(row.due_on), Some(self.scope.as_of));
            (Some(row.due_on), row.case_id.clone(), vec![stage, long_date(row.due_on), late])
        });
        self.listed(
            ("list-actions", "Promised actions overdue, of whatever period", "Case"),
            &columns,
            lines.collect(),
        )
    }

    /// Orders not yet complied with, of whatever period: those of severe determinations first.
    #[must_use]
    pub fn outstanding_orders(&self) -> Vec<TableView> {
        let columns =
            [("determination", "Determination"), ("severe", "Severe"), ("due", "Due"), ("state", "State")];
        let is_open = |row: &&Order| {
            row.kind == "order"
                && self.scope.known(row.complied_on).is_none()
                && self.determined_on(&row.reference).is_some_and(|day| day <= self.scope.as_of)
        };
        let (severe, others): (Vec<&Order>, Vec<&Order>) =
            self.source.orders.iter().filter(is_open).partition(|row| self.is_severe(&row.reference));
        let line = |row: &Order, severe: &str| {
            let overdue = row.due_on.is_some_and(|due| due < self.scope.as_of);
            let state = if overdue { "Overdue" } else { "Not yet due" };
            let cells = vec![row.reference.clone(), severe.to_owned(), dated(row.due_on), state.to_owned()];
            (row.due_on, row.case_id.clone(), cells)
        };
        let severe = severe.into_iter().map(|row| line(row, "Yes")).collect();
        let others = others.into_iter().map(|row| line(row, "No")).collect();
        let mut tables = self.listed(
            ("list-severe-orders", "Orders of severe determinations not yet complied with", "Case"),
            &columns,
            severe,
        );
        tables.extend(self.listed(
            ("list-orders", "Other orders not yet complied with", "Case"),
            &columns,
            others,
        ));
        tables
    }

    /// The period's determinations, severe ones first.
    #[must_use]
    pub fn determinations_listed(&self) -> Vec<TableView> {
        let columns = [("determination", "Determination"), ("on", "On"), ("findings", "Findings")];
        let of_period = self
            .source
            .findings
            .iter()
            .filter(|row| self.scope.place(row.determined_on) == Place::Counted(NOW));
        let mut references: Vec<(&str, &str, NaiveDate)> =
            of_period.map(|row| (row.reference.as_str(), row.case_id.as_str(), row.determined_on)).collect();
        references.sort_unstable();
        references.dedup();
        let (severe, others): (Vec<_>, Vec<_>) =
            references.into_iter().partition(|(reference, ..)| self.is_severe(reference));
        let line = |(reference, case, on): (&str, &str, NaiveDate)| {
            let cells = vec![reference.to_owned(), long_date(on), self.findings_of(reference)];
            (Some(on), case.to_owned(), cells)
        };
        let severe = severe.into_iter().map(line).collect();
        let others = others.into_iter().map(line).collect();
        let mut tables =
            self.listed(("list-severe", "Severe determinations of this period", "Case"), &columns, severe);
        tables.extend(self.listed(
            ("list-determinations", "Other determinations of this period", "Case"),
            &columns,
            others,
        ));
        tables
    }

    fn findings_of(&self, reference: &str) -> String {
        let of = self.source.findings.iter().filter(|row| row.reference == reference);
        let mut findings: Vec<(i64, String)> = of.map(|row| (row.issue, label(&row.finding))).collect();
        findings.sort();
        findings.into_iter().map(|(_, finding)| finding).collect::<Vec<_>>().join("; ")
    }

    fn determined_on(&self, reference: &str) -> Option<NaiveDate> {
        self.source.findings.iter().find(|row| row.reference == reference).map(|row| row.determined_on)
    }

    fn is_severe(&self, reference: &str) -> bool {
        let severe = |row: &crate::source::Finding| {
            row.reference == reference && row.finding == "severe-maladministration"
        };
        self.source.findings.iter().any(severe)
    }
}

/// A case's id, and what the landlord knows it by.
fn named(case: &Case) -> (&str, &str) {
    (&case.case_id, case.name())
}

fn dated(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| "–".to_owned(), long_date)
}
