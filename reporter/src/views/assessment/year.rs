//! Which provisions stand differently from the year before, and why.

use redress_shared::assessment::{Comply, Side, Standing, Why, changes};
use redress_shared::calendar::words::long_date;

use super::super::{CellView, TableView};
use super::{Filled, Filling, TO_BE_CONFIRMED};
use crate::frames::{BEFORE, NOW};

impl Filling<'_> {
    /// The provisions that changed; nothing where last year's answers are not given.
    pub(super) fn changes(&self, filled: &[Filled<'_>]) -> Option<TableView> {
        let last = self.assessment.given.last.as_ref()?;
        let columns = [
            ("before", self.report.label_of(BEFORE)),
            ("now", self.report.label_of(NOW)),
            ("why", "What changed"),
        ];
        let mut table = TableView::new(
            "changes",
            "Provisions that stand differently from the year before",
            "Provision",
            &columns,
        );
        if last.form.code != self.assessment.form.code {
            return Some(table.note(format!(
                "The year before was assessed on the form of {}, whose numbers ask for other things: nothing is compared.",
                last.form.code
            )));
        }
        for row in filled {
            self.changed(row, &mut table);
        }
        if table.rows.is_empty() {
            return Some(
                table.note(
                    "No provision stands differently: policy, performance and answers are as they were.",
                ),
            );
        }
        Some(table.note(
            "Performance changed where all cases kept a provision in one year and not in the other. Where the answer alone changed, \
             neither the policy nor the cases explain it.",
        ))
    }

    fn changed(&self, row: &Filled<'_>, table: &mut TableView) {
        let number = row.provision.number();
        let answer = self.assessment.given.last.as_ref().and_then(|last| last.answers.to(&number));
        // What was confirmed by the last day of this year's own period at the latest is last year's answer.
        let before = answer.and_then(|answer| answer.confirmed(self.report.scope.as_of));
        let now = self.confirmed(row.provision);
        let side = |answer, window: &str| Side { answer, standings: self.standings(row, window) };
        let policy_changed = !row.provision.policy_changes.is_empty();
        let why = changes(&side(before, BEFORE), &side(now, NOW), policy_changed);
        if why.is_empty() {
            return;
        }
        let mut said: Vec<String> = why.iter().flat_map(|why| self.why(*why, row)).collect();
        if why == [Why::Answer] {
            said = vec!["The answer alone.".to_owned()];
        }
        let promised = answer.and_then(|answer| Some((answer.action.as_ref()?, answer.action_by?)));
        said.extend(promised.map(|(action, by)| format!("To be done by {}: {action}.", long_date(by))));
        let printed =
            |answer: Option<Comply>| CellView::words(answer.map_or(TO_BE_CONFIRMED, Comply::printed));
        table.row(&number, &number, vec![printed(before), printed(now), CellView::words(&said.join(" "))]);
    }

    fn standings(&self, row: &Filled<'_>, window: &str) -> Vec<Standing> {
        let asked = row.figures.iter().filter(|(figure, _)| figure.asks.is_of_all());
        asked
            .filter_map(|(figure, _)| self.found(figure, window))
            .map(|(measured, _)| measured.into())
            .collect()
    }

    fn why(&self, why: Why, row: &Filled<'_>) -> Vec<String> {
        match why {
            Why::Policy => row.provision.policy_changes.clone(),
            Why::Performance => {
                let asked = row.figures.iter().filter(|(figure, _)| figure.asks.is_of_all());
                let of = |window: &str, figure| {
                    let rate = self.found(figure, window).and_then(|(measured, _)| measured.rate());
                    rate.map_or_else(
                        || "none".to_owned(),
                        |rate| format!("{} ({})", rate.of(), rate.per_cent().with_sign()),
                    )
                };
                asked
                    .map(|(figure, _)| {
                        format!("Performance: {}, before {}.", of(NOW, figure), of(BEFORE, figure))
                    })
                    .collect()
            }
            Why::Answer => vec!["Answer changed.".to_owned()],
        }
    }
}
