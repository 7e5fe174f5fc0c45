//! What can be asked of a case. One command is one thing that somebody did, in the field's own verb.

pub mod after;
pub mod correction;
pub mod escalation;
mod examples;
pub mod intake;
pub mod limits;
pub mod ombudsman;
pub mod redress;
pub mod stage;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use examples::EXAMPLES;

macro_rules! commands {
    ($($(#[doc = $summary:literal])+ $variant:ident = $word:literal),+ $(,)?) => {
        /// Everything that can be asked of a case.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Command {
            $($(#[doc = $summary])+ #[serde(rename = $word)] $variant(Box<commands::$variant>),)+
        }

        impl Command {
            /// Every command's verb, as the address of the API spells it.
            pub const VERBS: &'static [&'static str] = &[$($word),+];

            /// The verb.
            #[must_use]
            pub const fn verb(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => $word,)+
                }
            }

            /// What a command does, in one sentence. Nothing, where there is no such command.
            #[must_use]
            pub fn summary(verb: &str) -> Option<&'static str> {
                match verb {
                    $($word => Some(concat!($($summary),+).trim_ascii()),)+
                    _ => None,
                }
            }

            /// The schema of what a command carries: a reference to a definition that the generator now has, with the verb as
            /// its title and an example. Nothing, where there is no such command.
            ///
            /// The schema is exact for a generator of [`Schemas`](crate::schema::Schemas), which has the limits of numbers and
            /// dates filled in.
            pub fn content_schema(verb: &str, generator: &mut SchemaGenerator) -> Option<Schema> {
                let (schema, name) = match verb {
                    $($word => (
                        generator.subschema_for::<commands::$variant>(),
                        <commands::$variant as JsonSchema>::schema_name(),
                    ),)+
                    _ => return None,
                };
                illustrate(verb, generator.definitions_mut().get_mut(name.as_ref()));
                Some(schema)
            }
        }

        $(impl From<commands::$variant> for Command {
            fn from(command: commands::$variant) -> Self {
                Self::$variant(Box::new(command))
            }
        })+
    };
}

/// Every command's content, under one roof.
pub mod commands {
    pub use super::after::{
        AgreeRemedy, AssessRestriction, Close, RecordLearning, RecordSurvey, Reopen, ReportLearning,
        RestrictContact, ReviewRestriction, WarnNoContact, Withdraw,
    };
    pub use super::correction::{Correct, CorrectResident};
    pub use super::escalation::{
        AcceptEscalation, ExplainEscalation, RefuseEscalation, RequestEscalation, ReviewStageOne,
    };
    pub use super::intake::{
        Accept, Confirm, DirectAcceptance, FlagRisk, HandOffRisk, RaiseComplaint, Receive, RecordConsent,
        Refuse, Settle,
    };
    pub use super::ombudsman::{
        ComplyWithFailureOrder, ComplyWithOrder, RecordDetermination, RecordFailureOrder, ReferToOmbudsman,
    };
    pub use super::redress::{
        AddAction, AnswerOffer, CompleteAction, LapseOffer, OfferRemedy, PayCompensation, ReviseAction,
    };
    pub use super::stage::{
        Acknowledge, AddIssue, Assign, Consult, Extend, NotifyContractor, Respond, ReviewResponse,
        UpdateResident,
    };
}

