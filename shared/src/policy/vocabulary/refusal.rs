//! What may be declined, and what goes with declining it.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// Why a landlord may decline a complaint. A policy lists the ones it has; no other can be used under it.
    RefusalGround {
        /// Made too long after the matter arose.
        OutOfTime = "out-of-time",
        /// The court has the claim: its form and particulars are filed.
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
