//! What the landlord does itself: actions, learning, refusals.

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::{ExpressionMethods, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper};
use diesel::sql_types::{Bool, Date, Integer, Text};

use super::{Item, ItemFilter, ItemPlace, item};
use crate::storage::read::Either;
use crate::storage::schema::{case_actions, case_learning, case_refusals};
use crate::storage::{Connection, StorageError};

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
