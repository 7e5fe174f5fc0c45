//! The case's own row, its categories and its references.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{day, small};
use crate::case::record::Label;
use crate::case::state::Case;
use crate::policy::vocabulary::RiskKind;

rows! {
    /// A case's own row.
    CaseRow {
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
}

rows! {
    /// A category of a case.
    CategoryRow { category: String }
}

rows! {
    /// A reference of a CRM's for a case.
    ReferenceRow { system: String, value: String }
}

impl CaseRow {
    pub(super) fn of(case: &Case, next_due_on: Option<NaiveDate>) -> Self {
        let label = |label: &Option<Label>| label.as_ref().map(|label| label.as_str().to_owned());
        let hazardous = |kind| matches!(kind, RiskKind::SignificantHazard | RiskKind::EmergencyHazard);
        let stage = case.current_stage();
        Self {
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
}

pub(super) fn categories(case: &Case) -> Vec<CategoryRow> {
    let unique: BTreeSet<&str> = case.facts.categories.iter().map(Label::as_str).collect();
    let row = |category: &str| CategoryRow { category: category.to_owned() };
    unique.into_iter().map(row).collect()
}

pub(super) fn references(case: &Case) -> Vec<ReferenceRow> {
    // The same reference may have been given twice; it is one reference.
    let unique: BTreeSet<_> = case.facts.references.iter().collect();
    let row = |reference: &crate::case::command::intake::Reference| ReferenceRow {
        system: reference.system.as_str().to_owned(),
        value: reference.value.as_str().to_owned(),
    };
    unique.into_iter().map(row).collect()
}
