//! The words that a policy profile chooses from. Each list is closed: a policy that needs another word needs a rule behind it.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// How a complaint or other contact reached the landlord.
    Channel {
        /// A complaints form on paper or on the website.
        Form = "form",
        /// A letter.
        Letter = "letter",
        /// An email.
        Email = "email",
        /// A text message.
        Text = "text",
        /// A telephone call.
        Telephone = "telephone",
        /// Spoken, face to face.
        InPerson = "in-person",
        /// Webchat.
        Webchat = "webchat",
        /// The tenant's account on the landlord's portal.
        Portal = "portal",
        /// Any social media platform.
        SocialMedia = "social-media",
        /// Passed on by a contractor or other third party acting for the landlord.
        Contractor = "contractor",
        /// Passed on by a councillor or Member of Parliament.
        ElectedMember = "elected-member",
        /// A way that the policy does not name; the Code wants it accepted all the same (1.2, 3.2).
        Other = "other",
    }
}

impl Channel {
    /// Whether the complaint was spoken, so that a policy may want it written down or confirmed.
    #[must_use]
    pub const fn is_spoken(self) -> bool {
        matches!(self, Self::Telephone | Self::InPerson)
    }
}

vocabulary! {
    /// What the time limit for making a complaint counts from.
    LimitFrom {
        /// When the thing complained of happened.
        Event = "event",
        /// When the resident became, or should have become, aware of it.
        Awareness = "awareness",
        /// Either: within the limit of one of the two is enough.
        EventOrAwareness = "event-or-awareness",
    }
}

vocabulary! {
    /// What a landlord wants to see before it takes a complaint past its time limit.
    LateTest {
        /// Discretion, for a good reason.
        GoodReason = "good-reason",
        /// Exceptional circumstances only.
        ExceptionalCircumstances = "exceptional-circumstances",
        /// Discretion, with no test named.
        Discretion = "discretion",
    }
}

vocabulary! {
    /// What happens to a complaint on social media.
    SocialMediaHandling {
        /// Not answered formally: the resident is pointed to the other channels.
        Signpost = "signpost",
        /// Taken on, but all of it handled off the platform.
        Offline = "offline",
        /// Taken on like any other.
        Accept = "accept",
    }
}

vocabulary! {
    /// What a spoken complaint needs.
    SpokenHandling {
        /// Name, contact details, preferred method of contact and the detail are written down.
        RecordDetails = "record-details",
        /// Put in writing to the resident and agreed before it goes on.
        ConfirmInWriting = "confirm-in-writing",
        /// Nothing beyond what every complaint needs.
        Accept = "accept",
    }
}

vocabulary! {
    /// What happens to an anonymous complaint.
    AnonymousHandling {
        /// Looked into where it can be, with nobody to answer.
        InvestigateWithoutResponse = "investigate-without-response",
        /// Outside the policy: reviewed and passed on.
        NotUnderPolicy = "not-under-policy",
        /// Taken on like any other.
        Accept = "accept",
    }
}

vocabulary! {
    /// Who speaks for a resident.
    RepresentativeKind {
        /// A friend.
        Friend = "friend",
        /// A relative.
        Relative = "relative",
        /// A councillor.
        Councillor = "councillor",
        /// A Member of Parliament.
        MemberOfParliament = "member-of-parliament",
        /// A recognised advice agency.
        AdviceAgency = "advice-agency",
        /// A solicitor.
        Solicitor = "solicitor",
        /// An attorney under a lasting power of attorney.
        Attorney = "attorney",
        /// An advocate or support worker.
        Advocate = "advocate",
        /// A recognised tenant panel or residents' group.
        TenantPanel = "tenant-panel",
        /// Anybody else.
        Other = "other",
    }
}

vocabulary! {
    /// What a landlord accepts as a resident's consent to a representative.
    ConsentRule {
        /// Written consent.
        Written = "written",
        /// Written consent, or other evidence such as a power of attorney.
        WrittenOrEvidence = "written-or-evidence",
        /// The resident's permission, in any form.
        Permission = "permission",
    }
}

vocabulary! {
    /// How consent to a representative was given.
    ConsentEvidence {
        /// In writing.
        Written = "written",
        /// Other evidence, such as a power of attorney.
        OtherEvidence = "other-evidence",
        /// Said, and noted.
        Spoken = "spoken",
    }
}

vocabulary! {
    /// What happens when a resident goes to an elected member.
    ElectedMemberHandling {
        /// The elected member is a representative like others.
        Representative = "representative",
        /// It goes to the corporate complaints procedure, and the member gets a copy of the response.
        CorporateComplaints = "corporate-complaints",
        /// As a representative whose consent is assumed.
        ConsentAssumed = "consent-assumed",
    }
}

vocabulary! {
    /// When a service request becomes a complaint.
    RequestBecomesComplaint {
        /// When the resident is dissatisfied with how it was handled.
        OnDissatisfaction = "on-dissatisfaction",
        /// On dissatisfaction, or simply because the resident asks.
        OnDissatisfactionOrRequest = "on-dissatisfaction-or-request",
    }
}

