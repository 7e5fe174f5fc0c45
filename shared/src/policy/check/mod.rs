//! The Code check: a landlord's policy held against the Ombudsman's Code, point by point, with both clauses.
//!
//! What is compared is what the text says. A value that is a reading alone fills a silence: it can be a gap, and never a
//! departure of the text.

mod escalation;
mod intake;
mod responses;
mod stages;
mod times;
mod topics;

use serde::Serialize;

use super::Profile;
use crate::code::{Code, ProvisionNumber};

crate::vocabulary::vocabulary! {
    /// How a policy stands to a provision of the Code.
    PointKind {
        /// What the text says breaks the provision.
        Departure = "departure",
        /// The text is silent where the Code wants something said.
        Gap = "gap",
        /// The text is unclear or contradicts itself where the Code has a rule.
        Ambiguity = "ambiguity",
        /// The text is better for residents than the Code asks.
        Stricter = "stricter",
    }
}

/// One finding of the check.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, schemars::JsonSchema)]
#[schemars(rename = "CodeCheckPoint")]
pub struct Point {
    /// What kind.
    pub kind: PointKind,
    /// The provision of the Code.
    pub provision: ProvisionNumber,
    /// The policy's clause, or `silent`.
    pub clause: String,
    /// What is found, in our words and with the figures. It names no clause, so that renumbering a policy changes nothing.
    pub sentence: String,
}

/// What a change of a policy does to how it stands to the Code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "CodeCheckChange")]
pub struct Change {
    /// What was found before and is no more.
    pub resolved: Vec<Point>,
    /// What is found now and was not before.
    pub introduced: Vec<Point>,
    /// What is found still, cited as the new policy numbers it.
    pub unchanged: Vec<Point>,
}

/// Holds a policy against an edition of the Code: every departure, gap, ambiguity and stricter rule, by provision.
///
/// An edition that is kept for its clocks alone is compared in its clocks alone.
#[must_use]
pub fn check(profile: &Profile, code: &Code) -> Vec<Point> {
    let mut findings = Findings { code, found: Vec::new() };
    stages::check(profile, &mut findings);
    responses::check(profile, &mut findings);
    intake::check(profile, &mut findings);
    escalation::check(profile, &mut findings);
    topics::check(profile, &mut findings);
    let mut points: Vec<Point> = findings.found.into_iter().map(|found| found.point).collect();
    points.sort_by_key(|point| (point.provision, point.kind));
    points
}

/// What replacing one version of a policy by another does to how it stands to the Code.
#[must_use]
pub fn change(before: &Profile, after: &Profile, code: &Code) -> Change {
    let before = check(before, code);
    let after = check(after, code);
    let is_in = |points: &[Point], point: &Point| points.iter().any(|other| other.says_the_same(point));
    let resolved = before.iter().filter(|point| !is_in(&after, point)).cloned().collect();
    let (unchanged, introduced) = after.into_iter().partition(|point| is_in(&before, point));
    Change { resolved, introduced, unchanged }
}

impl Point {
    /// Whether it is the same finding, whatever clause it is cited by.
    fn says_the_same(&self, other: &Point) -> bool {
        (self.kind, self.provision, &self.sentence) == (other.kind, other.provision, &other.sentence)
    }
}

/// A finding, with the topic of the policy's text that it is about, where there is one.
struct Found {
    point: Point,
    topic: Option<&'static str>,
}

/// The findings so far.
struct Findings<'a> {
    code: &'a Code,
    found: Vec<Found>,
}

/// Where a rule is written: the clause and the reading, as every cited value has them.
#[derive(Clone, Copy)]
struct Written<'a> {
    clause: Option<&'a str>,
    reading: Option<&'a str>,
}

/// Any cited value's clause and reading.
macro_rules! written {
    ($rule:expr) => {
        crate::policy::check::Written { clause: $rule.clause.as_deref(), reading: $rule.reading.as_deref() }
    };
}
use written;

impl Findings<'_> {
    /// Adds a finding on a provision, where the edition has it.
    fn add(&mut self, kind: PointKind, provision: &str, clause: Option<&str>, sentence: impl Into<String>) {
        self.add_on(None, kind, provision, clause, sentence);
    }

    /// As [`Findings::add`], for what a statement of the policy's text may be about as well.
    fn add_on(
        &mut self,
        topic: Option<&'static str>,
        kind: PointKind,
        provision: &str,
        clause: Option<&str>,
        sentence: impl Into<String>,
    ) {
        if let Some(provision) = self.code.provision(provision) {
            self.add_numbered(topic, kind, provision.number, clause, sentence);
        }
    }

    /// As [`Findings::add_on`], for a provision that is known to be the edition's.
    fn add_numbered(
        &mut self,
        topic: Option<&'static str>,
        kind: PointKind,
        provision: ProvisionNumber,
        clause: Option<&str>,
        sentence: impl Into<String>,
    ) {
        let clause = clause.unwrap_or("silent").to_owned();
        self.found.push(Found { point: Point { kind, provision, clause, sentence: sentence.into() }, topic });
    }

    /// A departure where the text says it, a gap where it is a reading alone.
    fn departs(&mut self, provision: &str, rule: Written<'_>, sentence: &str) {
        let kind = if rule.clause.is_some() { PointKind::Departure } else { PointKind::Gap };
        self.add(kind, provision, rule.clause, sentence);
    }

    /// A rule that the Code has too, whose clause needs a reading, is unclear as it stands.
    fn ambiguous(&mut self, topic: Option<&'static str>, provision: &str, what: &str, rule: Written<'_>) {
        if let (Some(clause), Some(reading)) = (rule.clause, rule.reading) {
            let sentence = format!("{what} is a matter of reading: {reading}");
            self.add_on(topic, PointKind::Ambiguity, provision, Some(clause), sentence);
        }
    }
}
