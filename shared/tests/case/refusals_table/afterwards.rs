//! Escalation, closing, and what comes after.

use redress_shared::case::RefusalCode;

use super::{
    ACKNOWLEDGED, ANSWERED, ASKED, CLOSED, FINAL, RECEIVED, Row, bradford, cheshire, hartlepool, portsmouth,
    solutions, table,
};

pub const ESCALATION: &[Row] = table! {
    Stage1NotAnswered, hartlepool, ACKNOWLEDGED, "Hartlepool 6.1, Code 6.10": "2025-05-01 10:00 request-escalation";
    Stage1NotAnswered, solutions, ACKNOWLEDGED, "Housing Solutions 6.3.1, Code 6.10": "2025-05-01 10:00 request-escalation";
    NeverAThirdStage, hartlepool, FINAL, "Code 5.3": "2025-06-03 10:00 request-escalation";
    EscalationReasonsNeeded, bradford, ANSWERED, "Bradford 7.2.1":
        r#"2025-05-08 10:00 request-escalation {"reasons": null}"#, "2025-05-09 10:00 accept-escalation";
    EffortsToUnderstandNeeded, hartlepool, ANSWERED, "Hartlepool 6.2, Code 6.12":
        r#"2025-05-08 10:00 request-escalation {"reasons": null}"#,
        r#"2025-05-09 10:00 accept-escalation {"efforts_to_understand": null}"#;
    LateEscalationNeedsDiscretion, solutions, ANSWERED, "Housing Solutions 6.3.1":
        "2025-05-23 10:00 request-escalation", r#"2025-05-24 10:00 accept-escalation {"discretion": null}"#;
    EscalationCannotBeRefused, hartlepool, ASKED, "Hartlepool 6.1, Code 5.11": "2025-05-09 10:00 refuse-escalation";
    EscalationGroundNotInPolicy, solutions, ASKED, "Housing Solutions 6.3.1, Code 5.11": "2025-05-09 10:00 refuse-escalation";
    EscalationGroundDoesNotApply, solutions, ASKED, "Housing Solutions 6.3.1, Code 5.11":
        r#"2025-05-09 10:00 refuse-escalation {"ground": "out-of-time"}"#;
    EscalationGroundDoesNotApply, solutions, ASKED, "Housing Solutions 9.1, Code 5.11":
        r#"2025-05-09 10:00 refuse-escalation {"ground": "not-upheld"}"#;
    EscalationRefusalNeedsApproval, portsmouth, ASKED, "Portsmouth s.8 Escalation to Stage Two: consideration":
        r#"2025-05-09 10:00 refuse-escalation {"approved_by": null}"#;
    EscalationRefusalNeedsDiscretion, solutions, ASKED, "Housing Solutions 6.3":
        r#"2025-05-09 10:00 refuse-escalation {"ground": "not-cooperating", "discretion_considered": null}"#;
    ReviewNotInPolicy, hartlepool, ASKED, "Hartlepool 2.2, Code 5.3": "2025-05-09 10:00 review-stage-one";
};

pub const AFTERWARDS: &[Row] = table! {
    ClosingTooEarly, hartlepool, ACKNOWLEDGED, "Hartlepool 5.5": "2025-05-01 10:00 close";
    ClosingTooEarly, solutions, ANSWERED, "Housing Solutions 7.2": r#"2025-05-22 23:59 close {"reason": "window-passed"}"#;
    ClosingTooEarly, cheshire, ANSWERED, "Cheshire West Closure of complaints: remedy agreed":
        r#"2025-05-22 10:00 close {"reason": "remedy-agreed"}"#;
    ClosingTooEarly, bradford, ACKNOWLEDGED, "Bradford 6.1.4":
        r#"2025-05-01 10:00 warn-no-contact {"contact_by": "2025-05-15"}"#, r#"2025-05-15 23:00 close {"reason": "no-contact"}"#;
    ClosingReasonNotInPolicy, hartlepool, ANSWERED, "Hartlepool 5.5": r#"2025-05-02 10:00 close {"reason": "remedy-agreed"}"#;
    NoContactLetterNeeded, bradford, ACKNOWLEDGED, "Bradford 6.1.4": r#"2025-05-01 10:00 close {"reason": "no-contact"}"#;
    ReopeningNotInPolicy, hartlepool, CLOSED, "Hartlepool 2.2": "2025-06-04 10:00 reopen";
    ReopeningTooLate, bradford, CLOSED, "Bradford 3.1.1": "2025-12-03 10:00 reopen";
    WithdrawalNeedsDecision, hartlepool, RECEIVED, "Hartlepool 9.2": r#"2025-04-15 10:00 withdraw {"concerns": null}"#;
    OfferNotOpen, hartlepool, ANSWERED, "": "2025-05-02 10:00 answer-offer", "2025-05-03 10:00 answer-offer";
    OfferStillOpen, hartlepool, ANSWERED, "": "2025-05-02 10:00 lapse-offer";
    NothingToPay, hartlepool, ANSWERED, "": "2025-05-02 10:00 pay-compensation";
    NothingToPay, hartlepool, ANSWERED, "": "2025-05-02 10:00 offer-remedy", "2025-05-03 10:00 pay-compensation";
    RestrictionNeedsAssessment, hartlepool, RECEIVED, "Hartlepool 9.6, Code 5.14": "2025-04-15 10:00 restrict-contact";
    ProcedureNotFollowed, hartlepool, RECEIVED, "Hartlepool 9.6, Code 5.14":
        r#"2025-04-15 10:00 assess-restriction {"responses_given": false}"#;
    RestrictionReviewNeeded, portsmouth, RECEIVED, "Code 5.14":
        r#"2025-04-15 10:00 restrict-contact {"review_on": "2025-04-15"}"#;
    OrderNeedsDate, hartlepool, FINAL, "":
        r#"2025-09-01 10:00 record-determination {"orders": [{"kind": "order", "what": "s3cr3t"}]}"#;
    FindingMissing, hartlepool, FINAL, "": r#"2025-09-01 10:00 record-determination {"findings": []}"#;
    FailureOrderType, hartlepool, FINAL, "": r#"2025-09-01 10:00 record-failure-order {"kind": 4}"#;
};
