//! An open stage and its answer.

use redress_shared::case::RefusalCode;

use super::{
    ACCEPTED, ACKNOWLEDGED, ANSWERED, Row, STAGE_TWO, bradford, cheshire, hartlepool,
    hartlepool_without_correction, portsmouth, solutions, table,
};

pub const STAGES: &[Row] = table! {
    PointsMissing, hartlepool, ACCEPTED, "Code 5.6": r#"2025-04-17 12:00 acknowledge {"points": []}"#;
    PointsMissing, hartlepool, STAGE_TWO, "Code 6.11": r#"2025-05-12 10:00 acknowledge {"points": []}"#;
    AcknowledgementIncomplete, hartlepool, ACCEPTED, "Code 5.6": r#"2025-04-17 12:00 acknowledge {"outcomes_sought": null}"#;
    AcknowledgementIncomplete, bradford, ACCEPTED, "Bradford 6.1.1":
        r#"2025-04-16 12:00 acknowledge {"handler": {"id": "anna", "role": "officer"}}"#;
    AcknowledgementIncomplete, portsmouth, ACCEPTED, "Portsmouth s.8 Stage One: offer to discuss":
        r#"2025-04-17 12:00 acknowledge {"offered_to_discuss": false}"#;
    AcknowledgementNotInWriting, solutions, ACCEPTED, "Housing Solutions 6.1":
        r#"2025-04-17 12:00 acknowledge {"in_writing": false}"#;
    AcknowledgementChannel, cheshire, ACCEPTED, "Cheshire West Stage 1: acknowledgement channels":
        r#"2025-04-17 12:00 acknowledge {"channel": "social-media"}"#;
    HandlerHasConflict, hartlepool, ACCEPTED, "Hartlepool 1.2, Code 5.8":
        r#"2025-04-17 12:00 acknowledge {"conflict_of_interest": "declared"}"#;
    HandlerWasInvolved, hartlepool, STAGE_TWO, "Hartlepool 6.2, Code 6.13":
        r#"2025-05-12 10:00 acknowledge {"handler": {"id": "anna", "role": "director"}}"#;
    HandlerRole, cheshire, STAGE_TWO, "Cheshire West Stage 2: Business Support":
        r#"2025-05-12 10:00 acknowledge {"handler": {"id": "zoe", "role": "director"}}"#;
    HandlerRole, portsmouth, ACCEPTED, "Portsmouth s.8 Stage One: passed to the manager":
        r#"2025-04-17 12:00 acknowledge {"handler": {"id": "zoe", "role": "officer"}}"#;
    MemberNotOffered, hartlepool, STAGE_TWO, "Hartlepool (silent)":
        r#"2025-05-12 10:00 assign {"members": [{"id": "rae", "role": "resident-member"}]}"#;
    RiskNotHandedOff, portsmouth, ACCEPTED, "Portsmouth s.8 Stage One: building safety":
        "2025-04-16 10:00 flag-risk", "2025-04-17 12:00 acknowledge";
    ExtensionOverCap, solutions, ACKNOWLEDGED, "Housing Solutions 6.1, Code 6.4":
        r#"2025-05-01 10:00 extend {"respond_by": "2025-05-21"}"#;
    ExtensionNeedsGoodReason, hartlepool, ACKNOWLEDGED, "Hartlepool 5.3, Code 6.4":
        r#"2025-05-01 10:00 extend {"respond_by": "2025-05-21"}"#;
    ExtensionNeedsAgreement, solutions, ACKNOWLEDGED, "Housing Solutions 6.1":
        r#"2025-05-01 10:00 extend {"respond_by": "2025-05-20", "agreed": false}"#;
    ExtensionNeedsAgreement, cheshire, ACKNOWLEDGED, "Cheshire West Stage 1: extension, Code 6.4":
        r#"2025-05-01 10:00 extend {"respond_by": "2025-05-20", "agreed": false, "ombudsman_details_given": false}"#;
    ExtensionNeedsOmbudsmanDetails, hartlepool, ACKNOWLEDGED, "Hartlepool 5.3, Code 6.5":
        r#"2025-05-01 10:00 extend {"respond_by": "2025-05-20", "ombudsman_details_given": false}"#;
    ExtensionNeedsDiscussion, portsmouth, ACKNOWLEDGED, "Portsmouth s.8 Stage One: extension":
        r#"2025-05-01 10:00 extend {"respond_by": "2025-05-20", "discussed": false}"#;
    ExtensionNotInWriting, solutions, ACKNOWLEDGED, "Housing Solutions 6.1":
        r#"2025-05-01 10:00 extend {"respond_by": "2025-05-20", "in_writing": false}"#;
    ExtensionNotLater, hartlepool, ACKNOWLEDGED, "": r#"2025-05-01 10:00 extend {"respond_by": "2025-05-06"}"#;
    ExtensionNotLater, hartlepool, ACKNOWLEDGED, "": r#"2025-05-21 10:00 extend {"respond_by": "2025-05-20"}"#;
    ExtensionNeedsUpdateInterval, hartlepool, ACKNOWLEDGED, "Code 5.9":
        r#"2025-05-01 10:00 extend {"respond_by": "2025-05-21", "good_reason": "s3cr3t", "update_every_working_days": null}"#;
    BodyNotInPolicy, portsmouth, ACKNOWLEDGED, "Portsmouth s.8 Stage One: building safety consultation":
        r#"2025-05-01 10:00 consult {"body": "Reading Circle"}"#;
    MomentNotInPolicy, solutions, ACKNOWLEDGED, "Housing Solutions 3 Roles: Other Persons & Parties":
        r#"2025-05-01 10:00 notify-contractor {"moment": "conclusion"}"#;
};

