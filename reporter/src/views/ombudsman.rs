//! What the Ombudsman found and ordered.

use redress_shared::calendar::words::long_date;
use redress_shared::code::ombudsman;
use redress_shared::measure::{FINDING, MALADMINISTRATION, ORDERS, Rate};

use super::words::counted;
use super::{CellView, Report, TableView, label};
use crate::frames::{FINDINGS, NOW};
use crate::tables::Table;

/// Whether a finding is in the rate, by the data of the Ombudsman's decisions: as a failing, and among those it is taken over.
fn in_rate(finding: &str) -> (bool, bool) {
    let known = ombudsman().ok().and_then(|data| data.finding(finding));
    known.map_or((false, false), |known| (known.in_numerator, known.in_denominator))
}

impl Report<'_> {
    /// Failings over all findings save those outside jurisdiction and withdrawn.
    pub(super) fn maladministration_rate(&self, window: &str) -> Rate {
        let count = |finding: &&str| self.tables.findings.sum(&[("window", window), ("finding", finding)]);
        let failings = FINDINGS.iter().filter(|finding| in_rate(finding).0).map(&count).sum();
        let taken_over = FINDINGS.iter().filter(|finding| in_rate(finding).1).map(count).sum();
        Rate::new(failings, taken_over)
    }

    /// Determinations with a failing, of those with a finding that the rate counts.
    pub(super) fn determined_against(&self, window: &str) -> Rate {
        let table = &self.tables.findings;
        let with = |reference: &&String, findings: &dyn Fn(&str) -> bool| {
            let found = table.words("finding", &[("window", window), ("reference", reference.as_str())]);
            found.iter().any(|finding| findings(finding))
        };
        let references = table.words("reference", &[("window", window)]);
        let many = |findings: &dyn Fn(&str) -> bool| {
            let count = references.iter().filter(|reference| with(reference, findings)).count();
            u64::try_from(count).unwrap_or(u64::MAX)
        };
        Rate::new(many(&|finding| in_rate(finding).0), many(&|finding| in_rate(finding).1))
    }

    /// Determinations with at least one finding in a window.
    pub(super) fn determinations(&self, window: &str) -> u64 {
        let references = self.tables.findings.words("reference", &[("window", window)]).len();
        u64::try_from(references).unwrap_or(u64::MAX)
    }

    /// Findings by kind.
    #[must_use]
    pub fn findings(&self) -> TableView {
        let columns = [("findings", "Findings"), ("share", "Share of those in the rate")];
        let mut table = TableView::new("findings", "The Ombudsman's findings", "Finding", &columns);
        let rate = self.maladministration_rate(NOW);
        for finding in FINDINGS {
            let count = self.tables.findings.sum(&[("window", NOW), ("finding", finding)]);
            let share = if !in_rate(finding).1 {
                CellView::words("not in the rate").number()
            } else {
                CellView::rate(&FINDING, Rate::new(count, rate.denominator))
            };
            table.row(finding, &label(finding), vec![CellView::count(count), share]);
        }
        let cells = vec![CellView::count(rate.numerator), CellView::rate(&MALADMINISTRATION, rate)];
        table.total("rate", "Maladministration rate", cells);
        table.note(format!(
            "{}; each can hold several findings. The rate counts {}.",
            counted(self.determinations(NOW), "determination"),
            MALADMINISTRATION.numerator
        ))
    }

    /// Orders, recommendations and failure orders by whether they were complied with.
    #[must_use]
    pub fn orders(&self) -> TableView {
        let columns = [
            ("issued", "Issued"),
            ("in-time", "Complied in time"),
            ("late", "Complied late"),
            ("overdue", "Overdue"),
            ("not-due", "Not yet due"),
            ("money", "Money ordered"),
        ];
        let mut table = TableView::new("orders", "Orders of the period and compliance", "Kind", &columns);
        let severe = [("window", NOW), ("kind", "order"), ("severe", "yes")];
        let heading = "Orders after a finding of severe maladministration";
        table.row("severe", heading, order_cells(&self.tables.orders, &severe));
        for (kind, heading) in
            [("order", "All orders, these among them"), ("recommendation", "Recommendations")]
        {
            let wanted = [("window", NOW), ("kind", kind)];
            table.row(kind, heading, order_cells(&self.tables.orders, &wanted));
        }
        for (number, heading) in [
            ("1", "Failure order or notice, type 1: a complaint not progressed"),
            ("2", "Failure order or notice, type 2: information not provided"),
            ("3", "Failure order or notice, type 3: the Code not complied with"),
        ] {
            let wanted = [("window", NOW), ("type", number)];
            table.row(
                &format!("failure-{number}"),
                heading,
                order_cells(&self.tables.failure_orders, &wanted),
            );
        }
        table.note(
            "In time is out of those that have fallen due or were complied with. What the Ombudsman used to call a complaint handling \
             failure order it now calls a notice, with the same types: the records tell types and dates and not the name.",
        )
    }

    /// What is still to be done on the report's date, of whatever period, the gravest first.
    #[must_use]
    pub fn outstanding(&self) -> TableView {
        let columns = [("overdue", "Overdue"), ("not-due", "Not yet due")];
        let caption = format!("Outstanding on {}, of whatever period", long_date(self.scope.as_of));
        let mut table = TableView::new("outstanding", &caption, "What", &columns);
        for (what, heading) in [
            ("severe-order", "Orders after a finding of severe maladministration"),
            ("order", "Other orders"),
            ("failure-order", "Complaint handling failure orders and notices"),
            ("recommendation", "Recommendations"),
            ("action", "Actions promised to residents"),
        ] {
            let cells = ["overdue", "not-due"].map(|state| CellView::count(self.still_to_do(what, state)));
            table.row(what, heading, cells.to_vec());
        }
        table
    }

    /// What is still to be done of a kind: `overdue` or `not-due`.
    pub(super) fn still_to_do(&self, what: &str, state: &str) -> u64 {
        self.tables.outstanding.sum(&[("what", what), ("state", state)])
    }
}

fn order_cells(table: &Table, wanted: &[(&str, &str)]) -> Vec<CellView> {
    let count = |state| table.sum(&[wanted, &[("state", state)]].concat());
    let (in_time, late, overdue, not_due) =
        (count("in-time"), count("late"), count("overdue"), count("not-due"));
    vec![
        CellView::count(in_time + late + overdue + not_due),
        CellView::rate(&ORDERS, Rate::new(in_time, in_time + late + overdue)),
        CellView::count(late),
        CellView::count(overdue),
        CellView::count(not_due),
        CellView::money(table.pence(wanted)),
    ]
}

#[cfg(test)]
mod tests {
    use super::{FINDINGS, in_rate};
    use redress_shared::code::ombudsman;
    use std::collections::BTreeSet;

    #[test]
    fn every_finding_of_the_data_has_a_row_and_the_rate_is_the_datas() {
        let data = ombudsman().unwrap();
        let known: BTreeSet<&str> = data.findings.iter().map(|finding| finding.id.as_str()).collect();
        assert_eq!(FINDINGS.iter().copied().collect::<BTreeSet<_>>(), known);
        assert_eq!(in_rate("service-failure"), (true, true));
        assert_eq!(in_rate("reasonable-redress"), (false, true));
        assert_eq!(in_rate("outside-jurisdiction"), (false, false));
    }
}
