//! What the self-assessment form is filled from besides the cases: the form of the year's Code, the landlord's policy, the
//! guards of the workflow, and what people answer.

mod evidence;
mod given;
mod intake;
mod oversight;
mod ready;
mod stages;

use chrono::NaiveDate;
use redress_shared::assessment::{Held, ProposalRules, proposal_rules};
use redress_shared::code::{Code, Form, FormRow, PolicyTopics, code_in_force, form, policy_topics};
use redress_shared::policy::vocabulary::Says;
use redress_shared::policy::{Library, Point, PointKind, Profile, change, check};

use crate::error::{Error, Result};
use crate::request::Span;
use evidence::Evidence;
pub use given::{Given, LastYear, Paths};
pub use ready::answers;
pub(crate) use stages::start;

/// A row of the form, with what is held of it besides the cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvisionRow {
    /// The row of the Code's form: number, summary, how strongly it asks.
    pub form: FormRow,
    /// What the landlord's policy says to it, with the clause; empty where the profile is silent.
    pub policy_evidence: Vec<String>,
    /// What the rules of the policy answer to it: whole bullets, which say of themselves where they are a reading alone.
    pub rule_evidence: Vec<String>,
    /// What the workflow does for it: whole bullets.
    pub guards: Vec<String>,
    /// What the Code check finds on it: whole bullets.
    pub points: Vec<String>,
    /// The same in short, for proposing an answer; without figures.
    pub held: Held,
    /// What the Code check finds now and did not find of the policy of the year before, and the other way round.
    pub policy_changes: Vec<String>,
}

impl ProvisionRow {
    /// Its number in the Code: "6.2".
    #[must_use]
    pub fn number(&self) -> String {
        self.form.number.to_string()
    }
}

/// Everything that a self-assessment is filled from besides the cases.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The form.
    pub form: &'static Form,
    /// Its rows.
    pub rows: Vec<ProvisionRow>,
    /// The first days of the versions of the policy.
    pub policies_begin: Vec<NaiveDate>,
    /// What people gave for it.
    pub given: Given,
}

impl Assessment {
    /// The self-assessment of a year: on the form of the Code in force at its end, with what the policy says. Nothing is given yet.
    /// There is none for a span that is no year, or a year that no known edition of the Code covers. The library has the versions of
    /// the landlord's policy, its own among them.
    ///
    /// # Errors
    /// When the built-in data is damaged, which its own tests rule out.
    pub fn of(span: &Span, profile: Option<&Profile>, library: &Library) -> Result<Option<Self>> {
        let windows = span.windows()?;
        let last = windows[0].period.last;
        let covering = code_in_force(last).ok().filter(|_| matches!(span, Span::Year(_)));
        let Some(code) = covering else { return Ok(None) };
        let form = form(&code.id).map_err(damaged)?;
        let before = windows
            .get(1)
            .zip(profile)
            .and_then(|(window, profile)| library.in_force(&profile.landlord.id, window.period.last).ok());
        let before = before.filter(|before| profile.is_some_and(|now| now.policy.id != before.policy.id));
        let versions = profile.map(|profile| library.versions(&profile.landlord.id)).unwrap_or_default();
        let policies_begin = versions.iter().map(|version| version.policy.effective_from.value).collect();
        let rows = rows(form, code, profile, before)?;
        Ok(Some(Self { form, rows, policies_begin, given: Given::default() }))
    }
}

fn damaged(error: impl std::fmt::Display) -> Error {
    Error::Code(error.to_string())
}

/// Every row of a form, with what the policy says to it and where: the statements of its text, then its rules.
fn rows(
    form: &Form,
    code: &Code,
    profile: Option<&Profile>,
    before: Option<&Profile>,
) -> Result<Vec<ProvisionRow>> {
    let sources = Sources {
        profile,
        evidence: profile.map(Evidence::of).unwrap_or_default(),
        topics: policy_topics().map_err(damaged)?,
        rules: proposal_rules().map_err(damaged)?,
        points: profile.map(|profile| check(profile, code)).unwrap_or_default(),
        later: match profile {
            // The rules that look for silence and unclear text have the numbers of the current Code.
            Some(profile) if code.id != CURRENT => check(profile, Code::embedded(CURRENT).map_err(damaged)?),
            _ => Vec::new(),
        },
        change: profile.zip(before).map(|(now, before)| change(before, now, code)),
    };
    Ok(form.rows().map(|row| sources.row(row)).collect())
}

