//! The self-assessment form of each edition: its rows, in order, and its columns.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::edition::parse;
use super::{Code, CodeError, CodeErrors, CodeUnavailable, Evidence, Force, ProvisionNumber};

/// The form of the edition of 2022, which is kept apart from that edition's clocks.
const FORM_2022: (&str, &str) = ("form-2022.toml", include_str!("../../codes/form-2022.toml"));

/// The edition whose form is made of its own provisions.
const CURRENT: &str = "2024";

/// The self-assessment form of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// The edition's id.
    pub code: String,
    /// The edition's title.
    pub title: String,
    /// The sections, in order.
    pub sections: Vec<FormSection>,
}

/// A section of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormSection {
    /// Its number, from 1.
    pub number: u8,
    /// Its heading.
    pub title: String,
    /// Its rows, in order.
    pub provisions: Vec<FormRow>,
}

/// A row of a form: a provision to be answered with yes or no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormRow {
    /// The provision's number in its own edition.
    pub number: ProvisionNumber,
    /// How strongly it asks.
    pub force: Force,
    /// Where its evidence can come from; never empty.
    pub evidence: Vec<Evidence>,
    /// The provisions of the Code of 2024 that ask for the same or for more: of the Code of 2024 the provision itself. What is
    /// measured, guarded and written for them is evidence here too.
    pub later: Vec<ProvisionNumber>,
    /// What it asks, in our own words and not the Ombudsman's.
    pub summary: String,
}

impl FormRow {
    /// Whether only a person can answer it.
    #[must_use]
    pub fn is_attested_only(&self) -> bool {
        self.evidence == [Evidence::Attest]
    }
}

impl Form {
    /// Its rows in order.
    pub fn rows(&self) -> impl Iterator<Item = &FormRow> {
        self.sections.iter().flat_map(|section| &section.provisions)
    }

    /// The row of the provision with this number, if the form has one.
    ///
    /// ```
    /// use redress_shared::code::form;
    /// // The same number asks for something else in the next edition.
    /// assert!(form("2022")?.row("6.2").is_some_and(|row| row.summary.starts_with("A remedy")));
    /// assert!(form("2024")?.row("6.2").is_some_and(|row| row.summary.starts_with("A complaint is acknowledged")));
    /// # Ok::<(), redress_shared::code::CodeUnavailable>(())
    /// ```
    #[must_use]
    pub fn row(&self, number: &str) -> Option<&FormRow> {
        number.parse().ok().and_then(|number: ProvisionNumber| self.rows().find(|row| row.number == number))
    }

    /// The headings of its columns, in order.
    #[must_use]
    pub fn columns(&self) -> &'static [&'static str] {
        if self.has_separate_commentary() {
            &[
                "Code provision",
                "Code requirement",
                "Comply: Yes / No",
                "Evidence",
                "Commentary / explanation",
            ]
        } else {
            &[
                "Code section",
                "Code requirement",
                "Comply: Yes / No",
                "Evidence, commentary and any explanations",
            ]
        }
    }

    /// Whether evidence and commentary stand in columns of their own, as they do since 2024.
    #[must_use]
    pub fn has_separate_commentary(&self) -> bool {
        self.code == CURRENT
    }

    /// Reads the form of an edition that keeps it in a file of its own. `file` is the name that errors are reported under.
    ///
    /// # Errors
    /// Everything that is wrong with it at once, if it can be read at all; or the Code of 2024, which its rows are held
    /// against, cannot be had.
    pub fn from_toml(file: &str, text: &str) -> Result<Form, CodeUnavailable> {
        let form: Form = parse(file, text)?;
        let errors = form.errors(Code::embedded(CURRENT)?);
        Ok(CodeErrors::unless_none(file, errors, form)?)
    }

    fn errors(&self, current: &Code) -> Vec<CodeError> {
        let mut errors = Vec::new();
        for section in &self.sections {
            let stray = section.provisions.iter().filter(|row| row.number.section() != section.number);
            errors.extend(
                stray.map(|row| CodeError::WrongSection { provision: row.number, section: section.number }),
            );
        }
        let following = self.rows().skip(1);
        let pairs = self.rows().zip(following).filter(|(earlier, later)| later.number <= earlier.number);
        errors.extend(pairs.map(|(_, later)| CodeError::OutOfOrder(later.number)));
        for row in self.rows() {
            if row.evidence.is_empty() {
                errors.push(CodeError::EvidenceKinds(row.number));
            }
            if !row.summary.ends_with('.') {
                errors.push(CodeError::NotASentence(row.number));
            }
            let unknown = row.later.iter().filter(|later| current.provision_numbered(**later).is_none());
            errors.extend(unknown.map(|later| CodeError::UnknownProvision {
                what: format!("row {}", row.number),
                provision: *later,
            }));
        }
        errors
    }

    fn of(code: &Code) -> Form {
        let row = |provision: &super::Provision| FormRow {
            number: provision.number,
            force: provision.force,
            evidence: provision.evidence.clone(),
            later: vec![provision.number],
            summary: provision.summary.clone(),
        };
        let section = |section: &super::Section| FormSection {
            number: section.number,
            title: section.title.clone(),
            provisions: section.provisions.iter().map(row).collect(),
        };
        Form {
            code: code.id.clone(),
            title: code.title.clone(),
            sections: code.sections.iter().map(section).collect(),
        }
    }
}

static FORMS: LazyLock<Result<[Form; 2], CodeUnavailable>> = LazyLock::new(|| {
    let (file, text) = FORM_2022;
    Ok([Form::from_toml(file, text)?, Form::of(Code::embedded(CURRENT)?)])
});

/// The self-assessment form of the edition with this id.
///
/// # Errors
/// There is no such edition; the error names those there are. Or the built-in data is damaged, which the tests rule out.
pub fn form(code_id: &str) -> Result<&'static Form, CodeUnavailable> {
    let forms = FORMS.as_ref().map_err(CodeUnavailable::clone)?;
    forms.iter().find(|form| form.code == code_id).ok_or_else(|| CodeUnavailable::UnknownEdition {
        id: code_id.to_owned(),
        known: forms.iter().map(|form| form.code.clone()).collect(),
    })
}
