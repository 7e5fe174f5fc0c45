//! Risks, contractors, reports, and the policy itself.

use crate::vocabulary::vocabulary;

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