pub const ANSWERS: &[Row] = table! {
    NotAcknowledged, hartlepool, ACCEPTED, "Hartlepool 5.2, Code 6.2": "2025-05-01 10:00 respond";
    NotAcknowledged, cheshire, STAGE_TWO, "Code 6.11": "2025-05-12 10:00 respond";
    PointsUndecided, hartlepool, ACKNOWLEDGED, "Hartlepool 5.5, Code 6.7": r#"2025-05-01 10:00 respond {"decisions": []}"#;
    OutcomeNotInPolicy, solutions, ACKNOWLEDGED, "Housing Solutions 9.1":
        r#"2025-05-01 10:00 respond {"decisions": [{"point": 1, "outcome": "partly-upheld", "reasons": "s3cr3t"}]}"#;
    ResponseIncomplete, hartlepool, ACKNOWLEDGED, "Hartlepool 5.5, Code 6.7": r#"2025-05-01 10:00 respond {"sources": null}"#;
    ResponseIncomplete, portsmouth, ACKNOWLEDGED, "Portsmouth s.9 Decision letter: steps taken":
        r#"2025-05-01 10:00 respond {"steps_taken": null}"#;
    ResponseNotInWriting, hartlepool, ACKNOWLEDGED, "Hartlepool 5.5, Code 6.9":
        r#"2025-05-01 10:00 respond {"in_writing": false}"#;
    FirstContactNotAgreed, bradford, ACKNOWLEDGED, "Bradford 7.1.3":
        r#"2025-05-01 10:00 respond {"in_writing": false, "resolved_at_first_contact": true}"#;
    ReviewNeeded, portsmouth, STAGE_TWO, "Portsmouth s.8 Stage Two: who considers it":
        r#"2025-05-12 10:00 acknowledge {"handler": {"id": "sam", "role": "senior-manager"}}"#, "2025-06-02 10:00 respond";
    ApologyNeeded, solutions, ACKNOWLEDGED, "Housing Solutions 10.1, Code 7.1":
        r#"2025-05-01 10:00 respond {"remedies": [{"kind": "explanation", "detail": "s3cr3t"}]}"#;
    RemedyNotInPolicy, hartlepool_without_correction, ACKNOWLEDGED, "Hartlepool 7.1":
        r#"2025-05-01 10:00 offer-remedy {"remedy": {"kind": "corrected-record", "detail": "s3cr3t"}}"#;
    CompensationNotAllowed, solutions, ACKNOWLEDGED, "Housing Solutions 11.5":
        r#"2025-05-01 10:00 offer-remedy {"remedy": {"kind": "financial", "detail": "s3cr3t", "pence": 1, "basis": "insured-belongings"}}"#;
    CompensationNotAllowed, solutions, ACKNOWLEDGED, "Housing Solutions 11.3":
        r#"2025-05-01 10:00 offer-remedy {"remedy": {"kind": "financial", "detail": "s3cr3t", "basis": "non-monetary-benefit"}}"#;
    RemedyIncomplete, hartlepool, ACKNOWLEDGED, "Hartlepool 7.1, Code 7.1": r#"2025-05-01 10:00 respond {"remedies": []}"#;
    RemedyIncomplete, hartlepool, ANSWERED, "Code 7.3":
        r#"2025-05-02 10:00 offer-remedy {"remedy": {"kind": "financial", "detail": "s3cr3t", "pence": 0, "basis": "loss-of-service"}}"#;
    OfferDateNeeded, bradford, ANSWERED, "Bradford 6.1.3":
        r#"2025-05-02 10:00 offer-remedy {"remedy": {"kind": "financial", "detail": "s3cr3t", "pence": 1, "basis": "loss-of-service"}}"#;
    OfferOpenTooLong, bradford, ANSWERED, "Bradford 6.1.3":
        r#"2025-05-02 10:00 offer-remedy {"remedy": {"kind": "apology", "detail": "s3cr3t", "open_until": "2025-11-03"}}"#;
    ImplausibleDate, hartlepool, ANSWERED, "": r#"2025-05-02 10:00 revise-action {"due_on": "+20255-05-01"}"#;
    ImplausibleDate, bradford, ACKNOWLEDGED, "": r#"2025-04-22 10:00 extend {"respond_by": "2035-05-01"}"#;
    ActionDate, hartlepool, ANSWERED, "Code 7.3": r#"2025-05-02 10:00 revise-action {"due_on": "2025-05-01"}"#;
};
