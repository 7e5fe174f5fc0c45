//! The self-assessment form: what the policy says, what the cases show, what the workflow guards and what people answer, row by
//! row. Whether the landlord complies is for a person to say; the program proposes, and says by which rule.

mod answer;
mod figures;
mod page;
mod year;

use redress_shared::assessment::answers::Answer;
use redress_shared::assessment::{
    Comply, Figure, Held, Measured, Proposal, ProposalRules, proposal_rules, propose,
};
use redress_shared::code::{Force, FormSection};

use super::Report;
use crate::error::{Error, Result};
use crate::form::{Assessment, ProvisionRow};
use crate::frames::NOW;
use crate::request::Variant;
use answer::TO_BE_CONFIRMED;
pub use page::{AssessmentRow, AssessmentView, GroupView, SectionView};

/// A row of the form with its figures.
pub struct Filled<'a> {
    /// The row.
    pub provision: &'a ProvisionRow,
    /// Its figures, with what they show, each with its exceptions.
    pub figures: Vec<(&'static Figure, figures::Found)>,
    /// What the evidence proposes.
    pub proposal: Option<Proposal>,
}

/// What is known of a row before anybody has answered it.
pub struct Known<'a> {
    /// The row.
    pub row: &'a ProvisionRow,
    /// What is known, a line each.
    pub evidence: Vec<String>,
    /// What that proposes.
    pub proposal: Option<Proposal>,
}

impl Filled<'_> {
    fn held(provision: &ProvisionRow, figures: &[(&'static Figure, figures::Found)], worked: bool) -> Held {
        let measured = figures.iter().map(|(figure, (measured, _))| (figure.asks, *measured));
        Held { figures: measured.collect(), worked, ..provision.held.clone() }
    }
}

/// The rows of a self-assessment, filled from a report's cases.
#[derive(Clone, Copy)]
pub struct Filling<'a> {
    report: &'a Report<'a>,
    assessment: &'a Assessment,
    rules: &'static ProposalRules,
}

impl<'a> Filling<'a> {
    /// Fills the rows from a report's cases.
    ///
    /// # Errors
    /// When the built-in rules are damaged, which their own tests rule out.
    pub fn new(report: &'a Report<'a>, assessment: &'a Assessment) -> Result<Self> {
        let rules = proposal_rules().map_err(|error| Error::Code(error.to_string()))?;
        Ok(Self { report, assessment, rules })
    }

    /// The form, printed.
    ///
    /// # Errors
    /// [`Error::Given`] where an answer overrules what is proposed and no reason is given; and when the built-in rules name a figure
    /// that is not known here, which the tests rule out.
    pub fn view(&self) -> Result<AssessmentView> {
        let filled =
            self.assessment.rows.iter().map(|row| self.fill(row)).collect::<Result<Vec<Filled<'_>>>>()?;
        self.overruled_without_reason(&filled)?;
        let form = self.assessment.form;
        let sections: Vec<SectionView> =
            form.sections.iter().map(|section| self.section(section, &filled)).collect();
        let sections = sections.into_iter().filter(|section| !section.groups.is_empty()).collect();
        let open = filled.iter().filter(|row| self.confirmed(row.provision).is_none()).count();
        let all = filled.len();
        let unanswered = match open {
            0 => String::new(),
            _ => format!("{} of the {all} provisions have no confirmed answer yet.", counted_numbers(open)),
        };
        let official = self.assessment.given.wording.is_some();
        Ok(AssessmentView {
            title: form.title.clone(),
            columns: form.columns().iter().map(|column| (*column).to_owned()).collect(),
            separate_commentary: form.has_separate_commentary(),
            sections,
            rows: all,
            unanswered,
            shows_proposals: self.report.variant == Variant::Committee,
            wording: if official { OFFICIAL } else { SUMMARISED },
            changes: self.changes(&filled),
        })
    }

