//! Reading an answers file: whole or not at all, with everything that is wrong said at once.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Answer, Answers, Part, ReportOn};
use crate::assessment::Comply;
use crate::code::{Form, form};
use crate::measure::ReportingYear;
use crate::policy::PolicyErrors;
use crate::policy::document::{Document, item};
use crate::policy::errors::Problems;
use crate::policy::schema::schema_of;
use crate::policy::shape::{Shape, nearest};

static SHAPE: LazyLock<Shape> = LazyLock::new(|| Shape::new(schema_of::<Answers>()));

impl Answers {
    /// Reads and checks a file of answers. `file` is the name that errors are reported under. A date may be written with or without
    /// quotes.
    ///
    /// ```
    /// use redress_shared::assessment::answers::Answers;
    /// let file = "landlord = 'a'\nyear = '2025-26'\ncode = '2024'\n\
    ///     [provisions.'6.2']\ncomply = 'no'\nconfirmed_by = 'Head of Housing'\nconfirmed_on = 2026-06-30\n";
    /// let errors = Answers::from_toml("answers.toml", file).unwrap_err().to_string();
    /// assert!(errors.contains("provisions.6.2.action: a no says what will be done"), "{errors}");
    /// assert!(errors.contains("provisions.6.2.action_by: a no says by when"), "{errors}");
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with it at once, each with its line, its provision and what to do about it.
    pub fn from_toml(file: &str, text: &str) -> Result<Answers, PolicyErrors> {
        let document = Document::parse(file, text)?;
        let mut problems = Problems::default();
        SHAPE.check(&document.value, &mut problems);
        match Answers::deserialize(&document.value) {
            Ok(answers) => {
                answers.check(&mut problems);
                PolicyErrors::unless_none(document.errors(problems), answers)
            }
            Err(error) => {
                if problems.0.is_empty() {
                    problems.add("", error.to_string());
                }
                Err(PolicyErrors(document.errors(problems)))
            }
        }
    }

    fn check(&self, problems: &mut Problems) {
        problems.unless(is_year(&self.year), "year", "it is not a year of the form 2025-26, or 2025");
        match form(&self.code) {
            Ok(form) => self.provisions_of(form, problems),
            Err(error) => problems.add("code", error.to_string()),
        }
        self.offices(problems);
        self.parts(problems);
        self.words(problems);
        if let Some(body) = &self.governing_body {
            filled("governing_body.name", Some(&body.name), problems);
            problems.unless(
                body.response.iter().any(|paragraph| !paragraph.trim().is_empty()),
                "governing_body.response",
                "it says nothing: give the response, or leave the whole table out until there is one",
            );
            body.web_address.iter().for_each(|address| web("governing_body.web_address", address, problems));
        }
    }

    fn offices(&self, problems: &mut Problems) {
        office("accountable_officer", self.accountable_officer.as_deref(), problems);
        office("member_responsible", self.member_responsible.as_deref(), problems);
    }

    fn parts(&self, problems: &mut Problems) {
        let listed = [
            (Part::NonCompliance, !self.non_compliance.is_empty(), "non_compliance"),
            (Part::LandlordReport, self.reports_on(ReportOn::Landlord).next().is_some(), "ombudsman_reports"),
            (Part::OtherReports, self.reports_on(ReportOn::Other).next().is_some(), "ombudsman_reports"),
        ];
        for (part, is_listed, list) in listed {
            if is_listed && self.has_nothing_on(part) {
                let problem = format!(
                    "`{part}` is said to be nothing and is listed under `{list}`: keep one of the two"
                );
                problems.add("nothing_to_report", problem);
            }
        }
    }

    /// What is there says something: an empty paragraph would pass for a part of the report.
    fn words(&self, problems: &mut Problems) {
        for (place, paragraph) in self.analysis.iter().enumerate() {
            filled(&item("analysis", place), Some(paragraph), problems);
        }
        for (place, told) in self.non_compliance.iter().enumerate() {
            let key = item("non_compliance", place);
            filled(&format!("{key}.found"), Some(&told.found), problems);
            filled(&format!("{key}.done"), Some(&told.done), problems);
            dated(&format!("{key}.found_on"), Some(told.found_on), problems);
        }
        for (place, improvement) in self.improvements.iter().enumerate() {
            let key = item("improvements", place);
            filled(&format!("{key}.what"), Some(&improvement.what), problems);
            filled(&format!("{key}.learnt_from"), Some(&improvement.learnt_from), problems);
            dated(&format!("{key}.made_on"), improvement.made_on, problems);
        }
        for (place, report) in self.ombudsman_reports.iter().enumerate() {
            let key = item("ombudsman_reports", place);
            web(&format!("{key}.web_address"), &report.web_address, problems);
            filled(&format!("{key}.title"), Some(&report.title), problems);
            filled(&format!("{key}.taken_from_it"), report.taken_from_it.as_deref(), problems);
            dated(&format!("{key}.published_on"), Some(report.published_on), problems);
        }
    }

