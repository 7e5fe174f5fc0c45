//! Risks, extensions, restrictions, and what residents told of themselves.

use chrono::NaiveDate;

use super::day;
use crate::case::command::intake::ResidentRecorded;
use crate::case::state::{Case, ExtensionState, Stage};

rows! {
    /// A risk that was flagged.
    RiskRow {
        risk: i32,
        kind: String,
        aware_on: NaiveDate,
        handed_on: Option<NaiveDate>,
    }
}

rows! {
    /// A notice that the answer will be later.
    ExtensionRow {
        stage: i32,
        number: i32,
        decided_on: NaiveDate,
        respond_by: NaiveDate,
        ombudsman_details: bool,
    }
}

rows! {
    /// A restriction on contact.
    RestrictionRow {
        restriction: i32,
        since_on: NaiveDate,
        review_on: Option<NaiveDate>,
        lifted_on: Option<NaiveDate>,
    }
}

rows! {
    /// A resident who told of anything that equality is monitored by.
    ResidentRow {
        resident: i32,
        ethnicity_record: Option<String>,
        disability: bool,
        vulnerability: bool,
        adjustment: bool,
    }
}

pub(super) fn risks(case: &Case) -> Vec<RiskRow> {
    let numbered = (1..).zip(&case.risks);
    numbered
        .map(|(risk, state)| RiskRow {
            risk,
            kind: state.kind.as_str().to_owned(),
            aware_on: day(state.aware_at),
            handed_on: state.handed_at.map(day),
        })
        .collect()
}

pub(super) fn extensions(case: &Case) -> Vec<ExtensionRow> {
    let row = |stage: &Stage, (number, extension): (i32, &ExtensionState)| ExtensionRow {
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

pub(super) fn restrictions(case: &Case) -> Vec<RestrictionRow> {
    let numbered = (1..).zip(&case.restrictions);
    numbered
        .map(|(restriction, state)| RestrictionRow {
            restriction,
            since_on: day(state.since),
            review_on: state.review_on,
            lifted_on: state.lifted_at.map(day),
        })
        .collect()
}

pub(super) fn residents(case: &Case) -> Vec<ResidentRow> {
    let numbered = (1..).zip(&case.parties.recorded);
    numbered
        .filter(|(_, told)| told_of_anything(told))
        .map(|(resident, told)| ResidentRow {
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
