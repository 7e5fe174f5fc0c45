//! Refusals, remedies, actions, and what was learnt.

use chrono::NaiveDate;

use super::table::rows;
use crate::storage::schema::{
    case_actions, case_escalations, case_learning, case_refusals, case_remedies, case_surveys,
};

rows! {
    /// A complaint or an escalation declined.
    RefusalRow in case_refusals by what, number {
        what: String,
        number: i32,
        refused_on: NaiveDate,
        ground: String,
        clause: String,
        discretion_considered: bool,
        overturned_on: Option<NaiveDate>,
    }
}

rows! {
    /// A request for stage 2, with what became of it.
    EscalationRow in case_escalations by number {
        number: i32,
        requested_on: NaiveDate,
        reasons_given: bool,
        outcome: String,
        late: bool,
        decided_on: Option<NaiveDate>,
    }
}

rows! {
    /// A remedy.
    RemedyRow in case_remedies by remedy {
        remedy: i32,
        stage: Option<i32>,
        kind: String,
        pence: Option<i64>,
        offered_on: NaiveDate,
        accepted_on: Option<NaiveDate>,
        declined_on: Option<NaiveDate>,
        lapsed_on: Option<NaiveDate>,
        paid_pence: Option<i64>,
        offset_pence: Option<i64>,
        basis: Option<String>,
        due_on: Option<NaiveDate>,
    }
}

rows! {
    /// An action that was promised.
    ActionRow in case_actions by action {
        action: i32,
        stage: Option<i32>,
        due_on: NaiveDate,
        done_on: Option<NaiveDate>,
        owner: String,
    }
}

rows! {
    /// Something learnt.
    LearningRow in case_learning by learning {
        learning: i32,
        theme: String,
        root_cause: String,
        improvement_record: String,
        owner: String,
        recorded_on: NaiveDate,
        done_on: Option<NaiveDate>,
        reported_to: Option<String>,
    }
}

rows! {
    /// A survey's answer.
    SurveyRow in case_surveys by number {
        number: i32,
        stage: Option<i32>,
        answer: i32,
        answered_on: NaiveDate,
    }
}
