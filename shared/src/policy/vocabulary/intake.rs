//! How complaints and other contacts come in.

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
