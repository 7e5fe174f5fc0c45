//! What can be wrong with a file of the policies, said so that whoever wrote it can put it right.

use std::fmt;

/// One thing wrong in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyError {
    /// The file's name.
    pub file: String,
    /// The line, from 1, where it could be told.
    pub line: Option<usize>,
    /// The key, such as `stage_1.respond.count` or `refusal.grounds[3].ground`, items counted from 1 as a reader does; empty
    /// where the file as a whole is meant.
    pub key: String,
    /// What is wrong.
    pub problem: String,
    /// What is allowed instead, where that can be said.
    pub allowed: Option<String>,
}

impl fmt::Display for PolicyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(out, ":{line}")?;
        }
        if !self.key.is_empty() {
            write!(out, ": {}", self.key)?;
        }
        write!(out, ": {}", self.problem)?;
        self.allowed.iter().try_for_each(|allowed| write!(out, " ({allowed})"))
    }
}

/// Everything that was found wrong, in the order of the files and of their lines; never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct PolicyErrors(
    /// One by one.
    pub Vec<PolicyError>,
);

impl PolicyErrors {
    /// The value where nothing was found wrong, or else all that was.
    pub(crate) fn unless_none<T>(errors: Vec<PolicyError>, value: T) -> Result<T, PolicyErrors> {
        if errors.is_empty() { Ok(value) } else { Err(PolicyErrors(errors)) }
    }
}

/// What a check finds, before the line is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) key: String,
    pub(crate) problem: String,
    pub(crate) allowed: Option<String>,
}

/// The problems that a check has found so far.
#[derive(Debug, Default)]
pub(crate) struct Problems(pub(crate) Vec<Problem>);

impl Problems {
    /// Adds one that speaks for itself.
    pub(crate) fn add(&mut self, key: impl Into<String>, problem: impl Into<String>) {
        self.0.push(Problem { key: key.into(), problem: problem.into(), allowed: None });
    }

    /// Adds one together with what is allowed.
    pub(crate) fn add_allowed(
        &mut self,
        key: impl Into<String>,
        problem: impl Into<String>,
        allowed: impl Into<String>,
    ) {
        self.0.push(Problem { key: key.into(), problem: problem.into(), allowed: Some(allowed.into()) });
    }

    /// Adds one where a condition does not hold.
    pub(crate) fn unless(&mut self, holds: bool, key: impl Into<String>, problem: impl Into<String>) {
        if !holds {
            self.add(key, problem);
        }
    }
}
