//! What can be wrong with the Code's data files.

use std::fmt;

use super::{Evidence, ProvisionNumber};

/// Everything that was found wrong in one data file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeErrors {
    /// The file's name.
    pub file: String,
    /// What is wrong, in the file's order; never empty.
    pub errors: Vec<CodeError>,
}

impl CodeErrors {
    /// The value if nothing was found wrong, or else all that was.
    pub(crate) fn unless_none<T>(file: &str, errors: Vec<CodeError>, value: T) -> Result<T, Self> {
        if errors.is_empty() { Ok(value) } else { Err(CodeErrors { file: file.to_owned(), errors }) }
    }
}

impl fmt::Display for CodeErrors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} cannot be used:", self.file)?;
        self.errors.iter().try_for_each(|error| write!(formatter, "\n  {error}"))
    }
}

impl std::error::Error for CodeErrors {}

/// One thing wrong in a data file of the Code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// It is not TOML, or has a field too many, too few or of the wrong kind.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    /// The edition ends before it begins.
    #[error("it is in force to {to}, before its first day {from}")]
    EndsBeforeItBegins {
        /// The first day in force.
        from: chrono::NaiveDate,
        /// The last day in force.
        to: chrono::NaiveDate,
    },
    /// A provision stands under a section that its number does not name.
    #[error("provision {provision} stands in section {section}")]
    WrongSection {
        /// The provision.
        provision: ProvisionNumber,
        /// The section it stands in.
        section: u8,
    },
    /// A provision comes twice, or before a lower number.
    #[error("provision {0} is repeated or out of order")]
    OutOfOrder(ProvisionNumber),
    /// A provision has no evidence, or the same kind twice.
    #[error("provision {0} needs at least one kind of evidence, each of them once")]
    EvidenceKinds(ProvisionNumber),
    /// A note explains a kind of evidence that the provision does not have.
    #[error("provision {provision} explains {kind:?} evidence and does not list it")]
    NoteWithoutEvidence {
        /// The provision.
        provision: ProvisionNumber,
        /// The kind of evidence.
        kind: Evidence,
    },
    /// A summary is not a sentence.
    #[error("the summary of provision {0} is empty or does not end with a full stop")]
    NotASentence(ProvisionNumber),
    /// Something cites a provision that the edition does not have.
    #[error("{what} cites provision {provision}, which is not in the Code")]
    UnknownProvision {
        /// What cites it.
        what: String,
        /// The provision.
        provision: ProvisionNumber,
    },
    /// Two entries have the same name.
    #[error("{list} has `{id}` twice")]
    Repeated {
        /// The list they stand in.
        list: String,
        /// Their name.
        id: String,
    },
    /// A finding is in the rate's numerator and not in its denominator.
    #[error("finding `{0}` is counted above the line and not below it")]
    NumeratorAlone(String),
    /// A date of each year is not a date.
    #[error("{month}-{day} is not a day of every year")]
    NotADay {
        /// The month given.
        month: u32,
        /// The day given.
        day: u32,
    },
    /// A topic's name is not in kebab case, or what it wants is not a phrase.
    #[error("topic `{0}` needs a name in lower case with hyphens, and a phrase without a full stop")]
    NotATopic(String),
    /// A provision is evidenced by the policy and no topic looks for it there.
    #[error("provision {0} is evidenced by the policy and has no topic")]
    WithoutTopic(ProvisionNumber),
}

/// Why an edition of the Code could not be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeUnavailable {
    /// No edition has this id.
    #[error("there is no Code `{id}`: the editions are {}", known.join(", "))]
    UnknownEdition {
        /// The id asked for.
        id: String,
        /// The ids there are, oldest first.
        known: Vec<String>,
    },
    /// No edition covers the date.
    #[error("no edition of the Code is known for {date}: they are covered from {covered_from}")]
    NotCovered {
        /// The date asked for.
        date: chrono::NaiveDate,
        /// The first date that an edition covers.
        covered_from: chrono::NaiveDate,
    },
    /// The data built into the program is wrong. The tests rule this out; it is a value so that nothing panics.
    #[error(transparent)]
    Damaged(#[from] CodeErrors),
}
