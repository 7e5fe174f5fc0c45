//! The Ombudsman's findings and orders.

use diesel::prelude::{ExpressionMethods, RunQueryDsl};
use redress_shared::case::state::Case;

use super::{ProjectError, day, money};
use crate::storage::Connection;
use crate::storage::schema::{case_failure_orders, case_findings, case_orders};

pub fn ombudsman(
    connection: &mut Connection,
    landlord: &str,
    id: &str,
    case: &Case,
) -> Result<(), ProjectError> {
    for (number, finding) in (1..).zip(&case.ombudsman.findings) {
        diesel::insert_into(case_findings::table)
            .values((
                case_findings::case_id.eq(id),
                case_findings::landlord_id.eq(landlord),
                case_findings::issue.eq(number),
                case_findings::reference.eq(finding.reference.as_str()),
                case_findings::determined_on.eq(day(finding.determined_at)),
                case_findings::finding.eq(finding.finding.as_str()),
            ))
            .execute(connection)?;
    }
    for (number, order) in (1..).zip(&case.ombudsman.orders) {
        diesel::insert_into(case_orders::table)
            .values((
                case_orders::case_id.eq(id),
                case_orders::landlord_id.eq(landlord),
                case_orders::number.eq(number),
                case_orders::reference.eq(order.reference.as_str()),
                case_orders::kind.eq(order.kind.as_str()),
                case_orders::due_on.eq(order.due_on),
                case_orders::complied_on.eq(order.complied_at.map(day)),
                case_orders::pence.eq(money(order.pence)?),
            ))
            .execute(connection)?;
    }
    for (number, order) in (1..).zip(&case.ombudsman.failure_orders) {
        diesel::insert_into(case_failure_orders::table)
            .values((
                case_failure_orders::case_id.eq(id),
                case_failure_orders::landlord_id.eq(landlord),
                case_failure_orders::number.eq(number),
                case_failure_orders::reference.eq(order.reference.as_str()),
                case_failure_orders::kind.eq(i32::from(order.kind)),
                case_failure_orders::issued_on.eq(day(order.issued_at)),
                case_failure_orders::due_on.eq(order.due_on),
                case_failure_orders::complied_on.eq(order.complied_at.map(day)),
            ))
            .execute(connection)?;
    }
    Ok(())
}
