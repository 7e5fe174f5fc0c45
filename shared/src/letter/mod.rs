//! What each letter says that the policy and the Code want written: structured content, from the event that calls for it.
//!
//! [`compose()`] writes the letter; [`missing()`] holds a letter against the lists of the policy and of the Code. Free text comes
//! from the records and reads `[erased]` where a record is gone; dates and clauses come from the rules. The wording is plain
//! and our own. Names and addresses are no part of a letter's content: they are added where it is sent.

mod acknowledgement;
mod actions;
mod after;
mod answer;
mod check;
mod compose;
mod escalation;
mod extension;
mod intake;
mod ombudsman;
mod phrases;
mod refusal;
mod remedies;
mod response;
mod update;
mod writer;

#[cfg(test)]
mod tests;

pub use check::{Missing, missing};
pub use compose::compose;

use chrono::NaiveDate;
use serde::Serialize;

use crate::calendar::words::long_date;
use crate::case::Citation;
use crate::case::record::RecordRef;
use crate::case::words::{SentTo, StageNumber};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// The letters that a complaint calls for.
    LetterKind {
        /// What was said aloud, in writing, to be agreed.
        Confirmation = "confirmation",
        /// The complaint is not taken on.
        Refusal = "refusal",
        /// Stage 1 is acknowledged and the complaint defined.
        Acknowledgement = "acknowledgement",
        /// Stage 2 is acknowledged and what remains is defined.
        EscalationAcknowledgement = "escalation-acknowledgement",
        /// The answer will take longer.
        Extension = "extension",
        /// How it goes meanwhile, or how a promised action goes.
        Update = "update",
        /// The answer at stage 1.
        Response = "response",
        /// The answer at stage 2, the last.
        FinalResponse = "final-response",
        /// Stage 2 is declined.
        EscalationRefusal = "escalation-refusal",
        /// Nobody could be reached: a date by which to get in touch.
        NoContact = "no-contact",
        /// The complaint is withdrawn.
        Withdrawal = "withdrawal",
        /// The complaint is closed.
        Closing = "closing",
    }
}

/// The content of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Letter {
    /// Which letter.
    pub kind: LetterKind,
    /// The stage that it is about; none before the complaint is taken on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<StageNumber>,
    /// To whom it goes; never [`SentTo::Nobody`].
    pub sent_to: SentTo,
    /// Their names, each letter going to one of them.
    pub addressees: Vec<String>,
    /// The landlord, by the name that letters print.
    pub landlord: String,
    /// The title of the policy that its clauses are from.
    pub policy: String,
    /// The London date of the event that calls for it.
    pub dated: NaiveDate,
    /// What it is, in a few words.
    pub title: String,
    /// What it says, in the order in which it is read.
    pub items: Vec<LetterItem>,
}

/// One thing that a letter says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct LetterItem {
    /// What it is, in the words of the policy's lists where they have it: `understanding`, `how-to-ombudsman`.
    pub item: &'static str,
    /// The heading over it.
    pub heading: String,
    /// The text; its lines are kept.
    pub text: String,
    /// The clause and provision that want it said or that it rests on; empty where it is plain courtesy.
    pub citation: Citation,
}

/// Where a letter finds the words that the log only refers to.
pub trait Words {
    /// The words of a record; nothing once it is erased.
    fn of(&self, record: RecordRef) -> Option<String>;
}

impl Letter {
    /// The item of that name.
    #[must_use]
    pub fn item(&self, name: &str) -> Option<&LetterItem> {
        self.items.iter().find(|item| item.item == name)
    }

    /// The letter as plain text: what a reader needs first, the clauses together at the end.
    #[must_use]
    pub fn plain_text(&self) -> String {
        let to = self.addressees.join(", ");
        let mut text =
            format!("{}\n{}\n\nTo: {to}\n\n{}\n", self.landlord, long_date(self.dated), self.title);
        for item in &self.items {
            text.push_str(&format!("\n{}\n{}\n", item.heading, item.text));
        }
        let cited: Vec<&LetterItem> =
            self.items.iter().filter(|item| item.citation != Citation::default()).collect();
        if !cited.is_empty() {
            text.push_str(&format!("\nThe rules behind this letter\n{}\n", self.rules_line(&cited)));
            for item in cited {
                text.push_str(&format!("- {}: {}\n", item.heading, item.citation));
            }
        }
        text
    }

    fn rules_line(&self, cited: &[&LetterItem]) -> String {
        let code = if cited.iter().any(|item| item.citation.code.is_some()) {
            " \"Code\" is the Housing Ombudsman's Complaint Handling Code."
        } else {
            ""
        };
        format!("Our policy is the {}.{code}", self.policy)
    }
}
