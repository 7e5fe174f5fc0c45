//! The Ombudsman's findings, orders and failure orders.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::account::Tally;
use super::derived::{OUTSTANDING, is_still_to_do};
use super::linked::done_state;
use super::remedies::pence;
use super::{ById, Ledger, Place, Rows, Scope, place_all, with_case, with_known_word};
use crate::source::{Finding, Order, Source};

/// The findings there are, the most serious last; what the rate is taken over comes first.
pub const FINDINGS: &[&str] = &[
    "no-maladministration",
    "reasonable-redress",
    "resolved-with-intervention",
    "service-failure",
    "maladministration",
    "severe-maladministration",
    "outside-jurisdiction",
    "withdrawn",
];

pub(super) struct OmbudsmanRows {
    pub(super) findings: Rows,
    pub(super) orders: Rows,
    pub(super) failure_orders: Rows,
}

pub(super) fn ombudsman(
    source: &Source,
    by_id: &ById<'_>,
    scope: &Scope,
    ledger: &mut Ledger,
    outstanding: &mut Rows,
) -> OmbudsmanRows {
    OmbudsmanRows {
        findings: findings(source, by_id, scope, ledger),
        orders: orders(source, by_id, scope, ledger, outstanding),
        failure_orders: failure_orders(source, scope, ledger, outstanding),
    }
}

fn findings(source: &Source, by_id: &ById<'_>, scope: &Scope, ledger: &mut Ledger) -> Rows {
    let mut rows = Rows::new(&["slot", "reference", "finding"]);
    let counted = place_all(
        ("report_findings", &source.findings),
        ledger,
        |row| format!("determination {} issue {}", row.reference, row.issue),
        |row| {
            with_case(by_id, &row.case_id, || {
                with_known_word("finding", &row.finding, FINDINGS, || scope.place(row.determined_on))
            })
        },
    );
    for (row, window) in counted {
        rows.push(&row.case_id, [window, &row.reference, &row.finding], 1, 0);
    }
    rows
}

/// An order belongs to the period of its determination.
fn orders(
    source: &Source,
    by_id: &ById<'_>,
    scope: &Scope,
    ledger: &mut Ledger,
    outstanding: &mut Rows,
) -> Rows {
    let mut rows = Rows::new(&["slot", "kind", "severe", "state"]);
    let is_severe = |finding: &&Finding| finding.finding == "severe-maladministration";
    let severe: BTreeSet<&str> =
        source.findings.iter().filter(is_severe).map(|finding| finding.reference.as_str()).collect();
    let determined: BTreeMap<&str, NaiveDate> =
        source.findings.iter().map(|finding| (finding.reference.as_str(), finding.determined_on)).collect();
    let place = |row: &Order| {
        with_case(by_id, &row.case_id, || {
            with_known_word("kind of order", &row.kind, &["order", "recommendation"], || {
                match determined.get(row.reference.as_str()) {
                    Some(date) => scope.place(*date),
                    None => Place::Nowhere("its determination is not in report_findings".to_owned()),
                }
            })
        })
    };
    let named = |row: &Order| format!("determination {} {} {}", row.reference, row.kind, row.number);
    for (row, window) in place_all(("report_orders", &source.orders), ledger, named, place) {
        let after_severe = if severe.contains(row.reference.as_str()) { "yes" } else { "no" };
        let state = done_state(scope, row.due_on, row.complied_on);
        rows.push(&row.case_id, [window, &row.kind, after_severe, state], 1, pence(row.pence));
    }
    let mut tally = Tally::default();
    for row in &source.orders {
        let is_known = determined.get(row.reference.as_str()).is_some_and(|date| *date <= scope.as_of);
        let state = done_state(scope, row.due_on, row.complied_on);
        if is_still_to_do(&mut tally, state, is_known) {
            let is_severe = row.kind == "order" && severe.contains(row.reference.as_str());
            let what = if is_severe { "severe-order" } else { row.kind.as_str() };
            outstanding.push(&row.case_id, [what, state], 1, 0);
        }
    }
    ledger.derive(OUTSTANDING, source.orders.len(), tally);
    rows
}

fn failure_orders(source: &Source, scope: &Scope, ledger: &mut Ledger, outstanding: &mut Rows) -> Rows {
    let mut rows = Rows::new(&["slot", "type", "state"]);
    let counted = place_all(
        ("report_failure_orders", &source.failure_orders),
        ledger,
        |row| format!("failure order {}", row.reference),
        |row| match row.failure_type {
            1..=3 => scope.place(row.issued_on),
            other => Place::Nowhere(format!("{other} is no type of failure order (1 to 3)")),
        },
    );
    for (row, window) in counted {
        let state = done_state(scope, row.due_on, row.complied_on);
        rows.push(
            row.case_id.as_deref().unwrap_or_default(),
            [window, &row.failure_type.to_string(), state],
            1,
            0,
        );
    }
    let mut tally = Tally::default();
    for row in &source.failure_orders {
        let state = done_state(scope, row.due_on, row.complied_on);
        if is_still_to_do(&mut tally, state, row.issued_on <= scope.as_of) {
            outstanding.push(row.case_id.as_deref().unwrap_or_default(), ["failure-order", state], 1, 0);
        }
    }
    ledger.derive(OUTSTANDING, source.failure_orders.len(), tally);
    rows
}
