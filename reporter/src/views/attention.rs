//! What needs somebody's attention: a sentence each, the gravest first, for the page that everybody reads.

use redress_shared::calendar::words::{list, long_date};
use redress_shared::measure::{InTime, thousands};

use super::Report;
use super::words::counted;
use crate::frames::NOW;

impl Report<'_> {
    /// The sentences; one that says so where there is nothing.
    #[must_use]
    pub fn attention(&self) -> Vec<String> {
        let mut sentences: Vec<String> = self
            .overdue_orders()
            .into_iter()
            .chain(self.severe_determinations())
            .chain(self.overdue_answers_sentence())
            .chain(self.late_answers_sentence())
            .chain(self.overdue_actions_sentence())
            .chain(self.overturned_sentence())
            .chain(self.hazards_sentence())
            .collect();
        if sentences.is_empty() {
            sentences
                .push(format!("Nothing was late, overdue or overturned on {}.", long_date(self.scope.as_of)));
        }
        sentences
    }

    fn overdue_orders(&self) -> Option<String> {
        let overdue = |what| self.still_to_do(what, "overdue");
        let (severe, others, failure) = (overdue("severe-order"), overdue("order"), overdue("failure-order"));
        let orders = match (severe, severe + others) {
            (_, 0) => None,
            (0, orders) => Some(counted(orders, "order")),
            (_, orders) => Some(format!(
                "{} ({} after severe maladministration)",
                counted(orders, "order"),
                thousands(severe)
            )),
        };
        let failure = (failure > 0).then(|| counted(failure, "failure order"));
        let overdue: Vec<String> = orders.into_iter().chain(failure).collect();
        (!overdue.is_empty()).then(|| format!("Overdue to the Ombudsman: {}.", list(&overdue)))
    }

    fn severe_determinations(&self) -> Option<String> {
        let wanted = [("window", NOW), ("finding", "severe-maladministration")];
        let found = self.tables.findings.sum(&wanted);
        (found > 0)
            .then(|| format!("The Ombudsman made {} of severe maladministration.", counted(found, "finding")))
    }

    fn overdue_answers_sentence(&self) -> Option<String> {
        let overdue =
            |stage| self.tables.open.sum(&[("stage", stage), ("clock", InTime::OpenOverdue.word())]);
        let (first, second) = (overdue("1"), overdue("2"));
        (first + second > 0).then(|| {
            format!(
                "Answers overdue by the Code on {}: {} at stage 1 and {} at stage 2.",
                long_date(self.scope.as_of),
                thousands(first),
                thousands(second)
            )
        })
    }

    fn late_answers_sentence(&self) -> Option<String> {
        let late = |stage| {
            self.tables.clocks.sum(&[("window", NOW), ("stage", stage), ("in_time", InTime::Late.word())])
        };
        let (first, second) = (late("1"), late("2"));
        (first + second > 0).then(|| {
            format!(
                "Answered late by the Code: {} at stage 1 and {} at stage 2.",
                thousands(first),
                thousands(second)
            )
        })
    }

    fn overdue_actions_sentence(&self) -> Option<String> {
        let overdue = self.still_to_do("action", "overdue");
        (overdue > 0).then(|| format!("{} to residents overdue.", counted(overdue, "promised action")))
    }

    fn overturned_sentence(&self) -> Option<String> {
        let overturned = self.tables.refusals.sum(&[("window", NOW), ("overturned", "yes")]);
        (overturned > 0).then(|| {
            format!("Refusals of this period that were overturned since: {}.", self.told(overturned))
        })
    }

    fn hazards_sentence(&self) -> Option<String> {
        let hazards = self.remark("hazard");
        (hazards > 0 && !self.withholds())
            .then(|| format!("Complaints received about a hazard: {}.", self.told(hazards)))
    }
}
