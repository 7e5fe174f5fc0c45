//! The rules that rows are held against.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use redress_shared::calendar::words::long_date;

use super::{Fault, Kind};
use crate::source::{Case, Source, Stage};

/// The faults of a landlord's rows, in order.
#[must_use]
pub fn faults(source: &Source, as_of: NaiveDate) -> Vec<Fault> {
    let mut found = Found { faults: Vec::new(), as_of };
    let cases: BTreeMap<&str, &Case> =
        source.cases.iter().map(|case| (case.case_id.as_str(), case)).collect();
    let mut stages: BTreeMap<&str, Vec<&Stage>> = BTreeMap::new();
    for stage in &source.stages {
        stages.entry(stage.case_id.as_str()).or_default().push(stage);
    }
    for case in &source.cases {
        let mut own = stages.remove(case.case_id.as_str()).unwrap_or_default();
        own.sort_by_key(|stage| stage.stage);
        found.case(case, &own);
    }
    found.linked(source, &cases);
    found.homes(source);
    found.twice(source);
    found.faults.sort();
    found.faults.dedup();
    found.faults
}

pub(super) struct Found {
    faults: Vec<Fault>,
    as_of: NaiveDate,
}

/// A date and what it is of.
pub(super) type Step<'a> = (&'a str, Option<NaiveDate>);

impl Found {
    fn say(&mut self, kind: Kind, case: &str, says: String) {
        self.faults.push(Fault { kind, case: case.to_owned(), says });
    }

