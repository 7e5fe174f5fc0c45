//! From stage 1 to stage 2.

use super::intake::Staff;
use crate::case::record::{Text, kept_as_is, recorded};
use crate::policy::vocabulary::EscalationGround;

kept_as_is!(EscalationGround);

recorded! {
    /// The resident asks for stage 2. That they did is a fact, whatever becomes of it.
    RequestEscalation => EscalationRequested {
        /// Why, and what remains unresolved.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reasons: Option<Text>,
        /// What they would like to come of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outcome_sought: Option<Text>,
    }
}

recorded! {
    /// The resident says why, after having asked.
    ExplainEscalation => EscalationExplained {
        /// Why, and what remains unresolved.
        reasons: Text,
    }
}

recorded! {
    /// Stage 2 is opened and logged.
    AcceptEscalation => EscalationAccepted {
        /// Why a request after the window is taken on all the same.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        discretion: Option<Text>,
        /// The efforts made to understand why the resident remains dissatisfied (Code 6.12), where they gave no reasons.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        efforts_to_understand: Option<Text>,
    }
}

recorded! {
    /// Stage 2 is declined.
    RefuseEscalation => EscalationRefused {
        /// On which of the policy's grounds.
        ground: EscalationGround,
        /// Why, as the resident is told.
        reasons: Text,
        /// How the circumstances of this request were weighed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        discretion_considered: Option<Text>,
        /// Who agreed to it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        approved_by: Option<Staff>,
    }
}

recorded! {
    /// Stage 1 is looked at again on new information, in place of escalating.
    ReviewStageOne => StageOneReviewOpened {
        /// What is new.
        new_information: Text,
        /// Who looks at it.
        handler: Staff,
    }
}
