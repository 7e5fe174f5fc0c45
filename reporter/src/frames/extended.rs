//! Whether what put an answer off is what the Code permits: every notice is looked at, in the order in which they were given.

use chrono::NaiveDate;

use super::classified::first_day;
use super::{Index, Scope};
use crate::source::{Extension, Source, Stage};

/// No notice at all.
pub const NONE: &str = "none";
/// Every one is what the Code permits.
pub const PERMITTED: &str = "permitted";
/// One or more is not.
pub const NOT_PERMITTED: &str = "not-permitted";

/// The notices of extensions that were given by the report's date, by case and stage.
#[derive(Debug, Default)]
pub(super) struct Notices<'a>(Index<(&'a str, i32), Vec<&'a Extension>>);

impl<'a> Notices<'a> {
    pub(super) fn known(source: &'a Source, scope: &Scope) -> Self {
        let mut notices: Index<(&str, i32), Vec<&Extension>> = Index::default();
        for notice in source.extensions.iter().filter(|notice| notice.decided_on <= scope.as_of) {
            notices.entry((notice.case_id.as_str(), notice.stage)).or_default().push(notice);
        }
        for of_stage in notices.values_mut() {
            of_stage.sort_unstable_by_key(|notice| notice.number);
        }
        Self(notices)
    }

    /// One of [`NONE`], [`PERMITTED`] and [`NOT_PERMITTED`].
    pub(super) fn standing(&self, stage: &Stage, scope: &Scope) -> &'static str {
        let Some(notices) = self.0.get(&(stage.case_id.as_str(), stage.stage)) else { return NONE };
        let due = first_day(stage, &scope.choices);
        if are_permitted(notices, due, stage.code_extended_due_on) { PERMITTED } else { NOT_PERMITTED }
    }
}

/// Whether each notice was given by the day that it moves, with the Ombudsman's details, and goes no further than the Code lets it. A notice
/// that does not reach past the Code's own day is within it: a policy may well give less time than the Code, and put its own day off.
fn are_permitted(notices: &[&Extension], due: Option<NaiveDate>, extended: Option<NaiveDate>) -> bool {
    // Without a day there is nothing that it could be within.
    let Some(mut due) = due else { return false };
    // What moves the day moves it to the last that the Code allows, and no further.
    let last = extended.map_or(due, |extended| extended.max(due));
    notices.iter().all(|notice| {
        let is_permitted = notice.ombudsman_details && notice.decided_on <= due && notice.respond_by <= last;
        due = due.max(notice.respond_by);
        is_permitted
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn notice(number: i32, decided_on: &str, respond_by: &str, ombudsman_details: bool) -> Extension {
        Extension {
            landlord_id: "one".to_owned(),
            case_id: "case-1".to_owned(),
            stage: 1,
            number,
            decided_on: day(decided_on),
            respond_by: day(respond_by),
            ombudsman_details,
        }
    }

    /// Due on 16 June; the Code lets it go to 30 June.
    fn permitted(notices: &[Extension], extended: Option<&str>) -> bool {
        let notices: Vec<&Extension> = notices.iter().collect();
        are_permitted(&notices, Some(day("2025-06-16")), extended.map(day))
    }

    #[test]
    fn a_notice_that_reaches_no_further_than_the_codes_own_day_is_within_it() {
        assert!(permitted(&[notice(1, "2025-06-10", "2025-06-16", true)], None));
        assert!(permitted(&[notice(1, "2025-06-10", "2025-06-12", true)], None));
        assert!(!permitted(&[notice(1, "2025-06-10", "2025-06-12", false)], None));
        assert!(!permitted(&[notice(1, "2025-06-17", "2025-06-12", true)], None));
    }

    #[test]
    fn every_notice_is_looked_at_and_not_the_last_alone() {
        let good = notice(2, "2025-06-13", "2025-06-30", true);
        assert!(permitted(&[notice(1, "2025-06-10", "2025-06-20", true), good.clone()], Some("2025-06-30")));
        let without_details = notice(1, "2025-06-10", "2025-06-20", false);
        assert!(!permitted(&[without_details, good], Some("2025-06-30")));
    }

    #[test]
    fn a_second_notice_is_in_time_by_the_day_that_the_first_moved() {
        let first = notice(1, "2025-06-16", "2025-06-20", true);
        let second = notice(2, "2025-06-20", "2025-06-30", true);
        assert!(permitted(&[first.clone(), second], Some("2025-06-30")));
        assert!(!permitted(&[first, notice(2, "2025-06-23", "2025-06-30", true)], Some("2025-06-20")));
    }

    #[test]
    fn beyond_what_the_code_allows_is_not_permitted() {
        assert!(!permitted(&[notice(1, "2025-06-10", "2025-07-01", true)], Some("2025-06-30")));
        assert!(!are_permitted(&[&notice(1, "2025-06-10", "2025-06-12", true)], None, None));
    }
}
