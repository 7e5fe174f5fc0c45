//! One landlord's policy as data: what it says, clause by clause, in the shape that the case asks.
//!
//! Every rule is `cited!`: it names its clause, or the reading taken where the document is silent. A field left out of a
//! profile means that the policy has no such rule.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cited::{Cited, Limit, Span, cited};
use super::vocabulary::{
    AcknowledgementItem, AnonymousHandling, BeyondCap, Cadence, Channel, ClosingRule, CompensationBasis,
    ConsentRule, ContractorMoment, ElectedMemberHandling, EscalationGround, EscalationReasons, ExtensionNeed,
    LateAcknowledgement, LateTest, LimitFrom, NewIssueRule, Outcome, PolicyStatus, RefusalGround,
    RefusalNeed, RemedyKind, ReopeningRule, ReportKind, RepresentativeKind, RequestBecomesComplaint,
    ResponseItem, RiskKind, Says, SelfAssessmentTrigger, SocialMediaHandling, SpokenHandling, StaffRole,
    WholeRule, WrittenRule,
};
use crate::calendar::{Closure, Convention};

/// One version of one landlord's complaints policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Whose policy it is.
    pub landlord: Landlord,
    /// Which document, from when to when.
    pub policy: PolicyVersion,
    /// How days are counted.
    pub counting: Counting,
    /// How complaints come in.
    pub intake: Intake,
    /// What may be declined, and what goes with it.
    pub refusal: RefusalRules,
    /// The first stage.
    pub stage_1: StageRules,
    /// The second stage.
    pub stage_2: StageRules,
    /// The way from the first to the second.
    pub escalation: EscalationRules,
    /// Decisions and remedies.
    pub remedies: RemedyRules,
    /// Closing, reopening, withdrawing.
    pub after: AfterRules,
    /// Behaviour and restrictions on contact.
    pub behaviour: BehaviourRules,
    /// Risks that are handed on at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hand_offs: Vec<HandOff>,
    /// When contractors are told, or tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contractor_notices: Vec<ContractorNotice>,
    /// How to reach the Housing Ombudsman, as this policy gives it.
    pub ombudsman: Ombudsman,
    /// Who reads what, how often, and when the policy and self-assessment are looked at again.
    pub reporting: Reporting,
    /// What the text says on the topics on which the Code wants a policy to speak.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<Statement>,
}

/// The landlord.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Landlord {
    /// Its id in files, addresses and reports, for instance `hartlepool`.
    #[schemars(regex(pattern = r"^[a-z0-9][a-z0-9-]{1,39}$"))]
    pub id: String,
    /// Its name as letters and reports print it.
    #[schemars(length(min = 2, max = 120))]
    pub name: String,
    /// The short name in citations: `Hartlepool` in "Hartlepool 5.2".
    #[schemars(length(min = 2, max = 40))]
    pub short_name: String,
    /// The month in which its own year ends, 3 for March.
    #[schemars(range(min = 1, max = 12))]
    pub year_ends_in_month: u32,
}

/// Which document a profile was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyVersion {
    /// The id of this version, for instance `hartlepool-2024`: also the file's name.
    #[schemars(regex(pattern = r"^[a-z0-9][a-z0-9-]{1,59}$"))]
    pub id: String,
    /// The document's title.
    pub title: String,
    /// Where it is in its life.
    pub status: PolicyStatus,
    /// The first day on which a complaint received falls under it.
    pub effective_from: Cited<NaiveDate>,
    /// The last day, for a version that another follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_to: Option<Cited<NaiveDate>>,
    /// The edition of the Code that it says it follows, `2024` or `2022`; absent where it names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows_code: Option<Cited<String>>,
}

