//! What comes from the Ombudsman: findings, orders, failure orders.

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::{ExpressionMethods, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper};
use diesel::sql_types::{Bool, Date, Integer, Text};

use super::{Item, ItemFilter, ItemPlace, item};
use crate::storage::read::Either;
use crate::storage::schema::{case_failure_orders, case_findings, case_orders};
use crate::storage::{Connection, StorageError};

item! {
    /// A finding of the Ombudsman's on one issue.
    DeterminationLine in case_findings {
        /// The case.
        case_id: String,
        /// The issue's number in the case.
        issue: i32,
        /// The Ombudsman's reference.
        reference: String,
        /// The London day of the determination.
        determined_on: NaiveDate,
        /// The finding.
        finding: String,
    }
    order (determined_on, case_id, issue)
    after "case_findings.determined_on, case_findings.case_id, case_findings.issue"
    binds |place| (place.on => Date, place.case.as_str() => Text, place.number => Integer)
    place |line| ItemPlace {
        on: line.determined_on, case: line.case_id.clone(), what: String::new(), number: line.issue,
    };
    filter |query, filter| {
        if let Some(date) = filter.from {
            query = query.filter(case_findings::determined_on.ge(date));
        }
        if let Some(date) = filter.to {
            query = query.filter(case_findings::determined_on.le(date));
        }
    }
}

item! {
    /// An order or recommendation of the Ombudsman's. Some have no date: they are listed by case.
    OrderLine in case_orders {
        /// The case.
        case_id: String,
        /// Its number in the case.
        number: i32,
        /// The Ombudsman's reference.
        reference: String,
        /// Which of the two.
        kind: String,
        /// The London day by the end of which it is to be complied with, where it has one.
        due_on: Option<NaiveDate>,
        /// The London day on which it was complied with.
        complied_on: Option<NaiveDate>,
        /// How much, in pence.
        pence: Option<i64>,
    }
    order (case_id, number)
    after "case_orders.case_id, case_orders.number"
    binds |place| (place.case.as_str() => Text, place.number => Integer)
    place |line| ItemPlace {
        on: NaiveDate::default(), case: line.case_id.clone(), what: String::new(), number: line.number,
    };
    filter |query, filter| {
        match filter.open {
            Some(true) => query = query.filter(case_orders::complied_on.is_null()),
            Some(false) => query = query.filter(case_orders::complied_on.is_not_null()),
            None => {}
        }
        if let Some(date) = filter.due_before {
            query = query.filter(case_orders::due_on.lt(date));
        }
    }
}

item! {
    /// A complaint handling failure order.
    FailureOrderLine in case_failure_orders {
        /// The case.
        case_id: String,
        /// Its number in the case.
        number: i32,
        /// The Ombudsman's reference.
        reference: String,
        /// Its type: 1, 2 or 3.
        kind: i32,
        /// The London day on which it was issued.
        issued_on: NaiveDate,
        /// The London day by the end of which it is to be complied with.
        due_on: Option<NaiveDate>,
        /// The London day on which it was complied with.
        complied_on: Option<NaiveDate>,
    }
    order (issued_on, case_id, number)
    after "case_failure_orders.issued_on, case_failure_orders.case_id, case_failure_orders.number"
    binds |place| (place.on => Date, place.case.as_str() => Text, place.number => Integer)
    place |line| ItemPlace {
        on: line.issued_on, case: line.case_id.clone(), what: String::new(), number: line.number,
    };
    filter |query, filter| {
        match filter.open {
            Some(true) => query = query.filter(case_failure_orders::complied_on.is_null()),
            Some(false) => query = query.filter(case_failure_orders::complied_on.is_not_null()),
            None => {}
        }
        if let Some(date) = filter.due_before {
            query = query.filter(case_failure_orders::due_on.lt(date));
        }
        if let Some(date) = filter.from {
            query = query.filter(case_failure_orders::issued_on.ge(date));
        }
        if let Some(date) = filter.to {
            query = query.filter(case_failure_orders::issued_on.le(date));
        }
    }
}
