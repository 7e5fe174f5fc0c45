//! Decisions, remedies, and what may come after.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// The decision on one point, or on the complaint as a whole.
    Outcome {
        /// Upheld.
        Upheld = "upheld",
        /// Upheld in part.
        PartlyUpheld = "partly-upheld",
        /// Not upheld.
        NotUpheld = "not-upheld",
    }
}

vocabulary! {
    /// How the whole is decided from its points.
    WholeRule {
        /// Any point upheld, even in part, makes the whole upheld.
        AnyPartUpholdsTheWhole = "any-part-upholds-the-whole",
        /// All upheld is upheld, none is not upheld, and anything between is partly upheld.
        FromPoints = "from-points",
    }
}

vocabulary! {
    /// The kinds of remedy (Code 7.1).
    RemedyKind {
        /// An apology.
        Apology = "apology",
        /// Acknowledging what went wrong.
        Acknowledgement = "acknowledgement",
        /// An explanation, assistance or reasons.
        Explanation = "explanation",
        /// Action on a delay.
        ActionOnDelay = "action-on-delay",
        /// A decision looked at again or changed.
        ReconsideredDecision = "reconsidered-decision",
        /// A record corrected or added to.
        CorrectedRecord = "corrected-record",
        /// Money.
        Financial = "financial",
        /// A policy, procedure or practice changed.
        ChangedPractice = "changed-practice",
    }
}

vocabulary! {
    /// What a payment or benefit is for, where a policy's conditions turn on it.
    CompensationBasis {
        /// Distress, inconvenience, time and trouble.
        DistressAndInconvenience = "distress-and-inconvenience",
        /// A service that was not delivered.
        LossOfService = "loss-of-service",
        /// Money the resident lost.
        FinancialLoss = "financial-loss",
        /// A good-will gesture of another kind than money.
        NonMonetaryBenefit = "non-monetary-benefit",
        /// A gift voucher.
        GiftVoucher = "gift-voucher",
        /// Personal belongings that contents insurance would cover.
        InsuredBelongings = "insured-belongings",
        /// A personal injury.
        PersonalInjury = "personal-injury",
        /// Extreme or unforeseen circumstances, all reasonable steps taken.
        ExtremeCircumstances = "extreme-circumstances",
    }
}

vocabulary! {
    /// When a complaint is closed.
    ClosingRule {
        /// When its final or unescalated response is out.
        Answered = "answered",
        /// When it is answered and the window to escalate has passed.
        WindowPassed = "window-passed",
        /// When the remedy and its timescale are agreed with the resident.
        RemedyAgreed = "remedy-agreed",
    }
}

vocabulary! {
    /// Whether a complaint once decided can be looked at again at the same stage.
    ReopeningRule {
        /// No.
        Never = "never",
        /// Within a time, on new evidence or information.
        NewEvidence = "new-evidence",
        /// Stage 1 may be reviewed again on new information, when the resident asks to escalate.
        StageOneReview = "stage-one-review",
    }
}