/// How days are counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counting {
    /// Which day is day 1.
    pub convention: Cited<Convention>,
    /// What a late acknowledgement does to a response time that counts from it.
    pub late_acknowledgement: Cited<LateAcknowledgement>,
    /// The hour (London, 1 to 23) from which what arrives counts as received the next day. The Code's clock knows none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off_hour: Option<Cited<u32>>,
    /// Days on which this landlord is closed. They move the policy's clock and never the Code's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closures: Vec<Closure>,
}

/// How complaints and other contacts come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Intake {
    /// The time limit for making a complaint.
    pub time_limit: TimeLimit,
    /// The channels that the policy names.
    pub channels: Vec<ChannelRule>,
    /// What happens on social media.
    pub social_media: Cited<SocialMediaHandling>,
    /// What a spoken complaint needs.
    pub spoken: Cited<SpokenHandling>,
    /// What happens to an anonymous complaint.
    pub anonymous: Cited<AnonymousHandling>,
    /// What consent to a representative needs.
    pub consent: Cited<ConsentRule>,
    /// For whom consent is assumed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consent_assumed_for: Vec<Cited<RepresentativeKind>>,
    /// What happens when a resident goes to a councillor or Member of Parliament.
    pub elected_members: Cited<ElectedMemberHandling>,
    /// When a service request becomes a complaint.
    pub request_becomes_complaint: Cited<RequestBecomesComplaint>,
    /// How complaints that several residents make on one subject are handled.
    pub groups: Cited<GroupRule>,
    /// Contacts that the policy records without treating them as complaints.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub feedback: Vec<FeedbackRule>,
    /// What the policy wants recorded of residents for equality monitoring.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equality_records: Vec<Cited<EqualityRecord>>,
}

crate::vocabulary::vocabulary! {
    /// How a complaint by a group is answered.
    GroupRule {
        /// One investigation, and a response each or one to a nominated representative.
        OneInvestigationResponseEachOrNominee = "one-investigation-response-each-or-nominee",
        /// Taken on; the policy does not say how it is answered.
        Accept = "accept",
    }
}

crate::vocabulary::vocabulary! {
    /// What is recorded for equality monitoring. All of it is special-category data, kept apart from the log.
    EqualityRecord {
        /// Ethnicity.
        Ethnicity = "ethnicity",
        /// Vulnerability.
        Vulnerability = "vulnerability",
        /// Disability.
        Disability = "disability",
        /// Reasonable adjustments asked for and made.
        Adjustments = "adjustments",
    }
}

crate::vocabulary::vocabulary! {
    /// Contacts other than complaints.
    FeedbackKind {
        /// A request for action.
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

cited! {
    /// The time within which a complaint must be made.
    TimeLimit {
        /// How many months.
        #[schemars(range(min = 1, max = 120))]
        months: u32,
        /// Counted from what.
        from: LimitFrom,
        /// What is wanted to take one on that comes later.
        late: Cited<LateTest>,
        /// Risks for which the limit may be lifted.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        lifted_for: Vec<Cited<RiskKind>>,
    }
}

cited! {
    /// A channel that the policy names.
    ChannelRule {
        /// The channel.
        channel: Channel,
    }
}

cited! {
    /// A contact that is recorded without being a complaint.
    FeedbackRule {
        /// Which.
        kind: FeedbackKind,
        /// What becomes of it, in our words.
        handling: String,
    }
}

/// What may be declined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefusalRules {
    /// The grounds. No other can be used.
    pub grounds: Vec<GroundRule>,
    /// What goes with a refusal.
    pub needs: Vec<Cited<RefusalNeed>>,
    /// Who must agree to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver: Option<Cited<StaffRole>>,
    /// That the Ombudsman may direct the landlord to take a complaint on.
    pub ombudsman_may_direct: Cited<bool>,
}

cited! {
    /// One ground for declining a complaint.
    GroundRule {
        /// The ground.
        ground: RefusalGround,
        /// What it covers, in our words.
        covers: String,
        /// When it cannot be used, in our words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unless: Option<String>,
        /// Whether the landlord has to weigh it case by case rather than apply it.
        #[serde(default)]
        discretionary: bool,
    }
}

/// One stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StageRules {
    /// The time to acknowledge; absent where the policy gives none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledge: Option<Limit>,
    /// What the acknowledgement says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acknowledgement_says: Vec<Cited<AcknowledgementItem>>,
    /// Channels by which it is never acknowledged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub never_acknowledged_by: Vec<ChannelRule>,
    /// Whether the acknowledgement must be in writing.
    pub acknowledged_in_writing: Cited<bool>,
    /// The time to respond.
    pub respond: Limit,
    /// Shorter times where there is a risk.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub urgent: Vec<UrgentRule>,
    /// The rules of an extension.
    pub extend: ExtensionRules,
    /// What becomes of a new issue meanwhile.
    pub new_issue: Cited<NewIssueRule>,
    /// What the response says.
    pub response_says: Vec<Cited<ResponseItem>>,
    /// Whether the response is in writing.
    pub written: Cited<WrittenRule>,
    /// Who may consider it.
    pub handlers: HandlerRules,
    /// Groups that may be consulted where a risk of a kind is flagged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consult: Vec<ConsultRule>,
}

