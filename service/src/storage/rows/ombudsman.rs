//! The Ombudsman's findings and orders.

use chrono::NaiveDate;
use redress_shared::case::state::Case;

use super::table::rows;
use super::{Of, RowsError, day, money};
use crate::storage::schema::{case_failure_orders, case_findings, case_orders};

rows! {
    /// A finding on one issue.
    FindingRow in case_findings by issue {
        issue: i32,
        reference: String,
        determined_on: NaiveDate,
        finding: String,
        about: String,
    }
}

rows! {
    /// An order or recommendation.
    OrderRow in case_orders by number {
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
    FailureOrderRow in case_failure_orders by number {
        number: i32,
        reference: String,
        kind: i32,
        issued_on: NaiveDate,
        due_on: Option<NaiveDate>,
        complied_on: Option<NaiveDate>,
    }
}

pub(super) fn findings(of: Of<'_>, case: &Case) -> Vec<FindingRow> {
    let numbered = (1..).zip(&case.ombudsman.findings);
    numbered
        .map(|(issue, finding)| FindingRow {
            case_id: of.id.to_owned(),
            landlord_id: of.landlord.to_owned(),
            issue,
            reference: finding.reference.as_str().to_owned(),
            determined_on: day(finding.determined_at),
            finding: finding.finding.as_str().to_owned(),
            about: finding.issue.as_str().to_owned(),
        })
        .collect()
}

pub(super) fn orders(of: Of<'_>, case: &Case) -> Result<Vec<OrderRow>, RowsError> {
    let numbered = (1..).zip(&case.ombudsman.orders);
    numbered
        .map(|(number, order)| {
            Ok(OrderRow {
                case_id: of.id.to_owned(),
                landlord_id: of.landlord.to_owned(),
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

pub(super) fn failure_orders(of: Of<'_>, case: &Case) -> Vec<FailureOrderRow> {
    let numbered = (1..).zip(&case.ombudsman.failure_orders);
    numbered
        .map(|(number, order)| FailureOrderRow {
            case_id: of.id.to_owned(),
            landlord_id: of.landlord.to_owned(),
            number,
            reference: order.reference.as_str().to_owned(),
            kind: i32::from(order.kind),
            issued_on: day(order.issued_at),
            due_on: Some(order.due_on),
            complied_on: order.complied_at.map(day),
        })
        .collect()
}
