//! A ready-made file of answers, made from the cases, the policy and last year's answers.

use redress_shared::assessment::answers::{Answers, Ready, carried, draft};
use redress_shared::policy::Profile;

use super::Assessment;
use crate::error::Result;
use crate::views::Report;
use crate::views::assessment::Filling;

/// The text of the file. Offices come from last year's answers, or else from the policy.
///
/// # Errors
/// When the built-in rules are damaged, which their own tests rule out.
pub fn answers(report: &Report<'_>, assessment: &Assessment, policy: Option<&Profile>) -> Result<String> {
    let form = assessment.form;
    let last = assessment.given.last.as_ref();
    let carry = |row| last.and_then(|last| carried(row, form, &last.answers, last.form));
    let known = Filling::new(report, assessment)?.known()?;
    let rows = known.into_iter().map(|known| Ready {
        number: known.row.number(),
        summary: known.row.form.summary.clone(),
        carried: carry(&known.row.form),
        evidence: known.evidence,
        proposal: known.proposal,
    });
    let reporting = policy.map(|policy| &policy.reporting);
    let officer = reporting.and_then(|reporting| Some(reporting.accountable_officer.as_ref()?.value.clone()));
    let member = reporting.and_then(|reporting| Some(reporting.member_responsible.as_ref()?.value.clone()));
    let head = Answers {
        landlord: report.source.landlord.landlord_id.clone(),
        year: report.scope.period().label.clone(),
        code: form.code.clone(),
        accountable_officer: last.and_then(|last| last.answers.accountable_officer.clone()).or(officer),
        member_responsible: last.and_then(|last| last.answers.member_responsible.clone()).or(member),
        ..Answers::default()
    };
    Ok(draft(&head, &rows.collect::<Vec<_>>()))
}