cited! {
    /// A shorter time to respond where there is a risk.
    UrgentRule {
        /// The risk.
        risk: RiskKind,
        /// The time.
        respond: Limit,
    }
}

cited! {
    /// A body that may be consulted.
    ConsultRule {
        /// The risk.
        risk: RiskKind,
        /// Who.
        body: String,
    }
}

/// The rules of an extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionRules {
    /// The most that it may add to the original due date; absent where the policy has no cap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Span>,
    /// What happens beyond the cap.
    pub beyond_cap: Cited<BeyondCap>,
    /// What goes with it.
    pub needs: Vec<Cited<ExtensionNeed>>,
}

/// Who may consider a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HandlerRules {
    /// The roles that may; any where none is listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Cited<StaffRole>>,
    /// Roles whose work another must review before the response, and who reviews it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<ReviewRule>,
    /// Whether somebody with a part in stage 1, or in what is complained of, is ruled out.
    pub no_previous_involvement: Cited<bool>,
    /// Members whom the resident may choose to add.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resident_may_add: Vec<Cited<StaffRole>>,
}

cited! {
    /// Work that is reviewed.
    ReviewRule {
        /// Whose work.
        role: StaffRole,
        /// By whom.
        by: StaffRole,
    }
}

/// From stage 1 to stage 2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalationRules {
    /// The time within which to ask, from the stage 1 response; absent where there is no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Span>,
    /// What is wanted for a later request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<Cited<LateTest>>,
    /// Whether reasons are needed.
    pub reasons: Cited<EscalationReasons>,
    /// The grounds for declining; none where it cannot be declined.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grounds: Vec<EscalationGroundRule>,
    /// What goes with declining.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Cited<RefusalNeed>>,
    /// Who must agree to declining.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver: Option<Cited<StaffRole>>,
    /// Whether stage 1 must be complete first.
    pub stage_1_complete: Cited<bool>,
}

cited! {
    /// One ground for declining to escalate.
    EscalationGroundRule {
        /// The ground.
        ground: EscalationGround,
        /// What it covers, in our words.
        covers: String,
    }
}

/// Decisions and remedies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemedyRules {
    /// The decisions that a point can have.
    pub outcomes: Vec<Cited<Outcome>>,
    /// How the whole follows from its points.
    pub whole: Cited<WholeRule>,
    /// The kinds of remedy that the policy lists.
    pub kinds: Vec<Cited<RemedyKind>>,
    /// Whether an apology always goes with fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apology_on_fault: Option<Cited<bool>>,
    /// The longest that an offer of redress stays open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer_open_at_most: Option<Span>,
    /// What is not paid for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_compensated: Vec<Cited<CompensationBasis>>,
    /// What may be offered that is not money; absent where the policy has no such limit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub non_monetary_allowed: Vec<Cited<CompensationBasis>>,
    /// Whether arrears are paid off first, and for which basis they are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrears_first: Option<ArrearsRule>,
    /// Whether an offer says that it admits no liability.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_admission: Option<Cited<bool>>,
    /// Whether compensation needs fault found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compensation_needs_fault: Option<Cited<bool>>,
    /// The standard on which facts are decided, in our words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard_of_proof: Option<Cited<String>>,
}

