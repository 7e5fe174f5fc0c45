//! The case's own row, its categories and its references.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl, SelectableHelper,
};
use diesel::query_builder::AsChangeset;
use redress_shared::case::record::Label;
use redress_shared::case::state::Case;
use redress_shared::policy::vocabulary::RiskKind;

use super::table::rows;
use super::{Of, day, small};
use crate::storage::prepared::{kept, on, update};
use crate::storage::schema::{case_categories, case_references, cases};
use crate::storage::{Connection, StorageError};

macro_rules! case_row {
    ($($field:ident: $kind:ty),+ $(,)?) => {
        /// A case's own row.
        #[derive(
            Debug, Clone, PartialEq, Eq, diesel::Insertable, diesel::AsChangeset, diesel::Queryable, diesel::Selectable,
        )]
        #[diesel(table_name = cases, treat_none_as_null = true, treat_none_as_default_value = false)]
        pub struct CaseRow { $($field: $kind,)+ }

        impl CaseRow {
            /// The columns in which the two are not the same.
            #[must_use]
            pub fn differing(&self, other: &Self) -> Vec<&'static str> {
                let mut columns = Vec::new();
                $(if self.$field != other.$field { columns.push(stringify!($field)); })+
                columns
            }
        }
    };
}

case_row! {
    id: String,
    landlord_id: String,
    version: i32,
    made_by: String,
    kind: String,
    phase: String,
    triage: String,
    stage: Option<i32>,
    handler: Option<String>,
    next_due_on: Option<NaiveDate>,
    policy_id: String,
    code_id: String,
    came_from: Option<String>,
    channel: String,
    stock_type: String,
    tenure: Option<String>,
    service_area: Option<String>,
    contractor: Option<String>,
    area: Option<String>,
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
    closed_why: Option<String>,
    withdrawn_on: Option<NaiveDate>,
    reopened: i32,
    referred_on: Option<NaiveDate>,
    settled_on: Option<NaiveDate>,
}

impl CaseRow {
    pub(super) fn of(of: Of<'_>, case: &Case, next_due_on: Option<NaiveDate>, stamp: &str) -> Self {
        let label = |label: &Option<Label>| label.as_ref().map(|label| label.as_str().to_owned());
        let hazardous = |kind| matches!(kind, RiskKind::SignificantHazard | RiskKind::EmergencyHazard);
        let stage = case.current_stage();
        Self {
            id: of.id.to_owned(),
            landlord_id: of.landlord.to_owned(),
            version: i32::try_from(case.version).unwrap_or(i32::MAX),
            made_by: stamp.to_owned(),
            kind: case.kind.as_str().to_owned(),
            phase: case.phase.as_str().to_owned(),
            triage: case.triage.as_str().to_owned(),
            stage: stage.map(|stage| i32::from(stage.number.number())),
            handler: stage.and_then(|stage| stage.handler.as_ref()).map(|staff| staff.id.as_str().to_owned()),
            next_due_on,
            policy_id: case.policy.clone(),
            code_id: case.code.clone(),
            came_from: case.came_from.map(|id| id.to_string()),
            channel: case.channel.as_str().to_owned(),
            stock_type: case.facts.stock_type.as_str().to_owned(),
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
            closed_why: case.closing.as_ref().map(|closing| closing.reason.as_str().to_owned()),
            withdrawn_on: case.withdrawn_at.map(day),
            reopened: i32::from(case.reopened),
            referred_on: case.ombudsman.referred_at.map(day),
            settled_on: case.settled_at.map(day),
        }
    }

    /// Reads what stands in the table.
    ///
    /// # Errors
    /// When the database fails.
    pub fn load(
        connection: &mut Connection,
        landlord: &str,
        case: &str,
    ) -> Result<Option<Self>, StorageError> {
        Ok(cases::table
            .filter(cases::id.eq(case))
            .filter(cases::landlord_id.eq(landlord))
            .select(Self::as_select())
            .first(connection)
            .optional()?)
    }

    /// Puts a new case there.
    ///
    /// # Errors
    /// When the database fails.
    pub fn insert(&self, connection: &mut Connection) -> Result<(), StorageError> {
        let row = diesel::insert_into(cases::table).values(self);
        on!(connection => |it| row.execute(it))?;
        Ok(())
    }

    /// Puts many new cases there.
    ///
    /// # Errors
    /// When the database fails.
    pub fn insert_all(connection: &mut Connection, rows: &[&Self]) -> Result<(), StorageError> {
        crate::storage::bulk::insert_all!(connection, cases::table, rows.to_vec());
        Ok(())
    }

    /// Puts it in place of the one there. Where that is known to differ in its version alone, as after most commands, nothing else is
    /// written: a column that is written, though with what it held, has all its indexes written too.
    ///
    /// # Errors
    /// When the database fails, or the landlord has no such case.
    pub fn update(&self, connection: &mut Connection, standing: Option<&Self>) -> Result<(), StorageError> {
        let place = cases::id.eq(&self.id).and(cases::landlord_id.eq(&self.landlord_id));
        let written = match standing.map(|standing| self.differing(standing)).as_deref() {
            Some(["version"]) => {
                let row = kept!(update("cases", cases::version.eq(self.version).as_changeset(), place));
                on!(connection => |it| row.execute(it))?
            }
            _ => {
                let row = kept!(update("cases", self.as_changeset(), place));
                on!(connection => |it| row.execute(it))?
            }
        };
        if written == 1 { Ok(()) } else { Err(diesel::result::Error::NotFound.into()) }
    }
}

rows! {
    /// A category of a case.
    CategoryRow in case_categories by category { category: String }
}

rows! {
    /// A reference of a CRM's for a case.
    ReferenceRow in case_references by system, value { system: String, value: String }
}

pub(super) fn categories(of: Of<'_>, case: &Case) -> Vec<CategoryRow> {
    let unique: BTreeSet<&str> = case.facts.categories.iter().map(Label::as_str).collect();
    let row = |category: &str| CategoryRow {
        case_id: of.id.to_owned(),
        landlord_id: of.landlord.to_owned(),
        category: category.to_owned(),
    };
    unique.into_iter().map(row).collect()
}

pub(super) fn references(of: Of<'_>, case: &Case) -> Vec<ReferenceRow> {
    // The same reference may have been given twice; it is one reference.
    let unique: BTreeSet<_> = case.facts.references.iter().collect();
    let row = |reference: &redress_shared::case::command::intake::Reference| ReferenceRow {
        case_id: of.id.to_owned(),
        landlord_id: of.landlord.to_owned(),
        system: reference.system.as_str().to_owned(),
        value: reference.value.as_str().to_owned(),
    };
    unique.into_iter().map(row).collect()
}
