//! The rules by which an answer is proposed, the guards of the workflow and the figures behind them: data beside the Code.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Comply;
use crate::code::{Code, CodeError, CodeErrors, CodeUnavailable, Evidence, FormRow, ProvisionNumber};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What has to hold for a rule to apply.
    Condition {
        /// The Code check finds that the policy's text departs from the provision.
        PolicyDeparts = "policy-departs",
        /// The Code check finds that the policy is silent where the provision wants something said.
        PolicyLeavesOut = "policy-leaves-out",
        /// A figure that has to be met by all has some that fall short.
        SomeFallShort = "some-fall-short",
        /// Every such figure is met by all, and there is at least one.
        AllKept = "all-kept",
        /// The workflow makes a breach impossible, there was a stage in the year, and the policy is neither silent nor unclear.
        Prevented = "prevented",
        /// A figure of which there has to be some has some.
        SomeDone = "some-done",
        /// The policy meets every topic of the provision, and is neither silent nor unclear.
        PolicySaysAll = "policy-says-all",
    }
}

vocabulary! {
    /// What a provision wants of a figure.
    Asks {
        /// That all to which it applies are counted in it.
        All = "all",
        /// The same; but the figure covers a part of the provision alone, so that even where all are counted it decides nothing.
        AllOfPart = "all-of-part",
        /// That there be some.
        Some = "some",
        /// Nothing: it tells, and decides nothing.
        Nothing = "nothing",
    }
}

impl Asks {
    /// Whether all to which it applies have to be counted in it: what is not is an exception.
    #[must_use]
    pub const fn is_of_all(self) -> bool {
        matches!(self, Self::All | Self::AllOfPart)
    }
}

/// A rule that proposes an answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposalRule {
    /// Its name, printed beside what it proposes.
    pub id: String,
    /// What it proposes.
    pub proposes: Comply,
    /// When it applies.
    pub when: Condition,
    /// The provisions that it is kept to, by their numbers of 2024; none where it is for all.
    #[serde(default)]
    pub only: Vec<ProvisionNumber>,
    /// Why it proposes that, after "because"; without a full stop.
    pub says: String,
}

impl ProposalRule {
    /// Whether it is a rule for this row at all.
    #[must_use]
    pub fn is_for(&self, row: &FormRow) -> bool {
        self.only.is_empty() || row.later.iter().any(|number| self.only.contains(number))
    }
}

/// What the workflow does for a provision.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guard {
    /// The provision, by its number of 2024.
    pub provision: ProvisionNumber,
    /// Whether no case that is worked here can break the provision.
    pub prevents: bool,
    /// What it does, without a full stop.
    pub says: String,
}

/// What is measured for provisions.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Its name.
    pub id: String,
    /// The provisions that it is evidence for, by their numbers of 2024.
    pub provisions: Vec<ProvisionNumber>,
    /// What they want of it.
    pub asks: Asks,
    /// What it says, with `{}` where the figure stands; without a full stop.
    pub says: String,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposalRules {
    /// The edition whose numbers the provisions have.
    pub code: String,
    /// The rules, in the order in which they are tried.
    pub rules: Vec<ProposalRule>,
    /// The guards.
    pub guards: Vec<Guard>,
    /// The figures.
    pub figures: Vec<Figure>,
}

impl ProposalRules {
    /// Reads and checks the rules. `file` is the name that errors are reported under.
    ///
    /// # Errors
    /// Everything that is wrong with them at once, if they can be read at all; or there is no such edition.
    pub fn from_toml(file: &str, text: &str) -> Result<ProposalRules, CodeUnavailable> {
        let rules: ProposalRules = crate::code::parse(file, text)?;
        let code = Code::embedded(&rules.code)?;
        Ok(CodeErrors::unless_none(file, rules.errors(code), rules)?)
    }

    /// The guards of a row.
    pub fn guards_of<'a>(&'a self, row: &FormRow) -> impl Iterator<Item = &'a Guard> {
        self.guards.iter().filter(|guard| row.later.contains(&guard.provision))
    }

    /// The figures of a row.
    pub fn figures_of<'a>(&'a self, row: &FormRow) -> impl Iterator<Item = &'a Figure> {
        self.figures.iter().filter(|figure| figure.provisions.iter().any(|number| row.later.contains(number)))
    }

    fn errors(&self, code: &Code) -> Vec<CodeError> {
        let mut errors = Vec::new();
        let mut seen = BTreeSet::new();
        let rules = self.rules.iter().map(|rule| ("rules", &rule.id));
        let figures = self.figures.iter().map(|figure| ("figures", &figure.id));
        for (list, id) in rules.chain(figures).filter(|named| !seen.insert(*named)) {
            errors.push(CodeError::Repeated { list: list.to_owned(), id: id.clone() });
        }
        for guard in &self.guards {
            let known = code.provision_numbered(guard.provision);
            if known.is_some_and(|provision| !provision.is_evidenced_by(Evidence::Guard)) {
                errors.push(CodeError::EvidenceKinds(guard.provision));
            }
        }
        let of_rules =
            self.rules.iter().flat_map(|rule| rule.only.iter().map(move |number| (&rule.id, number)));
        let of_figures = self
            .figures
            .iter()
            .flat_map(|figure| figure.provisions.iter().map(move |number| (&figure.id, number)));
        let guard = "a guard".to_owned();
        let of_guards = self.guards.iter().map(|one| (&guard, &one.provision));
        for (what, number) in of_rules.chain(of_figures).chain(of_guards) {
            if code.provision_numbered(*number).is_none() {
                errors.push(CodeError::UnknownProvision { what: what.clone(), provision: *number });
            }
        }
        errors
    }
}

static RULES: LazyLock<Result<ProposalRules, CodeUnavailable>> =
    LazyLock::new(|| ProposalRules::from_toml("proposals.toml", include_str!("../../codes/proposals.toml")));

/// The rules built into the program.
///
/// # Errors
/// The built-in data is damaged, which the tests rule out; an error and not a panic all the same.
pub fn proposal_rules() -> Result<&'static ProposalRules, CodeUnavailable> {
    RULES.as_ref().map_err(CodeUnavailable::clone)
}