cited! {
    /// That compensation goes to arrears first.
    ArrearsRule {
        /// The bases that are paid out in full all the same.
        except: Vec<CompensationBasis>,
    }
}

/// Closing and what may come after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AfterRules {
    /// When a complaint is closed.
    pub closing: Cited<ClosingRule>,
    /// Whether a letter with a time limit must go before closing for want of contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_contact_letter: Option<Cited<bool>>,
    /// Whether a decided complaint can be looked at again.
    pub reopening: Cited<ReopeningRule>,
    /// Within how long of being decided it can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reopen_within: Option<Span>,
    /// Whether, on withdrawal, the landlord decides if the concerns are still looked into.
    pub withdrawal_considers_concerns: Cited<bool>,
    /// Whether actions are tracked to their end after closing.
    pub actions_tracked: Cited<bool>,
    /// Whether satisfaction is asked after a stage closes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub survey: Option<Cited<bool>>,
    /// Whether reasons for escalation are kept as learning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation_reasons_kept: Option<Cited<bool>>,
    /// How often the resident is updated while it is open, where it is agreed with the complainant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_frequency_agreed: Option<Cited<bool>>,
}

/// Behaviour and restrictions on contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BehaviourRules {
    /// Whether the landlord must first check that its own procedure was followed.
    pub check_procedure_first: Cited<bool>,
    /// Whether each case is considered afresh.
    pub each_case_afresh: Cited<bool>,
    /// The policy that governs restrictions.
    pub governed_by: Cited<String>,
}

cited! {
    /// A risk that is handed on at once. The complaint goes on beside it.
    HandOff {
        /// The risk.
        risk: RiskKind,
        /// To whom.
        to: String,
    }
}

cited! {
    /// A notice between landlord and contractor.
    ContractorNotice {
        /// When.
        moment: ContractorMoment,
    }
}

cited! {
    /// The Housing Ombudsman's details, as the policy prints them.
    Ombudsman {
        /// Postal address, a line each; empty where the policy gives none.
        #[serde(default)]
        address: Vec<String>,
        /// Telephone.
        telephone: String,
        /// Email, where the policy gives one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        email: Option<String>,
        /// Web address.
        website: String,
        /// Where a leaseholder may go besides.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tribunal: Option<Cited<String>>,
    }
}

/// Who reads what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reporting {
    /// The bodies and what they get.
    pub bodies: Vec<Body>,
    /// The office that answers for complaint handling (Code 9.4); an office, never a person's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accountable_officer: Option<Cited<String>>,
    /// The Member Responsible for Complaints (Code 9.5), by office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_responsible: Option<Cited<String>>,
    /// What brings a new self-assessment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub self_assessment: Vec<Cited<SelfAssessmentTrigger>>,
    /// How often the policy is reviewed, in months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_review_months: Option<Cited<u32>>,
    /// Where things are published, in our words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub published: Vec<Cited<String>>,
}

cited! {
    /// A body that reads a report.
    Body {
        /// Its name.
        name: String,
        /// What it reads.
        report: ReportKind,
        /// How often.
        cadence: Cadence,
    }
}

cited! {
    /// What the text says on a topic of the Code's (`shared/codes/policy-topics.toml`).
    Statement {
        /// The topic's id.
        topic: String,
        /// How far it meets it.
        says: Says,
        /// In our words, what it says; wanted wherever it does not simply meet it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    }
}
