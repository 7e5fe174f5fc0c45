//! What residents told of themselves, counted and never by case, and the risks that were flagged.

use std::collections::BTreeMap;

use super::linked::yes_or_no;
use super::{ById, Ledger, Place, Rows, Scope, place_all, with_case};
use crate::source::Source;

/// Answers, each as many times as residents gave it. They belong to the period in which the complaint was received.
pub(super) fn equality(source: &Source, scope: &Scope, ledger: &mut Ledger) -> Rows {
    let mut rows = Rows::new(&["slot", "characteristic", "answer"]);
    let counted = place_all(
        ("report_equality", &source.equality),
        ledger,
        |row| format!("{} {} of {}", row.characteristic, row.answer, row.received_on),
        |row| match row.residents {
            0.. => scope.place(row.received_on),
            _ => Place::Nowhere("fewer than no residents".to_owned()),
        },
    );
    for (row, window) in counted {
        let residents = u64::try_from(row.residents).unwrap_or(0);
        rows.push("", [window, &row.characteristic, &row.answer], residents, 0);
    }
    rows
}

/// A risk belongs to the period in which the landlord came to know of it.
pub(super) fn risks(source: &Source, by_id: &ById<'_>, scope: &Scope, ledger: &mut Ledger) -> Rows {
    let mut rows = Rows::new(&["slot", "kind", "handed"]);
    let counted = place_all(
        ("report_risks", &source.risks),
        ledger,
        |row| format!("case {} risk {}", row.case_id, row.risk),
        |row| with_case(by_id, &row.case_id, || scope.place(row.aware_on)),
    );
    for (row, window) in counted {
        let handed = yes_or_no(scope.known(row.handed_on).is_some());
        rows.push(&row.case_id, [window, &row.kind, handed], 1, 0);
    }
    rows
}

/// By slot, all residents behind the complaints received in it, whether they told anything of themselves or not.
pub(super) fn complainants(source: &Source, scope: &Scope) -> BTreeMap<&'static str, u64> {
    let mut complainants: BTreeMap<&'static str, u64> = BTreeMap::new();
    for case in source.cases.iter().filter(|case| case.kind == "complaint") {
        if let Place::Counted(slot) = scope.place(case.received_on) {
            *complainants.entry(slot).or_default() += u64::try_from(case.residents).unwrap_or(0);
        }
    }
    complainants
}
