//! What hangs on cases, over all of them: actions, findings, orders, learning and refusals, each in pages.

mod ombudsman;
mod own;

use chrono::NaiveDate;

pub use self::ombudsman::{DeterminationLine, FailureOrderLine, OrderLine};
pub use self::own::{ActionLine, LearningLine, RefusalLine};
use crate::storage::{Connection, StorageError};

/// What such a list is narrowed to; what is not given narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct ItemFilter {
    /// Whose cases.
    pub landlord: String,
    /// Only this case.
    pub case: Option<String>,
    /// Only what is not done, or only what is.
    pub open: Option<bool>,
    /// Only what is due before this London day.
    pub due_before: Option<NaiveDate>,
    /// Only what was decided, issued or recorded on this London day or later.
    pub from: Option<NaiveDate>,
    /// Only what was decided, issued or recorded on this London day or earlier.
    pub to: Option<NaiveDate>,
}

/// Where a line stands in a list: the day that it is sorted by, the case, what it is where there are several lists in one, and its
/// number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemPlace {
    /// The day; where a list is sorted by case alone, no day counts.
    pub on: NaiveDate,
    /// The case.
    pub case: String,
    /// What it is; empty where a list is of one thing.
    pub what: String,
    /// Its number in the case.
    pub number: i32,
}

/// A list over all cases.
pub trait Item: Sized + Send + 'static {
    /// The lines that a filter lets through, after a place in the list, at most `limit` of them.
    ///
    /// # Errors
    /// When the database fails.
    fn page(
        connection: &mut Connection,
        filter: &ItemFilter,
        after: Option<&ItemPlace>,
        limit: usize,
    ) -> Result<Vec<Self>, StorageError>;

    /// How many lines a filter lets through.
    ///
    /// # Errors
    /// When the database fails.
    fn count(connection: &mut Connection, filter: &ItemFilter) -> Result<i64, StorageError>;

    /// Where it stands in the list.
    fn place(&self) -> ItemPlace;
}

/// Declares a list: the columns of a line, what it is sorted by, and how its filter reads.
macro_rules! item {
    (
        $(#[$meta:meta])* $name:ident in $table:ident {
            $($(#[$field_meta:meta])* $field:ident: $kind:ty),+ $(,)?
        }
        order ($($key:ident),+) after $beyond:literal
        binds |$place:ident| ($($bound:expr => $bound_kind:ty),+)
        place |$line:ident| $at:expr;
        filter |$query:ident, $filter:ident| $narrowing:block
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema, Queryable, Selectable)]
        #[diesel(table_name = $table)]
        pub struct $name { $($(#[$field_meta])* pub $field: $kind,)+ }

        impl $name {
            fn narrowed<'a, Selected>(
                query: $table::BoxedQuery<'a, Either, Selected>,
                $filter: &'a ItemFilter,
            ) -> $table::BoxedQuery<'a, Either, Selected> {
                let mut $query = query.filter($table::landlord_id.eq(&$filter.landlord));
                if let Some(case) = &$filter.case {
                    $query = $query.filter($table::case_id.eq(case));
                }
                $narrowing
                $query
            }
        }

        impl Item for $name {
            fn page(
                connection: &mut Connection,
                filter: &ItemFilter,
                after: Option<&ItemPlace>,
                limit: usize,
            ) -> Result<Vec<Self>, StorageError> {
                let mut query = Self::narrowed($table::table.select(Self::as_select()).into_boxed(), filter);
                if let Some($place) = after {
                    let beyond = sql::<Bool>(concat!("(", $beyond, ") > ("));
                    item!(@bind query, beyond, $($bound => $bound_kind),+);
                }
                let limit = i64::try_from(limit).unwrap_or(i64::MAX);
                Ok(query.order(($($table::$key),+)).limit(limit).load(connection)?)
            }

            fn count(connection: &mut Connection, filter: &ItemFilter) -> Result<i64, StorageError> {
                Ok(Self::narrowed($table::table.count().into_boxed::<Either>(), filter).first(connection)?)
            }

            fn place(&self) -> ItemPlace {
                let $line = self;
                $at
            }
        }
    };
    (@bind $query:ident, $so_far:ident, $bound:expr => $kind:ty) => {
        $query = $query.filter($so_far.bind::<$kind, _>($bound).sql(")"));
    };
    (@bind $query:ident, $so_far:ident, $bound:expr => $kind:ty, $($rest:tt)+) => {
        let so_far = $so_far.bind::<$kind, _>($bound).sql(", ");
        item!(@bind $query, so_far, $($rest)+);
    };
}

use item;
