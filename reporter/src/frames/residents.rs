//! What residents told of themselves, counted and never by case, and the risks that were flagged.

use std::collections::BTreeMap;

use super::linked::yes_or_no;
use super::scope::NOW;
use super::{Ledger, Place, Rows, Scope, place_all, with_case};
use crate::source::{Case, Source};

/// Answers, each as many times as residents gave it. They belong to the period in which the complaint was received.
pub(super) fn equality(source: &Source, scope: &Scope, ledger: &mut Ledger) -> Rows {
    let mut rows = Rows::new(&["window", "characteristic", "answer"]);
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
pub(super) fn risks(
    source: &Source,
    by_id: &BTreeMap<&str, &Case>,
    scope: &Scope,
    ledger: &mut Ledger,
) -> Rows {
    let mut rows = Rows::new(&["window", "kind", "handed"]);
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

/// More answers than residents are a fault of the data: what is left for those who told nothing would be below nothing.
pub(super) fn refuse_more_than(complainants: u64, source: &Source, scope: &Scope, ledger: &mut Ledger) {
    let mut told: BTreeMap<&str, u64> = BTreeMap::new();
    let own = source.equality.iter().filter(|row| scope.place(row.received_on) == Place::Counted(NOW));
    for row in own {
        *told.entry(&row.characteristic).or_default() += u64::try_from(row.residents).unwrap_or(0);
    }
    for (characteristic, told) in told.into_iter().filter(|(_, told)| *told > complainants) {
        let fault = format!("{told} residents told it, of {complainants} who complained");
        ledger.fault("report_equality", characteristic, &fault);
    }
}

/// All residents behind the complaints received in the report's own period, whether they told anything of themselves or not.
pub(super) fn complainants(source: &Source, scope: &Scope) -> u64 {
    let received = source.cases.iter().filter(|case| case.kind == "complaint");
    let own = received.filter(|case| scope.place(case.received_on) == Place::Counted(NOW));
    own.map(|case| u64::try_from(case.residents).unwrap_or(0)).sum()
}
