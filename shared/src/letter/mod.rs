//! What each letter says that the policy and the Code want written: structured content, from the event that calls for it.
//!
//! [`compose()`] writes the letter; [`missing()`] holds a letter against the lists of the policy and of the Code. Free text comes
//! from the records and reads `[erased]` where a record is gone; dates and clauses come from the rules. The wording is plain
//! and our own. What a letter looks like, on paper or in an email, is for those who print it.

mod acknowledgement;
mod actions;
mod after;
mod answer;
mod check;
mod compose;
mod consent;
mod content;
mod escalation;
mod extension;
mod intake;
mod ombudsman;
mod phrases;
mod redress;
mod refusal;
mod remedies;
mod response;
mod restriction;
mod update;
mod whom;
mod writer;

#[cfg(test)]
mod tests;

pub use check::{Missing, missing, required};
pub use compose::compose;
pub use content::{Block, Detail};

use chrono::NaiveDate;
use serde::Serialize;

use self::content::Content;
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
        /// The resident is asked whether somebody may speak for them.
        ConsentRequest = "consent-request",
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
        /// Stage 2 was asked for without reasons, and they are asked after.
        EscalationReasons = "escalation-reasons",
        /// Stage 2 is declined.
        EscalationRefusal = "escalation-refusal",
        /// Nobody could be reached: a date by which to get in touch.
        NoContact = "no-contact",
        /// The complaint is withdrawn.
        Withdrawal = "withdrawal",
        /// The complaint is closed.
        Closing = "closing",
        /// How satisfied the resident is with how the complaint was handled.
        Survey = "survey",
        /// Contact is restricted.
        Restriction = "restriction",
        /// A restriction was looked at again.
        RestrictionReview = "restriction-review",
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
    /// Those to whom it goes, each of whom gets one of their own.
    pub addressees: Vec<Addressee>,
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
    /// Whether something that it quotes has been erased since: what is left is not what was to be said.
    pub erased: bool,
}

/// Somebody to whom a letter goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Addressee {
    /// Their number among those to whom the letter goes, from 1.
    pub number: u16,
    /// Which of the case's residents they are, counted from 1; null where they speak for one.
    pub resident: Option<u16>,
    /// Their name.
    pub name: String,
    /// Their postal address, a line each; empty where none is known.
    pub address: Vec<String>,
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
    /// The same as paragraphs, lists and details.
    pub content: Vec<Block>,
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

    /// The letter, as one that takes the place of another that was issued on a London day: it says so first of all, so that whoever has
    /// both knows which to go by.
    #[must_use]
    pub fn in_place_of_one_of(mut self, issued_on: NaiveDate) -> Self {
        let text =
            format!("It replaces the one that we issued on {}. Please go by this one.", long_date(issued_on));
        let content = Content::from(&text).into_blocks();
        let heading = "This letter replaces another".to_owned();
        let citation = Citation::default();
        self.items.insert(0, LetterItem { item: "replaces", heading, text, content, citation });
        self
    }

    /// The items that rest on a clause or a provision.
    pub fn cited(&self) -> impl Iterator<Item = &LetterItem> {
        self.items.iter().filter(|item| item.citation != Citation::default())
    }
}
