//! Complaints and escalations that were declined.

use redress_shared::measure::{DISCRETION, OVERTURNED, Rate, SHARE_OF_REQUESTS};

use super::{CellView, Report, TableView, label};
use crate::frames::NOW;
use crate::views::outcomes::key_of;

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
        let key = [("window", NOW), ("what", what)];
        for ground in self.tables.refusals.words("ground", &key) {
            let of_ground = [&key[..], &[("ground", ground.as_str())]].concat();
            for clause in self.tables.refusals.words("clause", &of_ground) {
                let wanted = [&of_ground[..], &[("clause", clause.as_str())]].concat();
                let name = format!("{}-{}", key_of(&ground), key_of(&clause));
                table.row(&name, &label(&ground), self.refused_cells(&clause, &wanted));
            }
        }
        table.total("all", "All", self.refused_cells("–", &key));
        table
    }

    fn refused_cells(&self, clause: &str, wanted: &[(&str, &str)]) -> Vec<CellView> {
        let all = self.tables.refusals.sum(wanted);
        let yes = |column| self.tables.refusals.sum(&[wanted, &[(column, "yes")]].concat());
        vec![
            CellView::words(clause),
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
