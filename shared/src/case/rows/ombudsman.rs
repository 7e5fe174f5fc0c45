//! The Ombudsman's findings and orders.

use chrono::NaiveDate;

use super::{RowsError, day, money};
use crate::case::state::Case;

rows! {
    /// A finding on one issue.
    FindingRow {
        issue: i32,
        reference: String,
        determined_on: NaiveDate,
        finding: String,
        about: String,
    }
}

rows! {
    /// An order or recommendation.
    OrderRow {
        number: i32,
        reference: String,
        kind: String,
        due_on: Option<NaiveDate>,
        complied_on: Option<NaiveDate>,
        pence: Option<i64>,
    }
}

rows! {
    /// A complaint handling failure order.
    FailureOrderRow {
        number: i32,
        reference: String,
        kind: i32,
        issued_on: NaiveDate,
        due_on: Option<NaiveDate>,
        complied_on: Option<NaiveDate>,
    }
}

pub(super) fn findings(case: &Case) -> Vec<FindingRow> {
    let numbered = (1..).zip(&case.ombudsman.findings);
    numbered
        .map(|(issue, finding)| FindingRow {
            issue,
            reference: finding.reference.as_str().to_owned(),
            determined_on: day(finding.determined_at),
            finding: finding.finding.as_str().to_owned(),
            about: finding.issue.as_str().to_owned(),
        })
        .collect()
}

pub(super) fn orders(case: &Case) -> Result<Vec<OrderRow>, RowsError> {
    let numbered = (1..).zip(&case.ombudsman.orders);
    numbered
        .map(|(number, order)| {
            Ok(OrderRow {
                number,
                reference: order.reference.as_str().to_owned(),
                kind: order.kind.as_str().to_owned(),
                due_on: order.due_on,
                complied_on: order.complied_at.map(day),
                pence: money(order.pence)?,
            })
        })
        .collect()
}

pub(super) fn failure_orders(case: &Case) -> Vec<FailureOrderRow> {
    let numbered = (1..).zip(&case.ombudsman.failure_orders);
    numbered
        .map(|(number, order)| FailureOrderRow {
            number,
            reference: order.reference.as_str().to_owned(),
            kind: i32::from(order.kind),
            issued_on: day(order.issued_at),
            due_on: Some(order.due_on),
            complied_on: order.complied_at.map(day),
        })
        .collect()
}