/// The edition whose numbers topics, guards and figures have.
const CURRENT: &str = "2024";

/// What the rows are made from.
struct Sources<'a> {
    profile: Option<&'a Profile>,
    evidence: Evidence,
    topics: &'static PolicyTopics,
    rules: &'static ProposalRules,
    /// What the Code check finds against the form's own edition.
    points: Vec<Point>,
    /// What it finds against the current one, where the form is of another.
    later: Vec<Point>,
    change: Option<redress_shared::policy::Change>,
}

impl Sources<'_> {
    fn row(&self, row: &FormRow) -> ProvisionRow {
        let own: Vec<&Point> = self.points.iter().filter(|point| point.provision == row.number).collect();
        let rules = row.later.iter().flat_map(|number| self.evidence.for_provision(&number.to_string()));
        ProvisionRow {
            form: row.clone(),
            policy_evidence: self.statements(row),
            rule_evidence: rules.collect(),
            guards: self.guards(row),
            points: own.iter().map(|point| told(point)).collect(),
            held: self.held(row, &own),
            policy_changes: self.changes(row),
        }
    }

    fn statements(&self, row: &FormRow) -> Vec<String> {
        let statements = self.profile.into_iter().flat_map(|profile| &profile.statements);
        statements
            .filter_map(|statement| {
                let topics = row.later.iter().flat_map(|number| self.topics.of(*number));
                let topic = topics.into_iter().find(|topic| topic.id == statement.topic)?;
                let words = statement.note.as_ref().unwrap_or(&topic.wants);
                let says = match statement.says {
                    Says::Meets => "says so",
                    Says::Partly => "says part of it",
                    Says::Contradicts => "says otherwise",
                };
                Some(format!("{}, {says}: {}.", statement.clause_or_silent(), words.trim_end_matches('.')))
            })
            .collect()
    }

    fn guards(&self, row: &FormRow) -> Vec<String> {
        let guards = self.rules.guards_of(row);
        let bullet = |guard: &redress_shared::assessment::Guard| {
            let lead = if guard.prevents { "The workflow prevents a breach" } else { "The workflow" };
            format!("{lead}: {}.", guard.says)
        };
        guards.map(bullet).collect()
    }

    fn held(&self, row: &FormRow, own: &[&Point]) -> Held {
        let has = |kind: PointKind| {
            let later = self.later.iter().filter(|point| row.later.contains(&point.provision));
            own.iter().copied().chain(later).any(|point| point.kind == kind)
        };
        let topics: Vec<&str> = row
            .later
            .iter()
            .flat_map(|number| self.topics.of(*number))
            .map(|topic| topic.id.as_str())
            .collect();
        let meets = |topic: &&str| {
            let statements = self.profile.into_iter().flat_map(|profile| &profile.statements);
            statements.into_iter().any(|said| said.topic == **topic && said.says == Says::Meets)
        };
        let guards: Vec<bool> = self.rules.guards_of(row).map(|guard| guard.prevents).collect();
        Held {
            // Only what departs from the form's own edition is a no on it.
            departs: own.iter().any(|point| point.kind == PointKind::Departure),
            leaves_out: has(PointKind::Gap),
            unclear: has(PointKind::Ambiguity) || has(PointKind::Departure),
            says_all: !topics.is_empty() && topics.iter().all(meets),
            prevented: !guards.is_empty() && guards.iter().all(|prevents| *prevents),
            worked: false,
            figures: Vec::new(),
        }
    }

    fn changes(&self, row: &FormRow) -> Vec<String> {
        let Some(change) = &self.change else { return Vec::new() };
        let of_row = |points: &[Point], lead: &str| -> Vec<String> {
            let points = points.iter().filter(|point| point.provision == row.number);
            points.map(|point| format!("{lead}: {}", point.sentence)).collect()
        };
        [of_row(&change.introduced, "New in the policy"), of_row(&change.resolved, "No longer in the policy")]
            .concat()
    }
}

/// What the Code check finds, as a bullet.
fn told(point: &Point) -> String {
    format!("Code check, {} ({}): {}", point.kind, point.clause, point.sentence)
}

#[cfg(test)]
mod tests;
