//! Saying no: which rule, which clause, and the way out.

use serde::Serialize;

use crate::code::Code;

use crate::vocabulary::vocabulary;

vocabulary! {
    /// Why a command was not taken. The words are stable: integrations may rely on them.
    RefusalCode {
        /// The time given has not come yet.
        InTheFuture = "in-the-future",
        /// The time given is before the case was received.
        BeforeReceipt = "before-receipt",
        /// A date so far away that it can only be a slip.
        ImplausibleDate = "implausible-date",
        /// The time given is before the step that this one follows.
        OutOfOrder = "out-of-order",
        /// The case is not where this can be done.
        WrongPhase = "wrong-phase",
        /// No point, remedy, action or order has that number.
        UnknownItem = "unknown-item",
        /// It has been done already.
        AlreadyDone = "already-done",
        /// A date would fall in a year whose bank holidays are not known.
        BeyondCalendar = "beyond-calendar",
        /// No policy or edition of the Code covers that day.
        NoRulesInForce = "no-rules-in-force",
        /// The policy does not take complaints by that channel.
        ChannelNotAnswered = "channel-not-answered",
        /// Anonymous complaints are outside the policy.
        AnonymousNotUnderPolicy = "anonymous-not-under-policy",
        /// There is nobody to answer.
        AnonymousHasNoResponse = "anonymous-has-no-response",
        /// A complaint through an elected member goes to the corporate procedure.
        ElectedMemberToCorporate = "elected-member-to-corporate",
        /// Nobody is named, and it is not said to be anonymous.
        ResidentMissing = "resident-missing",
        /// The policy wants more written down of what was said aloud.
        SpokenDetailsMissing = "spoken-details-missing",
        /// The spoken complaint has not been confirmed.
        ConfirmationNeeded = "confirmation-needed",
        /// The confirmation is not in writing.
        ConfirmationNotWritten = "confirmation-not-written",
        /// The resident has not agreed to the confirmation.
        ConfirmationNotAgreed = "confirmation-not-agreed",
        /// The representative has no consent.
        ConsentMissing = "consent-missing",
        /// The policy does not accept that kind of consent.
        ConsentNotEnough = "consent-not-enough",
        /// Only a complaint can have this done to it.
        NotAComplaint = "not-a-complaint",
        /// The resident is not dissatisfied, and the policy wants that.
        RequestNotDissatisfied = "request-not-dissatisfied",
        /// A complaint past the time limit needs a reason to be taken on.
        LateNeedsDiscretion = "late-needs-discretion",
        /// The policy has no such ground.
        GroundNotInPolicy = "ground-not-in-policy",
        /// The ground does not fit the facts.
        GroundDoesNotApply = "ground-does-not-apply",
        /// The refusal needs evidence.
        RefusalNeedsEvidence = "refusal-needs-evidence",
        /// The refusal needs the circumstances weighed.
        RefusalNeedsDiscretion = "refusal-needs-discretion",
        /// The refusal needs somebody's agreement.
        RefusalNeedsApproval = "refusal-needs-approval",
        /// Only what was declined can be directed.
        DirectionOnlyAfterRefusal = "direction-only-after-refusal",
        /// The definition has no points.
        PointsMissing = "points-missing",
        /// Something that the acknowledgement must say is missing.
        AcknowledgementIncomplete = "acknowledgement-incomplete",
        /// The acknowledgement must be in writing.
        AcknowledgementNotInWriting = "acknowledgement-not-in-writing",
        /// It is never acknowledged by that channel.
        AcknowledgementChannel = "acknowledgement-channel",
        /// The handler has an interest in it.
        HandlerHasConflict = "handler-has-conflict",
        /// The handler had a part in it before.
        HandlerWasInvolved = "handler-was-involved",
        /// The handler's role may not consider it.
        HandlerRole = "handler-role",
        /// The policy does not offer such a member.
        MemberNotOffered = "member-not-offered",
        /// A risk has not been handed to those who deal with it.
        RiskNotHandedOff = "risk-not-handed-off",
        /// The extension goes past the limit.
        ExtensionOverCap = "extension-over-cap",
        /// The extension goes past the limit without a good reason.
        ExtensionNeedsGoodReason = "extension-needs-good-reason",
        /// The extension needs the resident's agreement.
        ExtensionNeedsAgreement = "extension-needs-agreement",
        /// The extension needs the Ombudsman's details.
        ExtensionNeedsOmbudsmanDetails = "extension-needs-ombudsman-details",
        /// The extension needs to be talked through.
        ExtensionNeedsDiscussion = "extension-needs-discussion",
        /// The extension must be told in writing.
        ExtensionNotInWriting = "extension-not-in-writing",
        /// The new date is not later.
        ExtensionNotLater = "extension-not-later",
        /// An answer outside the Code's time needs agreed updates.
        ExtensionNeedsUpdateInterval = "extension-needs-update-interval",
        /// The policy names no such body.
        BodyNotInPolicy = "body-not-in-policy",
        /// The policy names no such moment.
        MomentNotInPolicy = "moment-not-in-policy",
        /// The stage has not been acknowledged.
        NotAcknowledged = "not-acknowledged",
        /// A point has no decision.
        PointsUndecided = "points-undecided",
        /// The policy has no such decision.
        OutcomeNotInPolicy = "outcome-not-in-policy",
        /// Something that the response must say is missing.
        ResponseIncomplete = "response-incomplete",
        /// The response must be in writing.
        ResponseNotInWriting = "response-not-in-writing",
        /// The resident has not agreed that it was put right.
        FirstContactNotAgreed = "first-contact-not-agreed",
        /// The draft must be reviewed.
        ReviewNeeded = "review-needed",
        /// An apology is due.
        ApologyNeeded = "apology-needed",
        /// The policy has no such remedy.
        RemedyNotInPolicy = "remedy-not-in-policy",
        /// The policy does not pay for that.
        CompensationNotAllowed = "compensation-not-allowed",
        /// The remedy lacks something.
        RemedyIncomplete = "remedy-incomplete",
        /// The offer must say how long it stands.
        OfferDateNeeded = "offer-date-needed",
        /// The offer stands longer than the policy has it.
        OfferOpenTooLong = "offer-open-too-long",
        /// An action's date is before the promise.
        ActionDate = "action-date",
        /// Stage 1 has not been answered.
        Stage1NotAnswered = "stage-1-not-answered",
        /// There is never a third stage.
        NeverAThirdStage = "never-a-third-stage",
        /// The policy needs reasons for stage 2.
        EscalationReasonsNeeded = "escalation-reasons-needed",
        /// No effort to understand why has been noted.
        EffortsToUnderstandNeeded = "efforts-to-understand-needed",
        /// A request after the window needs a reason to be taken on.
        LateEscalationNeedsDiscretion = "late-escalation-needs-discretion",
        /// The policy never declines stage 2.
        EscalationCannotBeRefused = "escalation-cannot-be-refused",
        /// The policy has no such ground for declining stage 2.
        EscalationGroundNotInPolicy = "escalation-ground-not-in-policy",
        /// The ground for declining stage 2 does not fit the facts.
        EscalationGroundDoesNotApply = "escalation-ground-does-not-apply",
        /// Declining stage 2 needs somebody's agreement.
        EscalationRefusalNeedsApproval = "escalation-refusal-needs-approval",
        /// Declining stage 2 needs the circumstances weighed.
        EscalationRefusalNeedsDiscretion = "escalation-refusal-needs-discretion",
        /// The policy does not look at stage 1 again.
        ReviewNotInPolicy = "review-not-in-policy",
        /// It is too early to close.
        ClosingTooEarly = "closing-too-early",
        /// The policy does not close for that.
        ClosingReasonNotInPolicy = "closing-reason-not-in-policy",
        /// A letter with a time limit must go first.
        NoContactLetterNeeded = "no-contact-letter-needed",
        /// The policy does not reopen.
        ReopeningNotInPolicy = "reopening-not-in-policy",
        /// The time to reopen has passed.
        ReopeningTooLate = "reopening-too-late",
        /// What becomes of the concerns must be decided.
        WithdrawalNeedsDecision = "withdrawal-needs-decision",
        /// The offer is no longer open.
        OfferNotOpen = "offer-not-open",
        /// The offer is still open.
        OfferStillOpen = "offer-still-open",
        /// There is nothing to pay.
        NothingToPay = "nothing-to-pay",
        /// The landlord's own conduct must be looked at first.
        RestrictionNeedsAssessment = "restriction-needs-assessment",
        /// The landlord's own procedure was not followed.
        ProcedureNotFollowed = "procedure-not-followed",
        /// A restriction needs a date of review.
        RestrictionReviewNeeded = "restriction-review-needed",
        /// An order needs a date.
        OrderNeedsDate = "order-needs-date",
        /// A determination needs a finding.
        FindingMissing = "finding-missing",
        /// There are three types of failure order.
        FailureOrderType = "failure-order-type",
        /// The correction puts steps out of order.
        CorrectionOutOfOrder = "correction-out-of-order",
        /// The correction changes nothing.
        NothingChanges = "nothing-changes",
    }
}

