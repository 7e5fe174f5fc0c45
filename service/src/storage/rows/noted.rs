//! Risks, extensions, restrictions, and what residents told of themselves.

use chrono::NaiveDate;
use redress_shared::case::command::intake::ResidentRecorded;
use redress_shared::case::state::{Case, ExtensionState, Stage};

use super::table::rows;
use super::{Of, day};
use crate::storage::schema::{case_extensions, case_residents, case_restrictions, case_risks};

rows! {
    /// A risk that was flagged.
    RiskRow in case_risks by risk {
        risk: i32,
        kind: String,
        aware_on: NaiveDate,
        handed_on: Option<NaiveDate>,
    }
}

rows! {
    /// A notice that the answer will be later.
    ExtensionRow in case_extensions by stage, number {
        stage: i32,
        number: i32,
        decided_on: NaiveDate,
        respond_by: NaiveDate,
        ombudsman_details: bool,
    }
}

rows! {
    /// A restriction on contact.
    RestrictionRow in case_restrictions by restriction {
        restriction: i32,
        since_on: NaiveDate,
        review_on: Option<NaiveDate>,
        lifted_on: Option<NaiveDate>,
    }
}

rows! {
    /// A resident who told of anything that equality is monitored by.
    ResidentRow in case_residents by resident {
        resident: i32,
        ethnicity_record: Option<String>,
        disability: bool,
        vulnerability: bool,
        adjustment: bool,
    }
}

pub(super) fn risks(of: Of<'_>, case: &Case) -> Vec<RiskRow> {
    let numbered = (1..).zip(&case.risks);
    numbered
        .map(|(risk, state)| RiskRow {
            case_id: of.id.to_owned(),
            landlord_id: of.landlord.to_owned(),
            risk,
            kind: state.kind.as_str().to_owned(),
            aware_on: day(state.aware_at),
            handed_on: state.handed_at.map(day),
        })
        .collect()
}

pub(super) fn extensions(of: Of<'_>, case: &Case) -> Vec<ExtensionRow> {
    let row = |stage: &Stage, (number, extension): (i32, &ExtensionState)| ExtensionRow {
        case_id: of.id.to_owned(),
        landlord_id: of.landlord.to_owned(),
        stage: i32::from(stage.number.number()),
        number,
        decided_on: day(extension.decided_at),
        respond_by: extension.respond_by,
        ombudsman_details: extension.ombudsman_details_given,
    };
    let mut rows = Vec::new();
    for stage in &case.stages {
        rows.extend((1..).zip(&stage.extensions).map(|numbered| row(stage, numbered)));
    }
    rows
}

pub(super) fn restrictions(of: Of<'_>, case: &Case) -> Vec<RestrictionRow> {
    let numbered = (1..).zip(&case.restrictions);
    numbered
        .map(|(restriction, state)| RestrictionRow {
            case_id: of.id.to_owned(),
            landlord_id: of.landlord.to_owned(),
            restriction,
            since_on: day(state.since),
            review_on: state.review_on,
            lifted_on: state.lifted_at.map(day),
        })
        .collect()
}

pub(super) fn residents(of: Of<'_>, case: &Case) -> Vec<ResidentRow> {
    let numbered = (1..).zip(&case.parties.recorded);
    numbered
        .filter(|(_, told)| told_of_anything(told))
        .map(|(resident, told)| ResidentRow {
            case_id: of.id.to_owned(),
            landlord_id: of.landlord.to_owned(),
            resident,
            ethnicity_record: told.ethnicity.as_ref().map(|ethnicity| ethnicity.record.to_string()),
            disability: !told.disabilities.is_empty(),
            vulnerability: !told.vulnerabilities.is_empty(),
            adjustment: !told.adjustments.is_empty(),
        })
        .collect()
}

fn told_of_anything(told: &ResidentRecorded) -> bool {
    let lists = [&told.disabilities, &told.vulnerabilities, &told.adjustments];
    told.ethnicity.is_some() || lists.iter().any(|list| !list.is_empty())
}