    fn provisions_of(&self, form: &Form, problems: &mut Problems) {
        for (number, answer) in &self.provisions {
            let key = format!("provisions.{number}");
            let Some(row) = form.row(number) else {
                let known: Vec<String> = form.rows().map(|row| row.number.to_string()).collect();
                let problem = format!("the form of {} has no such provision", form.code);
                problems.add_allowed(key, problem, nearest(number, &known));
                continue;
            };
            answer.check(&key, row.is_attested_only(), problems);
        }
    }
}

impl Answer {
    fn check(&self, key: &str, is_attested_only: bool, problems: &mut Problems) {
        let at = |field: &str| format!("{key}.{field}");
        for (field, text) in [
            ("evidence", &self.evidence),
            ("commentary", &self.commentary),
            ("action", &self.action),
            ("overrules", &self.overrules),
            ("carried_from", &self.carried_from),
        ] {
            filled(&at(field), text.as_deref(), problems);
        }
        office(&at("confirmed_by"), self.confirmed_by.as_deref(), problems);
        dated(&at("action_by"), self.action_by, problems);
        dated(&at("confirmed_on"), self.confirmed_on, problems);
        self.web_address.iter().for_each(|address| web(&at("web_address"), address, problems));
        if self.comply == Some(Comply::Yes) {
            let unfit = "it goes with a no: leave it out, or answer no";
            problems.unless(self.action.is_none(), at("action"), unfit);
            problems.unless(self.action_by.is_none(), at("action_by"), unfit);
        }
        match (&self.confirmed_by, self.confirmed_on) {
            (None, None) => {}
            (Some(_), Some(_)) => self.confirmed_well(&at, is_attested_only, problems),
            (Some(_), None) => problems.add(at("confirmed_on"), "say when the office confirmed it"),
            (None, Some(_)) => problems.add(at("confirmed_by"), "say which office confirmed it"),
        }
    }

    /// What has to be there before an answer can be confirmed.
    fn confirmed_well(&self, at: &dyn Fn(&str) -> String, is_attested_only: bool, problems: &mut Problems) {
        match self.comply {
            None => problems.add(at("comply"), "it is confirmed and not answered: say yes or no"),
            Some(Comply::No) => {
                problems.unless(self.action.is_some(), at("action"), "a no says what will be done");
                problems.unless(
                    self.action_by.is_some(),
                    at("action_by"),
                    "a no says by when it will be done",
                );
            }
            Some(Comply::Yes) => problems.unless(
                !is_attested_only || self.evidence.is_some(),
                at("evidence"),
                "only a person can say so here: give what shows it",
            ),
        }
        problems.unless(
            self.carried_from.is_none(),
            at("carried_from"),
            "its words are still last year's: read them again, then take this line away",
        );
    }
}

/// The label of a year that runs into the next, or of a calendar year.
fn is_year(label: &str) -> bool {
    let is_calendar_year = label.len() == 4 && label.bytes().all(|byte| byte.is_ascii_digit());
    is_calendar_year || ReportingYear::parse(label).is_ok()
}

fn filled(key: &str, text: Option<&str>, problems: &mut Problems) {
    let is_blank = text.is_some_and(|text| text.trim().is_empty());
    problems.unless(!is_blank, key, "it is empty: fill it in, or leave it out");
}

/// The ready-made file has this day in the place of every date, and it would be published where it is left.
fn dated(key: &str, day: Option<NaiveDate>, problems: &mut Problems) {
    let is_ready_made = day == NaiveDate::from_ymd_opt(2000, 1, 1);
    problems.unless(!is_ready_made, key, "it is still the ready-made file's 2000-01-01: give the day");
}

/// Offices answer, never people: an address of email is a person's.
fn office(key: &str, office: Option<&str>, problems: &mut Problems) {
    filled(key, office, problems);
    let is_address = office.is_some_and(|office| office.contains('@'));
    problems.unless(!is_address, key, "name the office, not a person or an address");
}

fn web(key: &str, address: &str, problems: &mut Problems) {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let is_good = rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace));
    problems.unless(is_good, key, "it is not a web address: it begins with https:// and has no spaces");
}
