//! The rows of the self-assessment form, from the Code as data and the landlord's policy profile.

use redress_shared::code::{Code, policy_topics};
use redress_shared::policy::Profile;
use redress_shared::policy::vocabulary::Says;

use crate::error::{Error, Result};
use crate::views::ProvisionRow;

/// The edition of the Code that the form is of.
const CODE_ID: &str = "2024";

/// Every provision, with what the policy says to it and where.
///
/// # Errors
/// When the built-in Code is damaged, which its own tests rule out.
pub fn provisions(profile: Option<&Profile>) -> Result<Vec<ProvisionRow>> {
    let damaged = |error: &dyn std::fmt::Display| Error::Code(error.to_string());
    let code = Code::embedded(CODE_ID).map_err(|error| damaged(&error))?;
    let topics = policy_topics().map_err(|error| damaged(&error))?;
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

    #[test]
    fn the_form_has_all_72_provisions_in_order() {
        let rows = provisions(None).unwrap();
        assert_eq!(rows.len(), 72);
        assert_eq!((rows[0].number.as_str(), rows[71].number.as_str()), ("1.2", "9.8"));
        assert!(rows.iter().all(|row| row.policy_evidence.is_empty()));
    }
}
