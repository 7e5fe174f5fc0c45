//! What the self-assessment form is filled from besides the cases: the form of the year's Code, the landlord's policy, the
//! guards of the workflow, and what people answer.

mod evidence;
pub mod given;
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
pub use given::{Given, LastYear, Whose};
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
    /// There is none for a span that is no year, or a year that no known edition of the Code covers.
    ///
    /// # Errors
    /// When the built-in data is damaged, which its own tests rule out.
    pub fn of(span: &Span, profile: Option<&Profile>) -> Result<Option<Self>> {
        let windows = span.windows()?;
        let last = windows[0].period.last;
        let covering = code_in_force(last).ok().filter(|_| matches!(span, Span::Year(_)));
        let Some(code) = covering else { return Ok(None) };
        let form = form(&code.id).map_err(damaged)?;
        let library = Library::embedded().map_err(damaged)?;
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
mod tests {
    use redress_shared::measure::ReportingYear;

    use super::*;

    #[test]
    fn a_statement_is_told_with_its_clause_and_how_far_it_goes() {
        let late = row("2025-26", "bradford-draft", "2.3");
        assert_eq!(late.policy_evidence.len(), 2);
        assert!(late.policy_evidence[0].starts_with("3.1.1, says otherwise: Six months from when"));
    }

    fn assessment(year: &str, profile: Option<&Profile>) -> Assessment {
        Assessment::of(&Span::Year(ReportingYear::parse(year).unwrap()), profile).unwrap().unwrap()
    }

    fn row(year: &str, policy: &str, number: &str) -> ProvisionRow {
        let profile = Library::embedded().unwrap().by_id(policy).unwrap();
        let rows = assessment(year, Some(profile)).rows;
        rows.into_iter().find(|row| row.number() == number).unwrap()
    }

    fn rules(policy: &str, number: &str) -> Vec<String> {
        row("2025-26", policy, number).rule_evidence
    }

    #[test]
    fn what_the_code_check_finds_is_told_and_proposes() {
        let acknowledged = row("2025-26", "portsmouth-2024", "6.2");
        assert!(acknowledged.held.departs, "{acknowledged:?}");
        assert!(
            acknowledged.points[0].starts_with("Code check, departure (s.8 Stage One: acknowledgement): ")
        );
        // Under the edition of 2022 the policy of Cheshire West keeps what it departs from under that of 2024.
        assert!(!row("2023-24", "cheshire-west-2023", "5.1").held.departs);
        assert!(row("2024-25", "cheshire-west-2023", "6.3").held.departs);
    }

    #[test]
    fn a_guard_says_whether_a_breach_can_happen() {
        let row = |number| row("2025-26", "hartlepool-2024", number);
        assert_eq!(
            row("6.13").guards,
            ["The workflow prevents a breach: whoever considered stage 1 is not given stage 2."]
        );
        assert!(row("6.13").held.prevented);
        assert!(row("6.2").guards[0].starts_with("The workflow: a stage is logged"));
        assert!(!row("6.2").held.prevented);
    }

    #[test]
    fn a_year_has_the_form_of_the_code_in_force_at_its_end() {
        for (year, code, rows, first) in
            [("2022-23", "2022", 72, "1.2"), ("2023-24", "2022", 72, "1.2"), ("2024-25", "2024", 72, "1.2")]
        {
            let assessment = assessment(year, None);
            assert_eq!((assessment.form.code.as_str(), assessment.rows.len()), (code, rows));
            assert_eq!(assessment.rows[0].number(), first);
        }
        let year = Span::Year(ReportingYear::regulatory(2020));
        assert!(Assessment::of(&year, None).unwrap().is_none(), "no edition is known for that year");
    }

    /// The form of 2022 goes by what asks for the same in the Code of 2024, under its own numbers.
    #[test]
    fn the_form_of_2022_is_filled_under_its_own_numbers() {
        let row = |number| row("2023-24", "cheshire-west-2023", number);
        assert_eq!(row("5.12").guards.len(), 1);
        assert!(row("1.8").rule_evidence[0].starts_with("Policy, "));
        assert!(row("4.3").guards.is_empty() && row("4.3").policy_evidence.is_empty());
    }

    #[test]
    fn each_policys_rules_are_evidence_with_their_clauses() {
        for (policy, clauses) in [
            ("hartlepool-2024", ["5.2", "5.2", "5.5", "6.3", "6.5"]),
            ("bradford-draft", ["6.1.1", "6.1.2", "7.1", "7.1 Stage 2 box", "7.1"]),
            (
                "cheshire-west-2023",
                [
                    "Stage 1: acknowledge",
                    "Stage 1: respond",
                    "Stage 1: response says",
                    "Stage 2: respond",
                    "Stage 2: response says",
                ],
            ),
            ("housing-solutions-2024", ["6.1", "6.1", "6.1", "6.2", "6.2"]),
            (
                "portsmouth-2024",
                [
                    "s.8 Stage One: acknowledgement",
                    "s.8 Stage One: response",
                    "s.9 Decision letter: understanding",
                    "s.8 Stage Two: response",
                    "s.9 Decision letter: understanding",
                ],
            ),
        ] {
            for (number, clause) in ["6.2", "6.3", "6.9", "6.14", "6.19"].into_iter().zip(clauses) {
                let told = rules(policy, number);
                let start = format!("Policy, {clause}: ");
                assert!(
                    told.first().is_some_and(|first| first.starts_with(&start)),
                    "{policy} {number} {told:?}"
                );
            }
        }
        assert_eq!(
            rules("hartlepool-2024", "6.2"),
            ["Policy, 5.2: acknowledged within 5 working days of receipt."]
        );
        assert_eq!(
            rules("hartlepool-2024", "6.4")[0],
            "Policy, 5.3: an extension is at most 10 working days."
        );
    }

    #[test]
    fn a_reading_alone_is_never_told_as_what_the_policy_says() {
        assert_eq!(
            rules("portsmouth-2024", "6.13")[0],
            "Policy silent; taken as: stage 2 is not for whoever considered stage 1."
        );
        // Stage 2 has no time to acknowledge in this policy, and nothing is made up in its place.
        assert!(rules("cheshire-west-2023", "6.11").is_empty());
        let said: Vec<String> = rules("bradford-draft", "2.4");
        assert!(
            !said.is_empty() && said.iter().all(|bullet| bullet.starts_with("Policy silent; taken as: "))
        );
    }

    #[test]
    fn rules_are_evidence_for_provisions_that_the_form_has() {
        let rows = assessment("2025-26", None).rows;
        for profile in Library::embedded().unwrap().all() {
            let evidence = Evidence::of(profile);
            let mut numbers = evidence.numbers();
            assert!(numbers.all(|number| rows.iter().any(|row| row.number() == number)));
        }
    }

    #[test]
    fn the_form_has_all_72_provisions_in_order() {
        let rows = assessment("2025-26", None).rows;
        assert_eq!(rows.len(), 72);
        assert_eq!((rows[0].number(), rows[71].number()), ("1.2".to_owned(), "9.8".to_owned()));
        assert!(rows.iter().all(|row| row.policy_evidence.is_empty() && row.rule_evidence.is_empty()));
    }
}