/// Where a rule is written: the landlord's clause, the Code's provision, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Citation {
    /// For instance `Hartlepool 5.2`; `Hartlepool (silent)` for a reading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// For instance `Code 6.3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

impl std::fmt::Display for Citation {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.policy, &self.code) {
            (Some(policy), Some(code)) => write!(formatter, "{policy}, {code}"),
            (Some(one), None) | (None, Some(one)) => formatter.write_str(one),
            (None, None) => Ok(()),
        }
    }
}

impl Citation {
    /// A landlord's clause; `silent` gives the name with a note that the document does not say.
    #[must_use]
    pub fn policy(short_name: &str, clause: &str) -> Self {
        let policy = if clause == "silent" {
            format!("{short_name} (silent)")
        } else {
            format!("{short_name} {clause}")
        };
        Self { policy: Some(policy), code: None }
    }

    /// A provision of the Code.
    #[must_use]
    pub fn code(provision: &str) -> Self {
        Self { policy: None, code: Some(format!("Code {provision}")) }
    }

    /// The same, with a provision of the Code.
    #[must_use]
    pub fn and_code(mut self, provision: &str) -> Self {
        self.code = Some(format!("Code {provision}"));
        self
    }
}

/// A command that was not taken. Nothing of it was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error, schemars::JsonSchema)]
#[error("{message} [{citation}] {hint}")]
pub struct Refusal {
    /// The stable word.
    pub code: RefusalCode,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where the rule is written; empty for rules of plain sense, such as that time runs forwards.
    pub citation: Citation,
    /// What to do instead.
    pub hint: String,
}

impl Refusal {
    /// A refusal that rests on no clause yet.
    #[must_use]
    pub fn new(code: RefusalCode, message: impl Into<String>, hint: impl Into<String>) -> Box<Self> {
        Box::new(Self { code, message: message.into(), citation: Citation::default(), hint: hint.into() })
    }

    /// The same, as the edition of the Code that the case falls under has it: provisions that it does not have are not cited.
    #[must_use]
    pub fn under(mut self: Box<Self>, code: &Code) -> Box<Self> {
        let known = |cited: &String| {
            cited.strip_prefix("Code ").is_some_and(|number| code.provision(number).is_some())
        };
        self.citation.code = self.citation.code.take().filter(known);
        self
    }

    /// The same, resting on this citation.
    #[must_use]
    pub fn citing(mut self: Box<Self>, citation: Citation) -> Box<Self> {
        self.citation = citation;
        self
    }
}

/// Something that the policy allows and the Code does not. It was done; the landlord should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Caution {
    /// The provision departed from.
    pub provision: String,
    /// What departs from it, in one sentence.
    pub message: String,
}
