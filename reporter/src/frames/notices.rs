//! Notices of an extension, and restrictions of contact.

use super::linked::yes_or_no;
use super::{ById, Ledger, Place, Rows, Scope, place_all, with_case};
use crate::source::{Restriction, Source};

/// A notice belongs to the period in which it was decided, whatever the period of its stage.
pub(super) fn extensions(source: &Source, by_id: &ById<'_>, scope: &Scope, ledger: &mut Ledger) -> Rows {
    let mut rows = Rows::new(&["slot", "stage", "details"]);
    let counted = place_all(
        ("report_extensions", &source.extensions),
        ledger,
        |row| format!("case {} stage {} extension {}", row.case_id, row.stage, row.number),
        |row| {
            with_case(by_id, &row.case_id, || match row.stage {
                1 | 2 => scope.place(row.decided_on),
                _ => Place::Nowhere("a complaint has only stages 1 and 2".to_owned()),
            })
        },
    );
    for (row, window) in counted {
        let stage = row.stage.to_string();
        rows.push(&row.case_id, [window, &stage, yes_or_no(row.ombudsman_details)], 1, 0);
    }
    rows
}

/// A restriction belongs to the period in which it began.
pub(super) fn restrictions(source: &Source, by_id: &ById<'_>, scope: &Scope, ledger: &mut Ledger) -> Rows {
    let mut rows = Rows::new(&["slot", "state"]);
    let counted = place_all(
        ("report_restrictions", &source.restrictions),
        ledger,
        |row| format!("case {} restriction {}", row.case_id, row.restriction),
        |row| with_case(by_id, &row.case_id, || scope.place(row.since_on)),
    );
    for (row, window) in counted {
        rows.push(&row.case_id, [window, review(scope, row)], 1, 0);
    }
    rows
}

/// Whether the review that a restriction was last given a date for has come and gone without one.
fn review(scope: &Scope, row: &Restriction) -> &'static str {
    let lifted = scope.known(row.lifted_on).is_some();
    let passed = row.review_on.is_some_and(|review| review < scope.as_of);
    if passed && !lifted { "overdue" } else { "reviewed" }
}
