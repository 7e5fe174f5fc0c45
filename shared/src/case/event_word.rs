//! What each event is called where events are listed and filtered.

use super::event::Event;

macro_rules! words {
    ($($variant:ident = $word:literal),+ $(,)?) => {
        impl Event {
            /// Every word by which an event can be known.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word by which the event is known: its `type` in the log.
            #[must_use]
            pub const fn word(&self) -> &'static str {
                match self { $(Self::$variant(_) => $word,)+ }
            }
        }
    };
}

words! {
    Opened = "opened",
    Confirmed = "confirmed",
    ConsentRecorded = "consent-recorded",
    RiskFlagged = "risk-flagged",
    RiskHandedOff = "risk-handed-off",
    BecameComplaint = "became-complaint",
    Settled = "settled",
    Accepted = "accepted",
    Declined = "declined",
    AcceptanceDirected = "acceptance-directed",
    Acknowledged = "acknowledged",
    Assigned = "assigned",
    IssueJoined = "issue-joined",
    IssueSetApart = "issue-set-apart",
    ExtensionGiven = "extension-given",
    ResidentUpdated = "resident-updated",
    Consulted = "consulted",
    ContractorNotified = "contractor-notified",
    ResponseReviewed = "response-reviewed",
    Answered = "answered",
    EscalationAsked = "escalation-asked",
    EscalationExplained = "escalation-explained",
    EscalationAccepted = "escalation-accepted",
    EscalationDeclined = "escalation-declined",
    StageOneReviewOpened = "stage-one-review-opened",
    RemedyOffered = "remedy-offered",
    OfferAnswered = "offer-answered",
    OfferLapsed = "offer-lapsed",
    Compensated = "compensated",
    ActionAdded = "action-added",
    ActionRevised = "action-revised",
    ActionCompleted = "action-completed",
    RemedyAgreed = "remedy-agreed",
    NoContactWarned = "no-contact-warned",
    Closed = "closed",
    Reopened = "reopened",
    Withdrawn = "withdrawn",
    SurveyRecorded = "survey-recorded",
    RestrictionAssessed = "restriction-assessed",
    ContactRestricted = "contact-restricted",
    RestrictionReviewed = "restriction-reviewed",
    LearningRecorded = "learning-recorded",
    LearningReported = "learning-reported",
    ReferredToOmbudsman = "referred-to-ombudsman",
    DeterminationRecorded = "determination-recorded",
    OrderCompliedWith = "order-complied-with",
    FailureOrderRecorded = "failure-order-recorded",
    FailureOrderCompliedWith = "failure-order-complied-with",
    Corrected = "corrected",
    ResidentCorrected = "resident-corrected",
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Event;

    /// What serde writes as an event's `type` is its word: the schema, which follows serde, has the same ones.
    #[test]
    fn the_words_are_those_of_the_log() {
        let schema = schemars::schema_for!(Event).to_value();
        let variants = schema["oneOf"].as_array().unwrap();
        let written = variants.iter().map(|variant| variant["properties"]["type"]["const"].as_str().unwrap());
        let words: BTreeSet<&str> = Event::WORDS.iter().copied().collect();
        assert_eq!(written.collect::<BTreeSet<_>>(), words);
        assert_eq!(words.len(), Event::WORDS.len());
    }
}