vocabulary! {
    /// Why a landlord may decline a complaint. A policy lists the ones it has; no other can be used under it.
    RefusalGround {
        /// Made too long after the matter arose.
        OutOfTime = "out-of-time",
        /// A claim form and particulars of claim have been filed at court.
        LegalProceedingsFiled = "legal-proceedings-filed",
        /// It is, or has been, the subject of legal proceedings.
        LegalProceedings = "legal-proceedings",
        /// Legal action has been taken or is planned, disrepair apart.
        LegalActionPlanned = "legal-action-planned",
        /// Court action has begun, or a solicitor is instructed for disrepair.
        LegalProcessOrSolicitor = "legal-process-or-solicitor",
        /// Already considered under the complaints policy.
        AlreadyConsidered = "already-considered",
        /// Not a service of this landlord, or not its responsibility.
        NotItsService = "not-its-service",
        /// Not a social housing or landlord matter.
        NotLandlordMatter = "not-landlord-matter",
        /// About a policy itself, rather than a failure to follow it.
        AboutPolicy = "about-policy",
        /// Beyond the landlord's control.
        BeyondControl = "beyond-control",
        /// Unacceptable behaviour by the complainant.
        UnacceptableBehaviour = "unacceptable-behaviour",
        /// Persistent, vexatious or unreasonable.
        PersistentOrVexatious = "persistent-or-vexatious",
        /// Excessive or unreasonable demands.
        ExcessiveDemands = "excessive-demands",
        /// Anti-social behaviour itself, rather than how it was handled.
        AntiSocialBehaviour = "anti-social-behaviour",
        /// A service request that nobody is dissatisfied with yet.
        ServiceRequest = "service-request",
        /// Compensation is all that is asked for.
        CompensationOnly = "compensation-only",
        /// A decision with its own route of appeal.
        AppealRoute = "appeal-route",
        /// A liability or claim that is with an insurer.
        InsuranceClaim = "insurance-claim",
        /// A grievance of an employee, or a staff matter under personnel policy.
        StaffMatter = "staff-matter",
        /// A care or support provider that the landlord did not commission.
        ProviderNotCommissioned = "provider-not-commissioned",
    }
}

vocabulary! {
    /// What a landlord may decline to take to stage 2 for.
    EscalationGround {
        /// Nothing sufficient to look into further.
        NoSufficientGrounds = "no-sufficient-grounds",
        /// The outcome asked for has been delivered.
        OutcomeDelivered = "outcome-delivered",
        /// Further consideration is not appropriate.
        NotAppropriate = "not-appropriate",
        /// The basis of the complaint changed as it went on.
        BasisChanged = "basis-changed",
        /// Asked for before the stage 1 response was due.
        TooEarly = "too-early",
        /// Asked for after the policy's window.
        OutOfTime = "out-of-time",
        /// The resident does not take part in the investigation.
        NotCooperating = "not-cooperating",
        /// No part was upheld at stage 1.
        NotUpheld = "not-upheld",
    }
}

vocabulary! {
    /// What must go with a refusal.
    RefusalNeed {
        /// The reasons.
        Reasons = "reasons",
        /// Evidence for the decision.
        Evidence = "evidence",
        /// The right to take the refusal to the Ombudsman.
        OmbudsmanRight = "ombudsman-right",
        /// That discretion was considered for this complaint on its own merits.
        Discretion = "discretion",
        /// The agreement of the person the policy names.
        Approval = "approval",
    }
}

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

vocabulary! {
    /// What a complaint may put at risk, noticed at any time.
    RiskKind {
        /// A risk to life.
        RiskToLife = "risk-to-life",
        /// Building safety.
        BuildingSafety = "building-safety",
        /// Safeguarding.
        Safeguarding = "safeguarding",
        /// Health and safety.
        HealthAndSafety = "health-and-safety",
        /// A significant hazard.
        SignificantHazard = "significant-hazard",
        /// An emergency hazard.
        EmergencyHazard = "emergency-hazard",
    }
}

vocabulary! {
    /// The moments at which a contractor is told, or tells, of a complaint about its service.
    ContractorMoment {
        /// When the complaint starts.
        Start = "start",
        /// When it is escalated.
        Escalation = "escalation",
        /// When it is concluded.
        Conclusion = "conclusion",
    }
}

vocabulary! {
    /// Who reads which report.
    ReportKind {
        /// The annual self-assessment against the Code.
        SelfAssessment = "self-assessment",
        /// The annual complaints performance and service improvement report.
        Annual = "annual",
        /// A periodic report to a body that scrutinises.
        Committee = "committee",
        /// The continuous view that managers work from.
        Dashboard = "dashboard",
    }
}

vocabulary! {
    /// How often.
    Cadence {
        /// All the time.
        Ongoing = "ongoing",
        /// Every quarter.
        Quarterly = "quarterly",
        /// Every year.
        Annually = "annually",
        /// No interval is named.
        Unstated = "unstated",
    }
}

vocabulary! {
    /// What brings a new self-assessment.
    SelfAssessmentTrigger {
        /// Every year.
        Annually = "annually",
        /// A significant restructure, merger or change in procedures.
        Restructure = "restructure",
        /// An Ombudsman's investigation.
        OmbudsmanInvestigation = "ombudsman-investigation",
    }
}

vocabulary! {
    /// How far the text meets what the Code wants a policy to say.
    Says {
        /// It says so.
        Meets = "meets",
        /// It says part of it, or unclearly.
        Partly = "partly",
        /// It says otherwise.
        Contradicts = "contradicts",
    }
}

vocabulary! {
    /// Where a policy is in its life.
    PolicyStatus {
        /// Adopted and in force from its date.
        Adopted = "adopted",
        /// A draft, in use for what it says until another is adopted.
        Draft = "draft",
        /// For some weeks only.
        Interim = "interim",
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
