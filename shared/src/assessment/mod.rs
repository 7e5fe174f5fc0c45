//! The yearly self-assessment against the Code: what an answer is proposed from, what people answer, and what changed since
//! the year before.
//!
//! Nothing is claimed here. A proposal names its rule and the evidence behind it; an answer is a person's, by office, with a date.

pub mod answers;
mod change;
mod proposal;
mod rules;

#[cfg(test)]
mod tests;

pub use change::{Side, Standing, Why, changes};
pub use proposal::{Held, Measured, Proposal, propose};
pub use rules::{Asks, Condition, Figure, Guard, ProposalRule, ProposalRules, proposal_rules};

use crate::vocabulary::vocabulary;

vocabulary! {
    /// Whether a provision is complied with.
    Comply {
        /// It is.
        Yes = "yes",
        /// It is not, and the form says what will be done and by when.
        No = "no",
    }
}

impl Comply {
    /// The answer as the form prints it.
    #[must_use]
    pub const fn printed(self) -> &'static str {
        match self {
            Self::Yes => "Yes",
            Self::No => "No",
        }
    }
}
