//! Complaints and escalations that were declined.

use redress_shared::measure::{DISCRETION, OVERTURNED, Rate, SHARE_OF_REQUESTS};

use super::{CellView, Report, TableView, label};
use crate::frames::NOW;
use crate::views::outcomes::{key_of, with_masking_note};

/// A ground and the clause that it stands in.
struct Ground {
    ground: String,
    clause: String,
}

impl Report<'_> {
    /// Refused complaints by ground and clause.
    #[must_use]
    pub fn refused_complaints(&self) -> TableView {
        self.refused("refusals", "Complaints refused, by ground", "complaint")
    }

    /// Refused escalations by ground and clause.
    #[must_use]
    pub fn refused_escalations(&self) -> TableView {
        self.refused("refused-escalations", "Escalations refused, by ground", "escalation")
    }

    fn refused(&self, id: &str, caption: &str, what: &str) -> TableView {
        let columns = [
            ("clause", "Clause of the policy"),
            ("refused", "Refused"),
            ("discretion", "Discretion considered"),
            ("overturned", "Overturned since"),
        ];
        let mut table = TableView::new(id, caption, "Ground", &columns);
        let rows = self.grounds(what);
        let by = |column: &'static str| -> Vec<Vec<u64>> {
            let split = |row: &Ground| {
                let counted = |answer| self.refusals_by(what, row, &[(column, answer)]);
                vec![counted("yes"), counted("no")]
            };
            rows.iter().map(split).collect()
        };
        let (weighed, overturned) = (self.masked(&by("discretion")), self.masked(&by("overturned")));
        let hidden = weighed.hides_all() || overturned.hides_all();
        for (index, row) in rows.iter().enumerate().filter(|_| !hidden) {
            let (weighed, overturned) = (&weighed.rows[index], &overturned.rows[index]);
            // A ground whose count is hidden in one crossing is hidden in both.
            let all =
                weighed.last().copied().flatten().filter(|_| overturned.last().is_some_and(Option::is_some));
            let share = |definition, split: &[Option<u64>]| match (split.first().copied().flatten(), all) {
                (Some(yes), Some(all)) => CellView::rate(definition, Rate::new(yes, all)),
                _ => CellView::masked(None),
            };
            let cells = vec![
                CellView::words(&row.clause),
                CellView::masked(all),
                share(&DISCRETION, weighed),
                share(&OVERTURNED, overturned),
            ];
            table.row(
                &format!("{}-{}", key_of(&row.ground), key_of(&row.clause)),
                &label(&row.ground),
                cells,
            );
        }
        table.total("all", "All", self.all_refused(what));
        let telling = if weighed.hides_all() || !overturned.hides_all() && weighed.count() > 0 {
            &weighed
        } else {
            &overturned
        };
        with_masking_note(table, telling)
    }

    fn grounds(&self, what: &str) -> Vec<Ground> {
        let key = [("window", NOW), ("what", what)];
        let table = &self.tables.refusals;
        let clauses = |ground: String| {
            let of_ground = [&key[..], &[("ground", ground.as_str())]].concat();
            let clauses = table.words("clause", &of_ground);
            clauses.into_iter().map(|clause| Ground { ground: ground.clone(), clause }).collect::<Vec<_>>()
        };
        table.words("ground", &key).into_iter().flat_map(clauses).collect()
    }

    fn refusals_by(&self, what: &str, row: &Ground, more: &[(&str, &str)]) -> u64 {
        let wanted = [
            ("window", NOW),
            ("what", what),
            ("ground", row.ground.as_str()),
            ("clause", row.clause.as_str()),
        ];
        self.tables.refusals.sum(&[&wanted[..], more].concat())
    }

    /// Totals are headlines, and never hidden.
    fn all_refused(&self, what: &str) -> Vec<CellView> {
        let key = [("window", NOW), ("what", what)];
        let all = self.tables.refusals.sum(&key);
        let yes = |column| self.tables.refusals.sum(&[&key[..], &[(column, "yes")]].concat());
        vec![
            CellView::words("–"),
            CellView::count(all),
            CellView::rate(&DISCRETION, Rate::new(yes("discretion"), all)),
            CellView::rate(&OVERTURNED, Rate::new(yes("overturned"), all)),
        ]
    }

    /// Refusals of one kind in a window.
    pub(super) fn refusals_in(&self, window: &str, what: &str) -> u64 {
        self.tables.refusals.sum(&[("window", window), ("what", what)])
    }

    /// Requests to escalate by what became of them.
    #[must_use]
    pub fn escalation_requests(&self) -> TableView {
        let columns = [
            ("requests", "Requests"),
            ("share", "Share"),
            ("reasons", "Gave reasons"),
            ("late", "After the policy's limit"),
        ];
        let mut table = TableView::new("escalation-requests", "Requests to escalate", "Result", &columns);
        let cells = |wanted: &[(&str, &str)]| {
            let count = |more: &[(&str, &str)]| {
                self.tables.escalations.sum(&[&[("window", NOW)], wanted, more].concat())
            };
            let (these, all) = (count(&[]), self.tables.escalations.sum(&[("window", NOW)]));
            vec![
                CellView::count(these),
                CellView::rate(&SHARE_OF_REQUESTS, Rate::new(these, all)),
                CellView::count(count(&[("reasons", "yes")])),
                CellView::count(count(&[("late", "yes")])),
            ]
        };
        for outcome in ["accepted", "refused", "re-reviewed", "pending", "ended"] {
            table.row(outcome, &label(outcome), cells(&[("outcome", outcome)]));
        }
        table.total("all", "All", cells(&[]));
        table
    }
}
