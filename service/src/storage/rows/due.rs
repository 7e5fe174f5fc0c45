//! The stages with their due dates, and what is owed.

use chrono::{NaiveDate, NaiveDateTime};

use super::table::rows;
use crate::storage::schema::{case_deadlines, case_stages, case_windows};

rows! {
    /// A stage with its dates and due dates.
    StageRow in case_stages by stage {
        stage: i32,
        requested_on: NaiveDate,
        logged_on: Option<NaiveDate>,
        acknowledged_on: Option<NaiveDate>,
        responded_on: Option<NaiveDate>,
        outcome: Option<String>,
        policy_acknowledge_due_on: Option<NaiveDate>,
        policy_respond_due_on: Option<NaiveDate>,
        policy_extended_due_on: Option<NaiveDate>,
        code_acknowledge_due_on: Option<NaiveDate>,
        code_respond_due_on: Option<NaiveDate>,
        code_respond_due_as_acknowledged_on: Option<NaiveDate>,
        code_extended_due_on: Option<NaiveDate>,
        extensions: i32,
        updates: i32,
        updates_agreed: bool,
        updates_late: i32,
        directed_on: Option<NaiveDate>,
        first_contact: bool,
    }
}

rows! {
    /// Something owed and not done.
    DeadlineRow in case_deadlines by clock, name resetting untold_below to 1000 {
        clock: String,
        name: String,
        due_on: NaiveDate,
        due_at: Option<NaiveDateTime>,
        projected: bool,
        clause: String,
    }
}

rows! {
    /// The last day of the resident's to do something.
    WindowRow in case_windows by name resetting untold_below to 1000 {
        name: String,
        due_on: NaiveDate,
        clause: String,
    }
}
