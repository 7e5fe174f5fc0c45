//! The clause register: every operative clause of a policy, how Redress handles it, and the proof that it does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::common;
use super::document::Document;
use super::errors::{PolicyError, PolicyErrors, Problems};
use super::library::{POLICIES, embedded_files};
use super::schema::schema_of;
use super::shape::Shape;

crate::vocabulary::vocabulary! {
    /// How a clause is handled.
    Handled {
        /// The service refuses what breaks it, and names it.
        Enforced = "enforced",
        /// What it wants kept is kept with the case.
        Recorded = "recorded",
        /// A letter says it.
        Letter = "letter",
        /// A report shows it.
        Report = "report",
        /// Only a person can say so; the self-assessment asks for the evidence.
        Attested = "attested",
        /// It asks nothing that software could carry.
        NotForSoftware = "not-for-software",
    }
}

impl Handled {
    /// Whether software carries it.
    #[must_use]
    pub const fn by_software(self) -> bool {
        matches!(self, Self::Enforced | Self::Recorded | Self::Letter | Self::Report)
    }
}

/// The reports that can prove a clause, as a proof names them.
const REPORT_PROOFS: [&str; 2] = ["report:annual", "report:committee"];

static EMBEDDED: LazyLock<Result<Vec<Register>, PolicyErrors>> =
    LazyLock::new(|| Register::load(POLICIES.get_dir("registers").into_iter().flat_map(embedded_files)));
static SHAPE: LazyLock<Shape> = LazyLock::new(|| Shape::new(schema_of::<Register>()));

/// The register of one policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// The policy's id; also the file's name.
    pub policy: String,
    /// Every operative clause, as the document numbers it, in its order.
    pub clauses: Vec<String>,
    /// What is done about each, in one row or several.
    #[serde(rename = "row")]
    pub rows: Vec<Row>,
}

/// One duty of one clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The clause.
    pub clause: String,
    /// What it says, in our words.
    pub summary: String,
    /// How it is handled, in one way or several.
    pub handled: Vec<Handled>,
    /// What Redress does about it, by the name of the command, deadline, letter or figure.
    pub how: String,
    /// The scenarios that show it (`landlord/slug`), or the report that has it (`report:annual`, `report:committee`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<String>,
    /// Why it is left to people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Register {
    /// Reads and checks a register. `file` is the name that errors are reported under.
    ///
    /// # Errors
    /// Everything that is wrong with it at once: what a profile would be refused for; a clause without a row or a row without
    /// a clause; what software carries without a proof, and what it does not without a reason.
    pub fn from_toml(file: &str, text: &str) -> Result<Register, PolicyErrors> {
        let document = Document::parse(file, text)?;
        let mut problems = Problems::default();
        SHAPE.check(&document.value, &mut problems);
        common::check(SHAPE.schema(), &document.value, &mut problems);
        match Register::deserialize(&document.value) {
            Ok(register) => {
                register.check(file, &mut problems);
                PolicyErrors::unless_none(document.errors(problems), register)
            }
            Err(error) => {
                if problems.0.is_empty() {
                    problems.add("", error.to_string());
                }
                Err(PolicyErrors(document.errors(problems)))
            }
        }
    }

    /// Reads registers, each with the name of its file; in the order of their policies' ids.
    ///
    /// # Errors
    /// Everything wrong with any of them at once.
    pub fn load<Name, Text>(
        files: impl IntoIterator<Item = (Name, Text)>,
    ) -> Result<Vec<Register>, PolicyErrors>
    where
        Name: AsRef<str>,
        Text: AsRef<str>,
    {
        let mut registers = BTreeMap::new();
        let mut errors: Vec<PolicyError> = Vec::new();
        for (file, text) in files {
            match Register::from_toml(file.as_ref(), text.as_ref()) {
                Ok(register) => {
                    registers.insert(register.policy.clone(), register);
                }
                Err(found) => errors.extend(found.0),
            }
        }
        PolicyErrors::unless_none(errors, registers.into_values().collect())
    }

    /// The registers built into the program, in the order of their policies' ids.
    ///
    /// # Errors
    /// A built-in file is damaged, which the tests rule out; an error and not a panic all the same.
    pub fn embedded() -> Result<&'static [Register], &'static PolicyErrors> {
        EMBEDDED.as_ref().map(Vec::as_slice)
    }

    /// The rows of a clause.
    pub fn rows_of<'a>(&'a self, clause: &'a str) -> impl Iterator<Item = &'a Row> {
        self.rows.iter().filter(move |row| row.clause == clause)
    }

    /// Every proof that a row names, with the row, so that it can be looked whether each is there.
    pub fn proofs(&self) -> impl Iterator<Item = (&Row, &str)> {
        self.rows.iter().flat_map(|row| row.proof.iter().map(move |proof| (row, proof.as_str())))
    }

    fn check(&self, file: &str, problems: &mut Problems) {
        let wanted = format!("{}.toml", self.policy);
        problems.unless(file == wanted, "policy", format!("its file should be named {wanted}"));
        let clauses: BTreeSet<&str> = self.clauses.iter().map(String::as_str).collect();
        let handled: BTreeSet<&str> = self.rows.iter().map(|row| row.clause.as_str()).collect();
        for (place, clause) in self.clauses.iter().enumerate() {
            let key = format!("clauses[{}]", place + 1);
            problems.unless(handled.contains(clause.as_str()), key, format!("clause `{clause}` has no row"));
        }
        for (place, row) in self.rows.iter().enumerate() {
            let key = format!("row[{}]", place + 1);
            let listed = clauses.contains(row.clause.as_str());
            let problem = format!("`clauses` does not list `{}`", row.clause);
            problems.unless(listed, format!("{key}.clause"), problem);
            row.check(&key, problems);
        }
    }
}

