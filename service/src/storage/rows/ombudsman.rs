//! The Ombudsman's findings and orders.

use chrono::NaiveDate;

use super::table::rows;
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
