//! What hangs on cases, over all of them: actions, findings, orders, learning and refusals, each in pages.

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::{ExpressionMethods, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper};
use diesel::sql_types::{Bool, Date, Integer, Text};

use super::Either;
use crate::storage::schema::{
    case_actions, case_failure_orders, case_findings, case_learning, case_orders, case_refusals,
};
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

item! {
    /// An action that was promised.
    ActionLine in case_actions {
        /// The case.
        case_id: String,
        /// Its number in the case.
        action: i32,
        /// At which stage it was promised.
        stage: Option<i32>,
        /// The London day by the end of which it is due.
        due_on: NaiveDate,
        /// The London day on which it was done.
        done_on: Option<NaiveDate>,
    }
    order (due_on, case_id, action)
    after "case_actions.due_on, case_actions.case_id, case_actions.action"
    binds |place| (place.on => Date, place.case.as_str() => Text, place.number => Integer)
    place |line| ItemPlace {
        on: line.due_on, case: line.case_id.clone(), what: String::new(), number: line.action,
    };
    filter |query, filter| {
        match filter.open {
            Some(true) => query = query.filter(case_actions::done_on.is_null()),
            Some(false) => query = query.filter(case_actions::done_on.is_not_null()),
            None => {}
        }
        if let Some(date) = filter.due_before {
            query = query.filter(case_actions::due_on.lt(date));
        }
    }
}

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

item! {
    /// Something learnt. The improvement stands in words of its own.
    LearningLine in case_learning {
        /// The case.
        case_id: String,
        /// Its number in the case.
        learning: i32,
        /// The theme.
        theme: String,
        /// The root cause.
        root_cause: String,
        /// The record that has the improvement's words.
        improvement_record: String,
        /// Which team.
        owner: String,
        /// The London day on which it was recorded.
        recorded_on: NaiveDate,
        /// The London day on which the improvement was in place.
        done_on: Option<NaiveDate>,
        /// To whom it was reported last.
        reported_to: Option<String>,
    }
    order (recorded_on, case_id, learning)
    after "case_learning.recorded_on, case_learning.case_id, case_learning.learning"
    binds |place| (place.on => Date, place.case.as_str() => Text, place.number => Integer)
    place |line| ItemPlace {
        on: line.recorded_on, case: line.case_id.clone(), what: String::new(), number: line.learning,
    };
    filter |query, filter| {
        match filter.open {
            Some(true) => query = query.filter(case_learning::done_on.is_null()),
            Some(false) => query = query.filter(case_learning::done_on.is_not_null()),
            None => {}
        }
        if let Some(date) = filter.from {
            query = query.filter(case_learning::recorded_on.ge(date));
        }
        if let Some(date) = filter.to {
            query = query.filter(case_learning::recorded_on.le(date));
        }
    }
}

item! {
    /// A complaint or a request for stage 2 that was declined.
    RefusalLine in case_refusals {
        /// The case.
        case_id: String,
        /// Which of the two: `complaint` or `escalation`.
        what: String,
        /// Its number among them.
        number: i32,
        /// The London day of the refusal.
        refused_on: NaiveDate,
        /// The ground.
        ground: String,
        /// The clause that has it.
        clause: String,
        /// Whether it was considered to take it on all the same.
        discretion_considered: bool,
        /// The London day on which the Ombudsman directed otherwise.
        overturned_on: Option<NaiveDate>,
    }
    order (refused_on, case_id, what, number)
    after "case_refusals.refused_on, case_refusals.case_id, case_refusals.what, case_refusals.number"
    binds |place| (
        place.on => Date, place.case.as_str() => Text, place.what.as_str() => Text, place.number => Integer
    )
    place |line| ItemPlace {
        on: line.refused_on, case: line.case_id.clone(), what: line.what.clone(), number: line.number,
    };
    filter |query, filter| {
        if let Some(date) = filter.from {
            query = query.filter(case_refusals::refused_on.ge(date));
        }
        if let Some(date) = filter.to {
            query = query.filter(case_refusals::refused_on.le(date));
        }
    }
}
