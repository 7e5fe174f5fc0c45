//! Risks, extensions, restrictions, and what residents told of themselves.

use chrono::NaiveDate;

use super::table::rows;
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
