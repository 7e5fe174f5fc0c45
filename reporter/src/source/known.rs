//! The rows as they were known on an earlier day, as far as they say themselves when something happened.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Escalation, Extension, Source, Stage};

impl Source {
    /// The rows without what is dated later and would show all the same: a refusal or its overturning that is told by the case's triage, a
    /// direction of the Ombudsman's, what became of a request to escalate, a date that an extension moved. All else has dates that figures go by, or
    /// none: what has none is as it stands in the records.
    #[must_use]
    pub fn as_known_on(&self, day: NaiveDate) -> Cow<'_, Self> {
        // As a rule a report is made after all that is in it.
        if !self.has_later(day) {
            return Cow::Borrowed(self);
        }
        let mut known = self.clone();
        let triage = self.triage_on(day);
        for case in &mut known.cases {
            if let Some(word) = triage.get(case.case_id.as_str()) {
                (*word).clone_into(&mut case.triage);
            }
            case.directed_on = case.directed_on.filter(|on| *on <= day);
        }
        for escalation in &mut known.escalations {
            undecide(escalation, day);
        }
        let notices = self.notices_known(day);
        for (stage, given) in known.stages.iter_mut().zip(&self.stages) {
            if let Some(notices) = notices.get(&(given.case_id.as_str(), given.stage)) {
                put_back(stage, notices);
            }
        }
        Cow::Owned(known)
    }

    /// Whether anything that would show all the same is dated later.
    fn has_later(&self, day: NaiveDate) -> bool {
        let is_later = |on: Option<NaiveDate>| on.is_some_and(|on| on > day);
        self.refusals.iter().any(|refusal| refusal.refused_on > day || is_later(refusal.overturned_on))
            || self.cases.iter().any(|case| is_later(case.directed_on))
            || self.escalations.iter().any(|escalation| is_later(escalation.decided_on))
            || self.extensions.iter().any(|notice| notice.decided_on > day)
    }

    /// By case, what triage had come to where its refusal or the overturning of it lies later.
    fn triage_on(&self, day: NaiveDate) -> BTreeMap<&str, &'static str> {
        let mut triage = BTreeMap::new();
        let of_complaints = self.refusals.iter().filter(|refusal| refusal.what == "complaint");
        for refusal in of_complaints {
            let is_overturned = |by: NaiveDate| refusal.overturned_on.is_some_and(|on| on <= by);
            if refusal.refused_on > day {
                triage.entry(refusal.case_id.as_str()).or_insert("pending");
            } else if refusal.overturned_on.is_some() && !is_overturned(day) {
                triage.insert(refusal.case_id.as_str(), "refused");
            }
        }
        triage
    }

    /// Of the stages with a notice of an extension that lies later: the notices that were known, in their order.
    fn notices_known(&self, day: NaiveDate) -> BTreeMap<(&str, i32), Vec<&Extension>> {
        let mut known: BTreeMap<(&str, i32), Vec<&Extension>> = BTreeMap::new();
        for notice in self.extensions.iter().filter(|notice| notice.decided_on > day) {
            known.entry((notice.case_id.as_str(), notice.stage)).or_default();
        }
        for notice in self.extensions.iter().filter(|notice| notice.decided_on <= day) {
            if let Some(notices) = known.get_mut(&(notice.case_id.as_str(), notice.stage)) {
                notices.push(notice);
            }
        }
        for notices in known.values_mut() {
            notices.sort_unstable_by_key(|notice| notice.number);
        }
        known
    }
}

/// Puts a stage's dates back to where the notices known by then had moved them.
fn put_back(stage: &mut Stage, known: &[&Extension]) {
    stage.extensions = i64::try_from(known.len()).unwrap_or(i64::MAX);
    let with_details = known.iter().filter(|notice| notice.ombudsman_details);
    stage.code_extended_due_on = moved(stage.code_respond_due_on, stage.code_extended_due_on, with_details);
    stage.policy_extended_due_on =
        moved(stage.policy_respond_due_on, stage.policy_extended_due_on, known.iter());
}

/// The day to which some of the notices move an answer, of which all of them together move it no further than the last that is allowed.
fn moved<'a>(
    due: Option<NaiveDate>,
    extended: Option<NaiveDate>,
    notices: impl Iterator<Item = &'a &'a Extension>,
) -> Option<NaiveDate> {
    let (first, last) = (due?, extended?);
    let due = notices.fold(first, |due, notice| match notice.decided_on <= due {
        true => due.max(notice.respond_by.min(last)),
        false => due,
    });
    (due > first).then_some(due)
}

fn undecide(escalation: &mut Escalation, day: NaiveDate) {
    if escalation.decided_on.is_some_and(|on| on > day) {
        "pending".clone_into(&mut escalation.outcome);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn notice(number: i32, decided_on: &str, respond_by: &str) -> Extension {
        Extension {
            landlord_id: "one".to_owned(),
            case_id: "case-1".to_owned(),
            stage: 1,
            number,
            decided_on: day(decided_on),
            respond_by: day(respond_by),
            ombudsman_details: true,
        }
    }

    #[test]
    fn a_second_extension_that_lies_later_leaves_the_first_where_it_was() {
        let (due, extended) = (Some(day("2025-06-16")), Some(day("2025-06-30")));
        let (first, second) = (notice(1, "2025-06-12", "2025-06-20"), notice(2, "2025-06-19", "2025-07-04"));
        let by = |notices: &[&Extension]| moved(due, extended, notices.iter());
        assert_eq!(by(&[&first, &second]), extended);
        assert_eq!(by(&[&first]), Some(day("2025-06-20")));
        assert_eq!(by(&[]), None);
        // Given too late to move anything, and one that reaches no further than the day itself.
        assert_eq!(by(&[&notice(1, "2025-06-17", "2025-06-20")]), None);
        assert_eq!(by(&[&notice(1, "2025-06-12", "2025-06-16")]), None);
    }
}
