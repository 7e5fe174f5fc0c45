//! The case's own row, its categories and its references.

use chrono::NaiveDate;
use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl, SelectableHelper,
};
use diesel::query_builder::AsChangeset;
use redress_shared::case::rows as computed;

use super::Of;
use super::table::rows;
use crate::storage::error::reads;
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
    /// What the tables hold of a case: its own row as it was computed, with its version and by which rules it was made.
    pub(super) fn of(of: Of<'_>, row: computed::CaseRow, (version, stamp): (u32, &str)) -> Self {
        Self {
            id: of.id.to_owned(),
            landlord_id: of.landlord.to_owned(),
            version: i32::try_from(version).unwrap_or(i32::MAX),
            made_by: stamp.to_owned(),
            kind: row.kind,
            phase: row.phase,
            triage: row.triage,
            stage: row.stage,
            handler: row.handler,
            next_due_on: row.next_due_on,
            policy_id: row.policy_id,
            code_id: row.code_id,
            came_from: row.came_from,
            channel: row.channel,
            stock_type: row.stock_type,
            tenure: row.tenure,
            service_area: row.service_area,
            contractor: row.contractor,
            area: row.area,
            residents: row.residents,
            anonymous: row.anonymous,
            represented: row.represented,
            adjustments: row.adjustments,
            vulnerable: row.vulnerable,
            hazard: row.hazard,
            became_complaint: row.became_complaint,
            received_on: row.received_on,
            recorded_on: row.recorded_on,
            directed_on: row.directed_on,
            closed_on: row.closed_on,
            closed_why: row.closed_why,
            withdrawn_on: row.withdrawn_on,
            reopened: row.reopened,
            referred_on: row.referred_on,
            settled_on: row.settled_on,
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
        let row = cases::table
            .filter(cases::id.eq(case))
            .filter(cases::landlord_id.eq(landlord))
            .select(Self::as_select());
        reads("cases", row.first(connection).optional())
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