commands! {
    /// A complaint or other contact arrives.
    Receive = "receive",
    /// What was said aloud is put in writing and agreed.
    Confirm = "confirm",
    /// A resident consents to a representative.
    RecordConsent = "record-consent",
    /// A risk is noticed.
    FlagRisk = "flag-risk",
    /// A risk is handed to those who deal with it.
    HandOffRisk = "hand-off-risk",
    /// A service request or other contact becomes a complaint, and goes on.
    RaiseComplaint = "raise-complaint",
    /// A contact other than a complaint is dealt with.
    Settle = "settle",
    /// A complaint is taken on and logged.
    Accept = "accept",
    /// A complaint is declined.
    Refuse = "refuse",
    /// The Ombudsman directs that a declined complaint be taken on.
    DirectAcceptance = "direct-acceptance",
    /// The open stage is acknowledged, with the complaint defined.
    Acknowledge = "acknowledge",
    /// Somebody else handles the open stage.
    Assign = "assign",
    /// A new issue comes up.
    AddIssue = "add-issue",
    /// The time to respond is extended.
    Extend = "extend",
    /// The resident is told how it goes.
    UpdateResident = "update-resident",
    /// A body is consulted.
    Consult = "consult",
    /// A contractor is told of a complaint about its service, or tells.
    NotifyContractor = "notify-contractor",
    /// The draft response is reviewed by whom the policy names.
    ReviewResponse = "review-response",
    /// The open stage is answered.
    Respond = "respond",
    /// The resident asks for stage 2.
    RequestEscalation = "request-escalation",
    /// The resident says why.
    ExplainEscalation = "explain-escalation",
    /// Stage 2 is opened.
    AcceptEscalation = "accept-escalation",
    /// Stage 2 is declined.
    RefuseEscalation = "refuse-escalation",
    /// Stage 1 is looked at again on new information.
    ReviewStageOne = "review-stage-one",
    /// A remedy is offered, at any stage or after.
    OfferRemedy = "offer-remedy",
    /// The resident accepts or declines an offer.
    AnswerOffer = "answer-offer",
    /// An offer's time has run out.
    LapseOffer = "lapse-offer",
    /// Compensation is paid.
    PayCompensation = "pay-compensation",
    /// An action is promised.
    AddAction = "add-action",
    /// An action gets another date.
    ReviseAction = "revise-action",
    /// An action is done.
    CompleteAction = "complete-action",
    /// The remedy and its timescale are agreed with the resident.
    AgreeRemedy = "agree-remedy",
    /// The resident who cannot be reached is sent a letter with a time limit.
    WarnNoContact = "warn-no-contact",
    /// The case is closed.
    Close = "close",
    /// The case is opened again.
    Reopen = "reopen",
    /// The resident withdraws.
    Withdraw = "withdraw",
    /// The resident says how satisfied they are.
    RecordSurvey = "record-survey",
    /// The landlord checks its own conduct before restricting contact.
    AssessRestriction = "assess-restriction",
    /// Contact is restricted.
    RestrictContact = "restrict-contact",
    /// A restriction is reviewed.
    ReviewRestriction = "review-restriction",
    /// Something is learnt.
    RecordLearning = "record-learning",
    /// What was learnt is reported.
    ReportLearning = "report-learning",
    /// The case goes to the Ombudsman.
    ReferToOmbudsman = "refer-to-ombudsman",
    /// The Ombudsman determines.
    RecordDetermination = "record-determination",
    /// An order or recommendation is complied with.
    ComplyWithOrder = "comply-with-order",
    /// A complaint handling failure order is issued.
    RecordFailureOrder = "record-failure-order",
    /// A complaint handling failure order is complied with.
    ComplyWithFailureOrder = "comply-with-failure-order",
    /// A wrong date or fact is put right.
    Correct = "correct",
    /// What is held on a resident is put right.
    CorrectResident = "correct-resident",
}

impl Command {
    /// An example of what a command carries. Nothing, where there is no such command.
    #[must_use]
    pub fn example(verb: &str) -> Option<&'static Value> {
        EXAMPLES.get(verb)
    }
}

/// Gives the schema of a command's content its title and its example.
fn illustrate(verb: &str, definition: Option<&mut Value>) {
    if let Some(Value::Object(definition)) = definition {
        definition.insert("title".to_owned(), verb.into());
        definition.insert("examples".to_owned(), json!(EXAMPLES.get(verb).into_iter().collect::<Vec<_>>()));
    }
}

#[cfg(test)]
mod tests {
    use super::Command;

    #[test]
    fn verbs_are_unique() {
        let unique: std::collections::BTreeSet<_> = Command::VERBS.iter().collect();
        assert_eq!(unique.len(), Command::VERBS.len());
    }
}