impl Row {
    fn check(&self, key: &str, problems: &mut Problems) {
        problems.unless(
            !self.handled.is_empty(),
            format!("{key}.handled"),
            "it does not say how the clause is handled",
        );
        let alone = !self.handled.contains(&Handled::NotForSoftware) || self.handled.len() == 1;
        problems.unless(
            alone,
            format!("{key}.handled"),
            "what is not for software is handled in no other way",
        );
        self.check_proof(key, problems);
        let left = self.handled.iter().find(|handled| !handled.by_software());
        if let (Some(left), None) = (left, &self.reason) {
            problems.add(format!("{key}.reason"), format!("it is missing: say why the clause is {left}"));
        }
    }

    fn check_proof(&self, key: &str, problems: &mut Problems) {
        let by_software = self.handled.iter().find(|handled| handled.by_software());
        let in_a_case =
            self.handled.iter().find(|handled| handled.by_software() && **handled != Handled::Report);
        let is_scenario = |proof: &String| is_scenario(proof);
        match (in_a_case, by_software) {
            (Some(handled), _) if !self.proof.iter().any(is_scenario) => {
                let problem = format!("what is {handled} is proved by a scenario");
                problems.add_allowed(format!("{key}.proof"), problem, "`landlord/slug`");
            }
            (None, Some(_)) if self.proof.is_empty() => {
                let problem = "what is reported is proved by a report or a scenario";
                problems.add_allowed(
                    format!("{key}.proof"),
                    problem,
                    format!("{} or `landlord/slug`", REPORT_PROOFS.join(", ")),
                );
            }
            _ => {}
        }
        for (place, proof) in self.proof.iter().enumerate() {
            let known = is_scenario(proof) || REPORT_PROOFS.contains(&proof.as_str());
            let problem = format!("`{proof}` is no proof: name a scenario or a report");
            problems.unless(known, format!("{key}.proof[{}]", place + 1), problem);
        }
    }
}

/// `landlord/slug`, both in small letters, digits and hyphens.
fn is_scenario(proof: &str) -> bool {
    let is_slug = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    proof.split_once('/').is_some_and(|(landlord, slug)| is_slug(landlord) && is_slug(slug))
}
