//! The rows as they were known on an earlier day, as far as they say themselves when something happened.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Escalation, Source, Stage};

impl Source {
    /// The rows without what is dated later and would show all the same: a refusal or its overturning that is told by the case's triage, a
    /// direction of the Ombudsman's, what became of a request to escalate, an extension. All else has dates that figures go by, or
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
        let notices = self.first_notices();
        let is_later =
            |stage: &Stage| notices.get(&(stage.case_id.as_str(), stage.stage)).is_some_and(|on| *on > day);
        for stage in &mut known.stages {
            // A stage whose extensions were all decided later has none yet.
            if is_later(stage) {
                stage.extensions = 0;
                stage.code_extended_due_on = None;
                stage.policy_extended_due_on = None;
            }
        }
        known.extensions.retain(|notice| notice.decided_on <= day);
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

    /// By case and stage, the day of the first notice of an extension.
    fn first_notices(&self) -> BTreeMap<(&str, i32), NaiveDate> {
        let mut first: BTreeMap<(&str, i32), NaiveDate> = BTreeMap::new();
        for notice in &self.extensions {
            let on = first.entry((notice.case_id.as_str(), notice.stage)).or_insert(notice.decided_on);
            *on = notice.decided_on.min(*on);
        }
        first
    }
}

fn undecide(escalation: &mut Escalation, day: NaiveDate) {
    if escalation.decided_on.is_some_and(|on| on > day) {
        "pending".clone_into(&mut escalation.outcome);
    }
}