    /// What a ready-made file of answers needs of each row: what is known, and what it proposes.
    ///
    /// # Errors
    /// When the built-in rules name a figure that is not known here, which the tests rule out.
    pub fn known(&self) -> Result<Vec<Known<'a>>> {
        let row = |row: &'a ProvisionRow| {
            let filled = self.fill(row)?;
            let mut evidence = self.evidence(&filled);
            let exceptions = self.exceptions(&filled);
            if !exceptions.is_empty() {
                evidence.push(format!("Exceptions: {}.", exceptions.join(", ")));
            }
            Ok(Known { row, evidence, proposal: filled.proposal })
        };
        self.assessment.rows.iter().map(row).collect()
    }

    fn fill<'r>(&self, provision: &'r ProvisionRow) -> Result<Filled<'r>> {
        let unknown = |figure: &Figure| Error::Code(format!("no figure is called {}", figure.id));
        let figures = self
            .rules
            .figures_of(&provision.form)
            .map(|figure| Ok((figure, self.found(figure, NOW).ok_or_else(|| unknown(figure))?)))
            .collect::<Result<Vec<_>>>()?;
        // What came in with a history went through another system's workflow.
        let worked = self.report.tables.outcomes.sum(&[("window", NOW), ("imported", "no")]) > 0;
        let held = Filled::held(provision, &figures, worked);
        let proposal = propose(&provision.form, &held, self.rules);
        Ok(Filled { provision, figures, proposal })
    }

    fn found(&self, figure: &Figure, window: &str) -> Option<figures::Found> {
        if figure.id == "policy-changes" {
            let windows = &self.report.scope.windows;
            let period = &windows.iter().find(|known| known.key == window)?.period;
            let begun = self.assessment.policies_begin.iter().filter(|day| period.contains(**day)).count();
            return Some((Measured::Count(u64::try_from(begun).unwrap_or(u64::MAX)), Default::default()));
        }
        self.report.found(&figure.id, window)
    }

    fn answer(&self, provision: &ProvisionRow) -> Option<&'a Answer> {
        self.assessment.given.answers.as_ref()?.to(&provision.number())
    }

    fn confirmed(&self, provision: &ProvisionRow) -> Option<Comply> {
        self.answer(provision)?.confirmed(self.report.scope.as_of)
    }

    fn section(&self, section: &FormSection, filled: &[Filled<'_>]) -> SectionView {
        let rows = |wanted: Option<Force>| -> Vec<AssessmentRow> {
            let of_section =
                filled.iter().filter(|row| row.provision.form.number.section() == section.number);
            let wanted =
                of_section.filter(|row| wanted.is_none_or(|force| row.provision.form.force == force));
            wanted.map(|row| self.row(row)).collect()
        };
        let number = section.number;
        let group = |suffix: &str, lead: &str, wanted| {
            let rows = rows(wanted);
            let caption = caption(lead, &rows);
            GroupView { id: format!("self-assessment-{number}{suffix}"), caption, rows }
        };
        let title = format!("{number}. {}", section.title);
        let groups = if self.assessment.form.has_separate_commentary() {
            vec![group("", "Provisions", None)]
        } else {
            vec![
                group("-must", "What a landlord must do:", Some(Force::Must)),
                group("-should", "What it should do:", Some(Force::Should)),
            ]
        };
        let groups = groups.into_iter().filter(|group| !group.rows.is_empty()).collect();
        SectionView { id: format!("section-{number}"), title, groups }
    }

    fn row(&self, filled: &Filled<'_>) -> AssessmentRow {
        let provision = filled.provision;
        let official = self.assessment.given.wording.as_ref();
        let requirement = official.and_then(|wording| wording.text(provision.form.number));
        let confirmed = self.confirmed(provision);
        AssessmentRow {
            number: provision.number(),
            requirement: requirement.unwrap_or(&provision.form.summary).to_owned(),
            comply: confirmed.map_or(TO_BE_CONFIRMED, Comply::printed).to_owned(),
            evidence: self.evidence(filled),
            exceptions: self.exceptions(filled),
            commentary: self.commentary(provision),
            proposal: self.proposed(filled),
        }
    }

    /// What shows that the provision is kept or is not, what people gave first.
    fn evidence(&self, filled: &Filled<'_>) -> Vec<String> {
        let provision = filled.provision;
        let mut evidence = self.given_evidence(provision);
        let measured =
            filled.figures.iter().map(|(figure, (measured, _))| self.report.sentence(figure, *measured));
        evidence.extend(measured);
        evidence.dedup();
        evidence.extend(provision.guards.iter().cloned());
        evidence.extend(provision.policy_evidence.iter().map(|said| format!("Policy, {said}")));
        evidence.extend(provision.rule_evidence.iter().cloned());
        if self.report.variant == Variant::Committee {
            evidence.extend(provision.points.iter().cloned());
        }
        evidence
    }

    /// The references of the cases that a figure which has to be met by all leaves out.
    fn exceptions(&self, filled: &Filled<'_>) -> Vec<String> {
        let asked = filled.figures.iter().filter(|(figure, _)| figure.asks.is_of_all());
        let cases: Vec<&str> = asked.flat_map(|(_, (_, cases))| cases).map(String::as_str).collect();
        self.report.references(&cases)
    }
}

/// "Provisions 6.1 to 6.20": which rows a table has.
fn caption(lead: &str, rows: &[AssessmentRow]) -> String {
    match rows {
        [] => lead.to_owned(),
        [only] => format!("{lead} {}", only.number),
        [first, .., last] => format!("{lead} {} to {}", first.number, last.number),
    }
}

const OFFICIAL: &str =
    "The requirements are in the Ombudsman's own words, from a file that the landlord gave.";
const SUMMARISED: &str =
    "The requirements are summaries in other words than the Ombudsman's, under its numbers.";

fn counted_numbers(number: usize) -> String {
    redress_shared::measure::thousands(u64::try_from(number).unwrap_or(u64::MAX))
}
