//! The rows of the self-assessment form, from the Code as data and the landlord's policy profile.

mod evidence;
mod intake;
mod oversight;
mod stages;

use redress_shared::code::{Code, policy_topics};
use redress_shared::policy::Profile;
use redress_shared::policy::vocabulary::Says;

use crate::error::{Error, Result};
use crate::views::ProvisionRow;
use evidence::Evidence;

/// The edition of the Code that the form is of.
const CODE_ID: &str = "2024";

/// Every provision, with what the policy says to it and where: the statements of its text, then its rules.
///
/// # Errors
/// When the built-in Code is damaged, which its own tests rule out.
pub fn provisions(profile: Option<&Profile>) -> Result<Vec<ProvisionRow>> {
    let damaged = |error: &dyn std::fmt::Display| Error::Code(error.to_string());
    let code = Code::embedded(CODE_ID).map_err(|error| damaged(&error))?;
    let topics = policy_topics().map_err(|error| damaged(&error))?;
    let evidence = profile.map(Evidence::of).unwrap_or_default();
    let row = |provision: &redress_shared::code::Provision| {
        let statements = profile.into_iter().flat_map(|profile| &profile.statements);
        let said: Vec<String> = statements
            .filter_map(|statement| {
                let topic = topics.of(provision.number).find(|topic| topic.id == statement.topic)?;
                let words = statement.note.as_ref().unwrap_or(&topic.wants);
                let says = match statement.says {
                    Says::Meets => "says so",
                    Says::Partly => "says part of it",
                    Says::Contradicts => "says otherwise",
                };
                Some(format!("{}, {says}: {}.", statement.clause_or_silent(), words.trim_end_matches('.')))
            })
            .collect();
        ProvisionRow {
            number: provision.number.to_string(),
            summary: provision.summary.clone(),
            policy_evidence: said,
            rule_evidence: evidence.for_provision(&provision.number.to_string()),
        }
    };
    Ok(code.provisions().map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_told_with_its_clause_and_how_far_it_goes() {
        let library = redress_shared::policy::Library::embedded().unwrap();
        let rows = provisions(library.by_id("bradford-draft").ok()).unwrap();
        let late = rows.iter().find(|row| row.number == "2.3").unwrap();
        assert_eq!(late.policy_evidence.len(), 2);
        assert!(late.policy_evidence[0].starts_with("3.1.1, says otherwise: Six months from when"));
    }

    fn rules(policy: &str, number: &str) -> Vec<String> {
        let library = redress_shared::policy::Library::embedded().unwrap();
        let rows = provisions(Some(library.by_id(policy).unwrap())).unwrap();
        rows.into_iter().find(|row| row.number == number).unwrap().rule_evidence
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
        let library = redress_shared::policy::Library::embedded().unwrap();
        let rows = provisions(None).unwrap();
        for profile in library.all() {
            let evidence = Evidence::of(profile);
            let mut numbers = evidence.numbers();
            assert!(numbers.all(|number| rows.iter().any(|row| row.number == number)));
        }
    }

    #[test]
    fn the_form_has_all_72_provisions_in_order() {
        let rows = provisions(None).unwrap();
        assert_eq!(rows.len(), 72);
        assert_eq!((rows[0].number.as_str(), rows[71].number.as_str()), ("1.2", "9.8"));
        assert!(rows.iter().all(|row| row.policy_evidence.is_empty() && row.rule_evidence.is_empty()));
    }
}
