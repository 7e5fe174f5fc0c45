//! What a stage is made of.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// What an acknowledgement says.
    AcknowledgementItem {
        /// The landlord's understanding of the complaint, point by point.
        Understanding = "understanding",
        /// The outcomes that the resident seeks.
        OutcomesSought = "outcomes-sought",
        /// Which points the landlord is responsible for, and which it is not.
        Responsibility = "responsibility",
        /// What happens next.
        NextSteps = "next-steps",
        /// When to expect the response.
        ResponseDate = "response-date",
        /// Who deals with it.
        Handler = "handler",
        /// The handler's job title.
        HandlerJobTitle = "handler-job-title",
        /// How to reach the handler.
        HandlerContact = "handler-contact",
        /// An offer to talk it over.
        OfferToDiscuss = "offer-to-discuss",
        /// How to take the complaint further.
        HowToEscalate = "how-to-escalate",
    }
}

vocabulary! {
    /// What a stage's response says.
    ResponseItem {
        /// The stage.
        Stage = "stage",
        /// The definition of the complaint.
        Definition = "definition",
        /// The decision on each point.
        Decision = "decision",
        /// The reasons for each decision.
        Reasons = "reasons",
        /// The policy, law, good practice or evidence relied on.
        Sources = "sources",
        /// The remedy offered, or that there is none.
        Remedy = "remedy",
        /// The actions still outstanding, with dates.
        Actions = "actions",
        /// How to go to stage 2.
        HowToEscalate = "how-to-escalate",
        /// How to go to the Ombudsman.
        HowToOmbudsman = "how-to-ombudsman",
        /// The steps taken to investigate.
        StepsTaken = "steps-taken",
        /// Changes to policies or processes, where there are any.
        Changes = "changes",
        /// How long an offer of redress stays open.
        OfferOpenUntil = "offer-open-until",
        /// By when to accept or escalate.
        AcceptBy = "accept-by",
        /// For leaseholders, the First-tier Tribunal.
        Tribunal = "tribunal",
    }
}

vocabulary! {
    /// What goes with an extension.
    ExtensionNeed {
        /// The reason.
        Reason = "reason",
        /// The date to expect.
        ExpectedDate = "expected-date",
        /// The Ombudsman's contact details.
        OmbudsmanDetails = "ombudsman-details",
        /// The resident's agreement.
        Agreement = "agreement",
        /// Confirmation in writing.
        InWriting = "in-writing",
        /// That the resident is told, and the reasons are talked through.
        Discussion = "discussion",
    }
}

vocabulary! {
    /// What a landlord does about an extension past its own limit.
    BeyondCap {
        /// Never.
        Refuse = "refuse",
        /// With a good reason, clearly explained.
        GoodReason = "good-reason",
        /// By agreement; where there is none, the Ombudsman's details are given.
        AgreementOrOmbudsman = "agreement-or-ombudsman",
    }
}

vocabulary! {
    /// What happens to a new issue raised while a stage is open.
    NewIssueRule {
        /// It joins where related, not yet answered and without undue delay; else it is a new complaint.
        JoinIfRelated = "join-if-related",
        /// The policy is silent; the same is done, as the Code has it (6.8).
        AsTheCode = "as-the-code",
    }
}

vocabulary! {
    /// When a response may be other than in writing.
    WrittenRule {
        /// Always in writing.
        Always = "always",
        /// In writing, unless it was put right at first contact and the resident agreed.
        UnlessFirstContact = "unless-first-contact",
    }
}

vocabulary! {
    /// Whether reasons are needed to go to stage 2.
    EscalationReasons {
        /// Not needed; efforts are made to understand.
        NotRequired = "not-required",
        /// Asked for, not needed.
        Asked = "asked",
        /// Needed.
        Required = "required",
    }
}

vocabulary! {
    /// The part that somebody plays in a complaint.
    StaffRole {
        /// A complaints officer or case handler.
        Officer = "officer",
        /// A team leader or service manager.
        Manager = "manager",
        /// A senior manager.
        SeniorManager = "senior-manager",
        /// A director.
        Director = "director",
        /// The landlord's lead for complaints.
        ComplaintsLead = "complaints-lead",
        /// A business support or other central function.
        BusinessSupport = "business-support",
        /// A member of the board.
        BoardMember = "board-member",
        /// A resident who sits on a review.
        ResidentMember = "resident-member",
    }
}

vocabulary! {
    /// What a late acknowledgement does to a response time that counts from it.
    LateAcknowledgement {
        /// Nothing: the time counts from the day the acknowledgement was due.
        BuysNoTime = "buys-no-time",
        /// The time counts from the acknowledgement as it was.
        AsMade = "as-made",
    }
}
