//! The words of a case that every landlord shares.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// What a contact is.
    Kind {
        /// An expression of dissatisfaction.
        Complaint = "complaint",
        /// A request for action to put something right.
        ServiceRequest = "service-request",
        /// A request for information.
        Enquiry = "enquiry",
        /// A comment or suggestion.
        Comment = "comment",
        /// A compliment.
        Compliment = "compliment",
        /// Disagreement with a policy or standard itself.
        PolicyFeedback = "policy-feedback",
    }
}

vocabulary! {
    /// The stock that the regulator's measures tell apart.
    StockType {
        /// Low cost rental accommodation.
        Lcra = "lcra",
        /// Low cost home ownership.
        Lcho = "lcho",
        /// Leasehold.
        Leasehold = "leasehold",
        /// Anybody else: an applicant, a former tenant, a neighbour.
        Other = "other",
    }
}

vocabulary! {
    /// Where a case stands.
    Phase {
        /// Received, and not yet taken on or declined.
        Received = "received",
        /// Declined, with the right to go to the Ombudsman.
        Refused = "refused",
        /// Stage 1 is open.
        StageOne = "stage-1",
        /// Stage 1 is answered.
        AnsweredAtStageOne = "answered-at-stage-1",
        /// Stage 1 is looked at again on new information.
        StageOneReview = "stage-1-review",
        /// Stage 2 has been asked for, and is not yet taken on or declined.
        EscalationRequested = "escalation-requested",
        /// Stage 2 was declined, with the right to go to the Ombudsman.
        EscalationRefused = "escalation-refused",
        /// Stage 2 is open.
        StageTwo = "stage-2",
        /// The final response is out.
        AnsweredAtStageTwo = "answered-at-stage-2",
        /// Closed.
        Closed = "closed",
        /// Withdrawn by the resident.
        Withdrawn = "withdrawn",
        /// A contact other than a complaint, being dealt with.
        Open = "open",
        /// A contact other than a complaint, dealt with.
        Settled = "settled",
    }
}

vocabulary! {
    /// Whether a complaint was taken on.
    Triage {
        /// Not decided.
        Pending = "pending",
        /// Taken on.
        Accepted = "accepted",
        /// Declined.
        Refused = "refused",
        /// It is not a complaint.
        NotAComplaint = "not-a-complaint",
    }
}

vocabulary! {
    /// Why a case was closed.
    ClosingReason {
        /// It is answered.
        Answered = "answered",
        /// It is answered, and the window to escalate has passed.
        WindowPassed = "window-passed",
        /// The remedy and its timescale are agreed.
        RemedyAgreed = "remedy-agreed",
        /// The resident could not be reached, after a letter with a time limit.
        NoContact = "no-contact",
        /// It was closed and never answered: so a history can have it, and no policy allows it.
        Unanswered = "unanswered",
    }
}

vocabulary! {
    /// The two stages; there is never a third (Code 5.3).
    StageNumber {
        /// Stage 1.
        One = "1",
        /// Stage 2, the final response.
        Two = "2",
    }
}

impl StageNumber {
    /// 1 or 2.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }
}

vocabulary! {
    /// To whom a letter goes.
    SentTo {
        /// The resident, or every resident of a group.
        EachResident = "each-resident",
        /// The representative, with consent.
        Representative = "representative",
        /// The resident whom a group has nominated.
        Nominee = "nominee",
        /// Nobody: the complaint was anonymous.
        Nobody = "nobody",
    }
}

vocabulary! {
    /// Whether somebody who is to handle a complaint has an interest in it.
    ConflictOfInterest {
        /// None, asked and answered.
        None = "none",
        /// One, actual or perceived.
        Declared = "declared",
    }
}

vocabulary! {
    /// What the Ombudsman found on one issue.
    Finding {
        /// No maladministration.
        NoMaladministration = "no-maladministration",
        /// Service failure.
        ServiceFailure = "service-failure",
        /// Maladministration.
        Maladministration = "maladministration",
        /// Severe maladministration.
        SevereMaladministration = "severe-maladministration",
        /// Reasonable redress.
        ReasonableRedress = "reasonable-redress",
        /// Resolved with intervention.
        ResolvedWithIntervention = "resolved-with-intervention",
        /// Outside jurisdiction.
        OutsideJurisdiction = "outside-jurisdiction",
        /// Withdrawn.
        Withdrawn = "withdrawn",
    }
}

vocabulary! {
    /// What a determination asks of the landlord.
    OrderKind {
        /// Binding, with a date.
        Order = "order",
        /// Not binding.
        Recommendation = "recommendation",
    }
}

vocabulary! {
    /// How satisfied a resident is with how the complaint was handled, in the regulator's five answers.
    Satisfaction {
        /// Very satisfied.
        VerySatisfied = "very-satisfied",
        /// Fairly satisfied.
        FairlySatisfied = "fairly-satisfied",
        /// Neither.
        Neither = "neither",
        /// Fairly dissatisfied.
        FairlyDissatisfied = "fairly-dissatisfied",
        /// Very dissatisfied.
        VeryDissatisfied = "very-dissatisfied",
    }
}

vocabulary! {
    /// What goes on with the concerns of a complaint that is withdrawn.
    ConcernsAfterWithdrawal {
        /// They are still looked into.
        Continue = "continue",
        /// They are not.
        End = "end",
    }
}