    /// Each date that is known must not be before any of those named before it, nor after the report.
    pub(super) fn in_order(&mut self, case: &str, steps: &[Step<'_>]) {
        self.one_after_another(case, steps);
        for (what, date) in steps.iter().filter_map(|(what, date)| Some((*what, (*date)?))) {
            if date > self.as_of {
                let as_of = long_date(self.as_of);
                let says = format!("{what} on {}, which is after {as_of}.", long_date(date));
                self.say(Kind::Impossible, case, says);
            }
        }
    }

    /// Each date that is known must not be before any of those named before it.
    pub(super) fn one_after_another(&mut self, case: &str, steps: &[Step<'_>]) {
        let mut last: Option<(&str, NaiveDate)> = None;
        for (what, date) in steps.iter().filter_map(|(what, date)| Some((*what, (*date)?))) {
            if let Some((before, then)) = last.filter(|(_, then)| date < *then) {
                let (date, then) = (long_date(date), long_date(then));
                self.say(Kind::Impossible, case, format!("{what} on {date}, but {before} on {then}."));
                continue;
            }
            last = Some((what, date));
        }
    }

    fn case(&mut self, case: &Case, stages: &[&Stage]) {
        let name = case.name();
        // A history is brought in long after it was made, and a report can be of a day before that.
        let known = [("received", Some(case.received_on)), ("recorded", Some(case.recorded_on))];
        self.one_after_another(name, &known);
        let received = ("received", Some(case.received_on));
        for ending in [("withdrawn", case.withdrawn_on), ("settled", case.settled_on)] {
            self.in_order(name, &[received, ending, ("closed", case.closed_on)]);
        }
        self.in_order(name, &[received, ("taken on as the Ombudsman directed", case.directed_on)]);
        self.in_order(name, &[received, ("referred to the Ombudsman", case.referred_on)]);
        for stage in stages {
            self.stage(name, case, stage);
        }
        if let [first, second, ..] = stages {
            let steps =
                [("stage 1 answered", first.responded_on), ("stage 2 asked for", Some(second.requested_on))];
            // The Ombudsman can direct a stage 2 before stage 1 is answered.
            if second.directed_on.is_none() {
                self.in_order(name, &steps);
            }
        }
        let answered = stages.iter().any(|stage| stage.responded_on.is_some());
        let accepted = case.kind == "complaint" && case.triage == "accepted";
        let ended_otherwise = case.withdrawn_on.is_some() || case.settled_on.is_some();
        if accepted && case.closed_on.is_some() && !answered && !ended_otherwise {
            self.say(Kind::Missing, name, "It is closed, and no answer is recorded.".to_owned());
        }
    }

    fn stage(&mut self, name: &str, case: &Case, stage: &Stage) {
        let number = stage.stage;
        let [acknowledged, answered, asked] =
            ["acknowledged", "answered", "asked for"].map(|what| format!("stage {number} {what}"));
        self.in_order(
            name,
            &[
                ("received", Some(case.received_on)),
                (&asked, Some(stage.requested_on)),
                (&acknowledged, stage.acknowledged_on),
                (&answered, stage.responded_on),
                ("closed", case.closed_on),
            ],
        );
        let logged = format!("stage {number} logged");
        self.in_order(name, &[(&asked, Some(stage.requested_on)), (&logged, stage.logged_on)]);
        let directed = format!("stage {number} directed by the Ombudsman");
        self.in_order(name, &[("received", Some(case.received_on)), (&directed, stage.directed_on)]);
        if stage.responded_on.is_some() && stage.acknowledged_on.is_none() && !stage.first_contact {
            let says = format!("Stage {number} is answered, and no acknowledgement is recorded.");
            self.say(Kind::Missing, name, says);
        }
        if stage.responded_on.is_some() && stage.outcome.is_none() {
            self.say(Kind::Missing, name, format!("Stage {number} is answered, and no outcome is recorded."));
        }
        if stage.responded_on.is_none() && stage.outcome.is_some() {
            self.say(
                Kind::Missing,
                name,
                format!("Stage {number} has an outcome, and no answer is recorded."),
            );
        }
    }

    /// CH01 needs the homes of every year in which tenants complained.
    fn homes(&mut self, source: &Source) {
        let mut wanted: BTreeMap<(i32, &str), usize> = BTreeMap::new();
        for case in source.cases.iter().filter(|case| case.kind == "complaint") {
            if ["lcra", "lcho"].contains(&case.stock_type.as_str()) {
                *wanted.entry((year_of(case.received_on), case.stock_type.as_str())).or_default() += 1;
            }
        }
        for ((year, stock), complaints) in wanted {
            let known =
                source.stock.iter().any(|row| year_of(row.year_start) == year && row.stock_type == stock);
            if !known {
                let of_it = match complaints {
                    1 => "1 complaint is of it".to_owned(),
                    many => format!("{many} complaints are of it"),
                };
                let says = format!(
                    "The {stock} homes of the year from 1 April {year} are not entered, and {of_it}."
                );
                self.say(Kind::Missing, "", says);
            }
        }
    }

    /// Complaints alike in all that is recorded of where they came from and what they are about.
    fn twice(&mut self, source: &Source) {
        let mut about: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for row in &source.categories {
            about.entry(row.case_id.as_str()).or_default().push(row.category.as_str());
        }
        let mut alike: BTreeMap<_, Vec<&Case>> = BTreeMap::new();
        let mut references: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
        for case in source.cases.iter().filter(|case| case.kind == "complaint") {
            if let Some(reference) = &case.reference {
                references.entry(reference).or_default().push(case);
            }
            let mut categories = about.remove(case.case_id.as_str()).unwrap_or_default();
            categories.sort_unstable();
            // Two complaints of a day with nothing recorded but the day are no more alike than any others.
            if let (Some(area), false) = (&case.area, categories.is_empty()) {
                let homes = (&case.stock_type, &case.tenure, area);
                let service = (&case.service_area, &case.contractor, categories);
                alike.entry((case.received_on, &case.channel, homes, service)).or_default().push(case);
            }
        }
        for cases in references.into_values().filter(|cases| cases.len() > 1) {
            let says = format!("{} cases have this reference.", cases.len());
            self.say(Kind::Twice, cases[0].name(), says);
        }
        for cases in alike.into_values().filter(|cases| cases.len() > 1) {
            let mut names: Vec<&str> = cases.iter().map(|case| case.name()).collect();
            names.sort();
            let day = long_date(cases[0].received_on);
            let others = names[1..].join(", ");
            let says = format!(
                "Received on {day} as {others} was, in the same way, from the same area, about the same."
            );
            self.say(Kind::Twice, names[0], says);
        }
    }
}

/// The calendar year in which the regulator's year of a day begins.
fn year_of(day: NaiveDate) -> i32 {
    use chrono::Datelike as _;
    if day.month() < 4 { day.year() - 1 } else { day.year() }
}
