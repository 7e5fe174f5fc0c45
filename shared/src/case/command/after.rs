//! Closing and what may come after; behaviour; learning.

use chrono::NaiveDate;

use super::intake::Staff;
use crate::case::record::{Label, Text, kept_as_is, recorded};
use crate::case::words::{ClosingReason, ConcernsAfterWithdrawal, Satisfaction, StageNumber};

kept_as_is!(ClosingReason, ConcernsAfterWithdrawal, Satisfaction);

recorded! {
    /// The remedy and its timescale are agreed with the resident.
    AgreeRemedy => RemedyAgreed {
        /// How it was agreed.
        note: Text,
    }
}

recorded! {
    /// The resident who cannot be reached is sent a letter with a time limit.
    WarnNoContact => NoContactWarned {
        /// The date by which to get in touch.
        contact_by: NaiveDate,
    }
}

recorded! {
    /// The case is closed.
    Close => Closed {
        /// Why.
        reason: ClosingReason,
    }
}

recorded! {
    /// A decided case is opened again.
    Reopen => Reopened {
        /// The new evidence or information.
        new_evidence: Text,
    }
}

recorded! {
    /// The resident withdraws.
    Withdraw => Withdrawn {
        /// Whether the concerns are still looked into.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        concerns: Option<ConcernsAfterWithdrawal>,
        /// Why that was decided.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        concerns_reason: Option<Text>,
    }
}

recorded! {
    /// The resident says how satisfied they are with how the complaint was handled.
    RecordSurvey => SurveyRecorded {
        /// After which stage.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stage: Option<StageNumber>,
        /// The answer.
        answer: Satisfaction,
        /// What they added.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comment: Option<Text>,
    }
}

recorded! {
    /// Before restricting contact the landlord looks at its own conduct.
    AssessRestriction => RestrictionAssessed {
        /// Whether its procedures were followed.
        procedure_followed: bool,
        /// Whether full and reasonable responses were given.
        responses_given: bool,
        /// How this case was considered on its own merits.
        considered_afresh: Text,
    }
}

recorded! {
    /// Contact is restricted.
    RestrictContact => ContactRestricted {
        /// The evidence for it.
        evidence: Text,
        /// What is restricted.
        restriction: Text,
        /// How equality law was considered (Code 5.15).
        equality_considered: Text,
        /// When it is reviewed.
        review_on: NaiveDate,
        /// Who agreed to it.
        approved_by: Staff,
    }
}

recorded! {
    /// A restriction is reviewed.
    ReviewRestriction => RestrictionReviewed {
        /// Whether it stays.
        stays: bool,
        /// Why.
        reason: Text,
        /// When it is reviewed next, where it stays.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        review_on: Option<NaiveDate>,
    }
}

recorded! {
    /// Something is learnt. The improvement is written to be published: no names.
    RecordLearning => LearningRecorded {
        /// The theme.
        theme: Label,
        /// The root cause.
        root_cause: Label,
        /// The improvement.
        improvement: Text,
        /// The team that makes it.
        owner: Label,
    }
}

recorded! {
    /// What was learnt is reported, or its improvement is made.
    ReportLearning => LearningReported {
        /// Which, by its number in the case.
        learning: u16,
        /// To whom: residents, staff, a committee.
        reported_to: Label,
        /// Whether the improvement is in place.
        #[serde(default)]
        done: bool,
    }
}
