//! What is wrong with what was set.

use std::fmt;

/// One thing that is wrong. What was written is not said back: it may hold a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which setting, as the file writes it: `limits.burst`.
    pub key: String,
    /// Where it was set: a file, a variable or a flag.
    pub origin: Option<String>,
    /// What is wrong, and what is allowed.
    pub problem: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.key)?;
        if let Some(origin) = &self.origin {
            write!(formatter, " (from {origin})")?;
        }
        write!(formatter, ": {}", self.problem)
    }
}

/// Everything that is wrong. The program ends with 2, as it does for a wrong command line: trying again does not help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongSettings(pub Vec<Problem>);

impl fmt::Display for WrongSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the configuration cannot be used")?;
        self.0.iter().try_for_each(|problem| write!(formatter, "\n  {problem}"))
    }
}

impl std::error::Error for WrongSettings {}
