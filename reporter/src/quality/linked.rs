//! What else is recorded of a case, held against the case and within itself.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::rules::{Found, Step};
use crate::source::{Case, Source};

/// Cases by their ids.
type Cases<'a> = BTreeMap<&'a str, &'a Case>;

impl Found {
    /// Rows that belong to a case, or may.
    pub(super) fn linked(&mut self, source: &Source, cases: &Cases<'_>) {
        self.redress(source, cases);
        self.declined(source, cases);
        self.stages(source, cases);
        self.by_the_ombudsman(source, cases);
        self.beside(source, cases);
    }

    /// Steps of a case since it was received; nothing of a case that is not there, which the reports refuse.
    fn since_received(&mut self, case_id: &str, cases: &Cases<'_>, steps: &[Step<'_>]) {
        let Some(case) = cases.get(case_id) else { return };
        let received = ("received", Some(case.received_on));
        self.in_order(case.name(), &[&[received], steps].concat());
    }

    /// What was to come by a day may lie ahead.
    fn promised(&mut self, case_id: &str, cases: &Cases<'_>, from: Step<'_>, due: Step<'_>) {
        let Some(case) = cases.get(case_id) else { return };
        self.one_after_another(case.name(), &[from, due]);
    }

    fn redress(&mut self, source: &Source, cases: &Cases<'_>) {
        for row in &source.remedies {
            let offered = ("remedy offered", Some(row.offered_on));
            for became in [
                ("remedy accepted", row.accepted_on),
                ("remedy declined", row.declined_on),
                ("remedy lapsed", row.lapsed_on),
            ] {
                self.since_received(&row.case_id, cases, &[offered, became]);
            }
        }
        for row in &source.actions {
            self.since_received(&row.case_id, cases, &[("action done", row.done_on)]);
            if let Some(case) = cases.get(row.case_id.as_str()) {
                let received = ("received", Some(case.received_on));
                self.promised(&row.case_id, cases, received, ("action due", Some(row.due_on)));
            }
        }
    }

    fn declined(&mut self, source: &Source, cases: &Cases<'_>) {
        for row in &source.refusals {
            let steps = [("declined", Some(row.refused_on)), ("overturned", row.overturned_on)];
            self.since_received(&row.case_id, cases, &steps);
        }
        for row in &source.escalations {
            let steps =
                [("escalation asked for", Some(row.requested_on)), ("escalation decided", row.decided_on)];
            self.since_received(&row.case_id, cases, &steps);
        }
    }

    fn stages(&mut self, source: &Source, cases: &Cases<'_>) {
        let mut times: BTreeMap<(&str, i32), (NaiveDate, Option<NaiveDate>)> = BTreeMap::new();
        for stage in &source.stages {
            times.insert((&stage.case_id, stage.stage), (stage.requested_on, stage.responded_on));
        }
        for row in &source.extensions {
            let number = row.stage;
            let [asked, extended, answered] =
                ["asked for", "extended", "answered"].map(|what| format!("stage {number} {what}"));
            let time = times.get(&(row.case_id.as_str(), number));
            let steps = [
                (asked.as_str(), time.map(|(requested_on, _)| *requested_on)),
                (&extended, Some(row.decided_on)),
                (&answered, time.and_then(|(_, responded_on)| *responded_on)),
            ];
            self.since_received(&row.case_id, cases, &steps);
            let until = format!("stage {number}'s extended time over");
            self.promised(
                &row.case_id,
                cases,
                (&extended, Some(row.decided_on)),
                (&until, Some(row.respond_by)),
            );
        }
    }

    fn by_the_ombudsman(&mut self, source: &Source, cases: &Cases<'_>) {
        let mut determined: BTreeMap<(&str, &str), NaiveDate> = BTreeMap::new();
        for row in &source.findings {
            determined.insert((&row.case_id, &row.reference), row.determined_on);
            self.since_received(&row.case_id, cases, &[("determined", Some(row.determined_on))]);
        }
        for row in &source.orders {
            let made = determined.get(&(row.case_id.as_str(), row.reference.as_str()));
            let made = ("determined", made.copied());
            self.since_received(&row.case_id, cases, &[made, ("order complied with", row.complied_on)]);
            self.promised(&row.case_id, cases, made, ("order due", row.due_on));
        }
        for row in &source.failure_orders {
            let issued = ("failure order issued", Some(row.issued_on));
            let complied = ("failure order complied with", row.complied_on);
            match &row.case_id {
                Some(case_id) => self.since_received(case_id, cases, &[issued, complied]),
                None => self.in_order("", &[issued, complied]),
            }
            let whose = row.case_id.as_deref().and_then(|case_id| cases.get(case_id));
            let whose = whose.map_or("", |case| case.name());
            self.one_after_another(whose, &[issued, ("failure order due", row.due_on)]);
        }
    }

    fn beside(&mut self, source: &Source, cases: &Cases<'_>) {
        for row in &source.surveys {
            self.since_received(&row.case_id, cases, &[("survey answered", Some(row.answered_on))]);
        }
        for row in &source.learning {
            // An improvement can be made before anybody writes it down.
            for step in [("learning recorded", Some(row.recorded_on)), ("improvement made", row.done_on)] {
                match &row.case_id {
                    Some(case_id) => self.since_received(case_id, cases, &[step]),
                    None => self.in_order("", &[step]),
                }
            }
        }
        for row in &source.risks {
            let Some(case) = cases.get(row.case_id.as_str()) else { continue };
            let steps = [("risk known", Some(row.aware_on)), ("risk handed over", row.handed_on)];
            self.in_order(case.name(), &steps);
        }
        for row in &source.restrictions {
            let Some(case) = cases.get(row.case_id.as_str()) else { continue };
            let began = ("restriction began", Some(row.since_on));
            self.in_order(case.name(), &[began, ("restriction lifted", row.lifted_on)]);
            self.one_after_another(case.name(), &[began, ("restriction to be reviewed", row.review_on)]);
        }
    }
}
