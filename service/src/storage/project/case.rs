//! The case's own row, its categories and its references.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::{ExpressionMethods, Insertable, RunQueryDsl};
use diesel::query_dsl::methods::FilterDsl;
use diesel::upsert::excluded;
use redress_shared::case::state::Case;
use redress_shared::policy::vocabulary::RiskKind;

use super::{day, small};
use crate::storage::schema::{case_categories, case_references, cases};
use crate::storage::{Connection, StorageError};

#[derive(Insertable)]
#[diesel(table_name = cases)]
struct CaseRow<'a> {
    id: String,
    landlord_id: &'a str,
    version: i32,
    kind: &'a str,
    phase: &'a str,
    triage: &'a str,
    policy_id: &'a str,
    code_id: &'a str,
    came_from: Option<String>,
    channel: &'a str,
    stock_type: &'a str,
    tenure: Option<&'a str>,
    service_area: Option<&'a str>,
    contractor: Option<&'a str>,
    area: Option<&'a str>,
    residents: i32,
    anonymous: bool,
    represented: bool,
    adjustments: i32,
    vulnerable: bool,
    hazard: bool,
    became_complaint: bool,
    received_on: NaiveDate,
    recorded_on: NaiveDate,
    directed_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
    closed_why: Option<&'a str>,
    withdrawn_on: Option<NaiveDate>,
    reopened: i32,
}

impl<'a> CaseRow<'a> {
    fn of(landlord: &'a str, case: &'a Case) -> Self {
        let label = |label: &'a Option<redress_shared::case::record::Label>| {
            label.as_ref().map(|label| label.as_str())
        };
        let hazardous = |kind| matches!(kind, RiskKind::SignificantHazard | RiskKind::EmergencyHazard);
        Self {
            id: case.id.to_string(),
            landlord_id: landlord,
            version: i32::try_from(case.version).unwrap_or(i32::MAX),
            kind: case.kind.as_str(),
            phase: case.phase.as_str(),
            triage: case.triage.as_str(),
            policy_id: &case.policy,
            code_id: &case.code,
            came_from: case.came_from.map(|id| id.to_string()),
            channel: case.channel.as_str(),
            stock_type: case.facts.stock_type.as_str(),
            tenure: label(&case.facts.tenure),
            service_area: label(&case.facts.service_area),
            contractor: label(&case.facts.contractor),
            area: label(&case.facts.area),
            residents: small(case.parties.residents.len()),
            anonymous: case.parties.anonymous,
            represented: case.parties.representative.is_some(),
            adjustments: i32::from(case.parties.adjustments),
            vulnerable: case.parties.vulnerabilities > 0,
            hazard: case.risks.iter().any(|risk| hazardous(risk.kind)),
            became_complaint: !case.led_to.is_empty(),
            received_on: day(case.received_at),
            recorded_on: day(case.recorded_at),
            directed_on: case.directed_at.map(day),
            closed_on: case.closing.as_ref().map(|closing| day(closing.closed_at)),
            closed_why: case.closing.as_ref().map(|closing| closing.reason.as_str()),
            withdrawn_on: case.withdrawn_at.map(day),
            reopened: i32::from(case.reopened),
        }
    }
}

/// Writes the case's own row, before its events refer to it.
///
/// # Errors
/// When the database fails, or the case is another landlord's.
pub fn case_row(connection: &mut Connection, landlord: &str, case: &Case) -> Result<(), StorageError> {
    let written = diesel::insert_into(cases::table)
        .values(CaseRow::of(landlord, case))
        .on_conflict(cases::id)
        .do_update()
        .set((
            cases::version.eq(excluded(cases::version)),
            cases::phase.eq(excluded(cases::phase)),
            cases::triage.eq(excluded(cases::triage)),
            cases::channel.eq(excluded(cases::channel)),
            cases::stock_type.eq(excluded(cases::stock_type)),
            cases::service_area.eq(excluded(cases::service_area)),
            cases::contractor.eq(excluded(cases::contractor)),
            cases::represented.eq(excluded(cases::represented)),
            cases::hazard.eq(excluded(cases::hazard)),
            cases::became_complaint.eq(excluded(cases::became_complaint)),
            cases::received_on.eq(excluded(cases::received_on)),
            cases::directed_on.eq(excluded(cases::directed_on)),
            cases::closed_on.eq(excluded(cases::closed_on)),
            cases::closed_why.eq(excluded(cases::closed_why)),
            cases::withdrawn_on.eq(excluded(cases::withdrawn_on)),
            cases::reopened.eq(excluded(cases::reopened)),
        ))
        .filter(cases::landlord_id.eq(landlord))
        .execute(connection)?;
    if written == 1 { Ok(()) } else { Err(diesel::result::Error::NotFound.into()) }
}

pub fn facts(connection: &mut Connection, landlord: &str, id: &str, case: &Case) -> Result<(), StorageError> {
    let mut categories: Vec<&str> = case.facts.categories.iter().map(|category| category.as_str()).collect();
    categories.sort_unstable();
    categories.dedup();
    for category in categories {
        diesel::insert_into(case_categories::table)
            .values((
                case_categories::case_id.eq(id),
                case_categories::landlord_id.eq(landlord),
                case_categories::category.eq(category),
            ))
            .execute(connection)?;
    }
    // The same reference may have been given twice; it is one reference.
    let references: BTreeSet<_> = case.facts.references.iter().collect();
    for reference in references {
        diesel::insert_into(case_references::table)
            .values((
                case_references::landlord_id.eq(landlord),
                case_references::system.eq(reference.system.as_str()),
                case_references::value.eq(reference.value.as_str()),
                case_references::case_id.eq(id),
            ))
            .execute(connection)?;
    }
    Ok(())
}
