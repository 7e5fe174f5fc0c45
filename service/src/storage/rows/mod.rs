//! What lists and reports read of a case, computed from the case alone. Writing it is a comparison: of what stood and what is to
//! stand, only the difference touches the database.

mod case;
mod due;
mod noted;
mod ombudsman;
mod outcome;
mod table;

use chrono::NaiveDate;
use redress_shared::case::Rules;
pub use redress_shared::case::rows::RowsError;
use redress_shared::case::rows::{self as computed, CaseRows};
use redress_shared::case::state::Case;

use super::timers::WINDOW;
use super::{Connection, StorageError};
pub use case::CaseRow;
use case::{CategoryRow, ReferenceRow};
use due::{DeadlineRow, StageRow, WindowRow};
use noted::{ExtensionRow, ResidentRow, RestrictionRow, RiskRow};
use ombudsman::{FailureOrderRow, FindingRow, OrderRow};
use outcome::{ActionRow, EscalationRow, LearningRow, RefusalRow, RemedyRow, SurveyRow};
use table::Row;

/// The making of rows. Raised whenever the same case gives other rows than before, so that those of an older program are written
/// anew when their case is next touched.
pub const MAKING: u32 = 3;

/// Whose case it is: what every row begins with.
#[derive(Debug, Clone, Copy)]
struct Of<'a> {
    landlord: &'a str,
    id: &'a str,
}

macro_rules! details {
    ($($name:ident: $row:ident),+ $(,)?) => {
        /// Everything that hangs on a case's own row.
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct Details { $($name: Vec<$row>,)+ }

        impl Details {
            /// The case's own row as it was computed, and all else as the tables hold it.
            fn of(of: Of<'_>, made: CaseRows) -> (computed::CaseRow, Self) {
                let details = Self { $($name: made.$name.into_iter().map(|row| $row::of(of, row)).collect(),)+ };
                (made.case, details)
            }

            /// Reads what stands in the tables.
            ///
            /// # Errors
            /// When the database fails.
            pub fn load(connection: &mut Connection, landlord: &str, case: &str) -> Result<Self, StorageError> {
                Ok(Self { $($name: $row::load(connection, landlord, case)?,)+ })
            }

            /// Makes what stands into `self`.
            ///
            /// # Errors
            /// When the database fails.
            pub fn replace(&self, connection: &mut Connection, standing: &Self) -> Result<(), StorageError> {
                $(table::replace(connection, &standing.$name, &self.$name)?;)+
                Ok(())
            }

            /// Puts what hangs on many cases there, of which nothing stands yet.
            ///
            /// # Errors
            /// When the database fails.
            pub fn insert_all(connection: &mut Connection, all: &[&Self]) -> Result<(), StorageError> {
                $(
                    let rows: Vec<&$row> = all.iter().flat_map(|details| &details.$name).collect();
                    <$row as table::Row>::insert_all(connection, &rows)?;
                )+
                Ok(())
            }

            /// Makes what stands in the tables into `self`, also where it does not read.
            ///
            /// # Errors
            /// When the database fails.
            pub fn renew(
                &self,
                connection: &mut Connection,
                whose: (&str, &str),
            ) -> Result<(), StorageError> {
                $(table::renew(connection, whose, &self.$name)?;)+
                Ok(())
            }

            /// What stands in the tables of a landlord's case otherwise than `self` says, row by row with its columns.
            ///
            /// # Errors
            /// When the database fails.
            pub fn differences(
                &self,
                connection: &mut Connection,
                whose: (&str, &str),
            ) -> Result<Vec<String>, StorageError> {
                let mut found = Vec::new();
                $(found.extend(table::differences(connection, whose, &self.$name)?);)+
                Ok(found)
            }
        }
    };
}

details! {
    categories: CategoryRow,
    references: ReferenceRow,
    stages: StageRow,
    owed: DeadlineRow,
    windows: WindowRow,
    refusals: RefusalRow,
    escalations: EscalationRow,
    remedies: RemedyRow,
    actions: ActionRow,
    findings: FindingRow,
    orders: OrderRow,
    failure_orders: FailureOrderRow,
    learning: LearningRow,
    surveys: SurveyRow,
    risks: RiskRow,
    extensions: ExtensionRow,
    restrictions: RestrictionRow,
    residents: ResidentRow,
}

/// Something that is due on another day than the tables say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Which clock; `window` for what the resident may do.
    pub clock: String,
    /// What is due, or closes.
    pub name: String,
    /// The clause that it rests on.
    pub clause: String,
    /// The day that the tables have.
    pub from: NaiveDate,
    /// The day that is right.
    pub to: NaiveDate,
}

impl Details {
    /// What is still owed, or open to the resident, on another day than stands in the tables.
    #[must_use]
    pub fn moved(&self, standing: &Self) -> Vec<Moved> {
        let owed = self.owed.iter().flat_map(|new| {
            let old = standing.owed.iter().find(|old| old.clock == new.clock && old.name == new.name);
            old.map(|old| (&new.clock, &new.name, &new.clause, old.due_on, new.due_on))
        });
        let window = WINDOW.to_owned();
        let windows = self.windows.iter().flat_map(|new| {
            let old = standing.windows.iter().find(|old| old.name == new.name);
            old.map(|old| (&window, &new.name, &new.clause, old.due_on, new.due_on))
        });
        let moved = |(clock, name, clause, from, to): (&String, &String, &String, NaiveDate, NaiveDate)| {
            Moved { clock: clock.clone(), name: name.clone(), clause: clause.clone(), from, to }
        };
        owed.chain(windows).filter(|(.., from, to)| from != to).map(moved).collect()
    }
}

/// A case as the tables hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// Its own row.
    pub case: CaseRow,
    /// All else.
    pub details: Details,
}

impl Rows {
    /// The rows of a case.
    ///
    /// # Errors
    /// When a due date lies past the calendar, or a sum is larger than a column holds.
    pub fn of(landlord: &str, case: &Case, rules: &Rules, stamp: &str) -> Result<Self, RowsError> {
        let made = CaseRows::of(case, rules)?;
        let version = case.version;
        let id = case.id.to_string();
        let of = Of { landlord, id: &id };
        let (case, details) = Details::of(of, made);
        Ok(Self { case: CaseRow::of(of, case, (version, stamp)), details })
    }
}
