//! Time, coming in, being declined.

use redress_shared::case::RefusalCode;

use super::{
    ACKNOWLEDGED, ANSWERED, FINAL, NOTHING, RECEIVED, Row, bradford, cheshire, hartlepool, portsmouth,
    solutions, table,
};

pub const TIME: &[Row] = table! {
    ImplausibleDate, hartlepool, NOTHING, "": r#"2025-04-14 10:00 receive {"event_on": "0202-05-01"}"#;
    InTheFuture, hartlepool, NOTHING, "": "2025-04-14 10:00 now", "2025-04-14 10:01 receive";
    InTheFuture, hartlepool, NOTHING, "": r#"2025-04-14 10:00 receive {"event_on": "2025-04-15"}"#;
    InTheFuture, hartlepool, RECEIVED, "":
        r#"2025-04-14 11:00 flag-risk {"risk": {"kind": "safeguarding", "aware_at": "2025-04-14T10:00:01Z"}}"#;
    BeforeReceipt, hartlepool, RECEIVED, "": "2025-04-14 09:59 accept";
    OutOfOrder, hartlepool, ANSWERED, "": "2025-05-01 11:59 request-escalation";
    OutOfOrder, hartlepool, ACKNOWLEDGED, "": "2025-04-17 11:59 respond";
    OutOfOrder, hartlepool, ACKNOWLEDGED, "": "2025-04-17 11:59 extend";
    OutOfOrder, hartlepool, ANSWERED, "": "2025-05-01 11:59 agree-remedy";
    OutOfOrder, hartlepool, FINAL, "": "2025-06-02 09:59 close";
    WrongPhase, hartlepool, NOTHING, "": "2025-04-14 10:00 accept";
    WrongPhase, hartlepool, RECEIVED, "": "2025-04-14 11:00 acknowledge";
    UnknownItem, hartlepool, ANSWERED, "": r#"2025-05-02 10:00 answer-offer {"remedy": 2}"#;
    UnknownItem, hartlepool, ANSWERED, "": r#"2025-05-02 10:00 complete-action {"action": 0}"#;
    AlreadyDone, hartlepool, RECEIVED, "": "2025-04-14 11:00 receive";
    AlreadyDone, hartlepool, ACKNOWLEDGED, "": "2025-04-17 13:00 acknowledge";
    // Bank holidays are known to the end of 2027.
    BeyondCalendar, hartlepool, NOTHING, "": "2027-12-10 10:00 receive";
    BeyondCalendar, hartlepool, NOTHING, "": "2018-12-31 10:00 receive";
    BeyondCalendar, portsmouth, NOTHING, "":
        "2027-11-29 10:00 receive", "2027-11-29 11:00 accept", "2027-11-29 12:00 acknowledge", "2027-12-01 10:00 respond";
    BeyondCalendar, hartlepool, FINAL, "": "2027-12-10 10:00 add-issue";
    BeyondCalendar, hartlepool, ANSWERED, "": "2027-12-01 10:00 request-escalation";
    BeyondCalendar, hartlepool, NOTHING, "":
        "2027-11-29 10:00 receive", "2027-11-29 11:00 accept", "2027-12-03 12:00 acknowledge",
        r#"2027-12-06 10:00 extend {"respond_by": "2027-12-20"}"#;
    BeyondCalendar, hartlepool, NOTHING, "":
        "2027-12-01 10:00 receive", r#"2027-12-13 10:00 correct {"correct": {"fact": "received-at", "at": "2027-12-10T10:00:00Z"}}"#;
    CorrectionOutOfOrder, hartlepool, ACKNOWLEDGED, "Code 5.12":
        r#"2025-04-18 10:00 correct {"correct": {"fact": "received-at", "at": "2025-04-17T11:00:01Z"}}"#;
    CorrectionOutOfOrder, hartlepool, ACKNOWLEDGED, "Code 5.12":
        r#"2025-04-18 10:00 correct {"correct": {"fact": "event-on", "on": "2025-04-15"}}"#;
    CorrectionOutOfOrder, hartlepool, ACKNOWLEDGED, "Code 5.12":
        r#"2025-04-18 10:00 correct {"correct": {"fact": "logged-at", "stage": "1", "at": "2025-04-18T09:00:01Z"}}"#;
    NothingChanges, hartlepool, RECEIVED, "":
        r#"2025-04-18 10:00 correct {"correct": {"fact": "stock-type", "is": "lcra"}}"#;
};

pub const INTAKE: &[Row] = table! {
    ChannelNotAnswered, hartlepool, NOTHING, "Hartlepool 9.4": r#"2025-04-14 10:00 receive {"channel": "social-media"}"#;
    AnonymousNotUnderPolicy, portsmouth, NOTHING, "Portsmouth s.6 Anonymous complaints":
        r#"2025-04-14 10:00 receive {"anonymous": true, "residents": []}"#;
    AnonymousHasNoResponse, hartlepool, NOTHING, "Hartlepool 9.3":
        r#"2025-04-14 10:00 receive {"anonymous": true, "residents": []}"#, "2025-04-16 09:00 accept",
        "2025-04-17 12:00 acknowledge", "2025-05-01 12:00 respond";
    ElectedMemberToCorporate, portsmouth, NOTHING, "Portsmouth s.5 Councillor's approach":
        r#"2025-04-14 10:00 receive {"channel": "elected-member"}"#;
    ResidentMissing, hartlepool, NOTHING, "Code 5.12": r#"2025-04-14 10:00 receive {"residents": []}"#;
    SpokenDetailsMissing, hartlepool, NOTHING, "Hartlepool 5.1":
        r#"2025-04-14 10:00 receive {"channel": "telephone", "residents": [{"person": {"name": "s3cr3t"}}]}"#;
    ConfirmationNeeded, portsmouth, NOTHING, "Portsmouth s.6 Verbal complaints":
        r#"2025-04-14 10:00 receive {"channel": "in-person"}"#, "2025-04-16 09:00 accept";
    ConfirmationNotWritten, portsmouth, NOTHING, "Portsmouth s.6 Verbal complaints":
        r#"2025-04-14 10:00 receive {"channel": "telephone"}"#, r#"2025-04-15 09:00 confirm {"in_writing": false}"#;
    ConfirmationNotAgreed, portsmouth, NOTHING, "Portsmouth s.6 Verbal complaints":
        r#"2025-04-14 10:00 receive {"channel": "telephone"}"#, r#"2025-04-15 09:00 confirm {"agreed": false}"#;
    ConsentMissing, hartlepool, NOTHING, "Hartlepool 4.4, Code 3.6":
        r#"2025-04-14 10:00 receive {"representative": {"kind": "friend", "person": {"name": "s3cr3t"}}}"#,
        "2025-04-16 09:00 accept", r#"2025-04-17 12:00 acknowledge {"sent_to": "representative"}"#;
    ConsentNotEnough, hartlepool, RECEIVED, "Hartlepool 4.4":
        r#"2025-04-15 10:00 record-consent {"evidence": "other-evidence"}"#;
    ConsentNotEnough, portsmouth, RECEIVED, "Portsmouth s.6 Representatives: evidence of consent":
        r#"2025-04-15 10:00 record-consent {"evidence": "spoken"}"#;
    NotAComplaint, hartlepool, NOTHING, "Code 1.4":
        r#"2025-04-14 10:00 receive {"kind": "service-request"}"#, "2025-04-16 09:00 accept";
    RequestNotDissatisfied, hartlepool, NOTHING, "Hartlepool 1.5, Code 1.5":
        r#"2025-04-14 10:00 receive {"kind": "service-request"}"#,
        r#"2025-04-16 09:00 raise-complaint {"dissatisfied": false}"#;
    BodyNotInPolicy, portsmouth, RECEIVED, "Portsmouth s.8 Stage One: building safety":
        "2025-04-14 11:00 flag-risk", r#"2025-04-14 12:00 hand-off-risk {"to": "Reception"}"#;
};

pub const DECLINED: &[Row] = table! {
    LateNeedsDiscretion, hartlepool, NOTHING, "Hartlepool 2.3, Code 2.3":
        r#"2025-04-14 10:00 receive {"event_on": "2024-04-13"}"#, r#"2025-04-16 09:00 accept {"discretion": null}"#;
    LateNeedsDiscretion, bradford, NOTHING, "Bradford 3.1.1, Code 2.3":
        r#"2025-04-14 10:00 receive {"event_on": "2024-10-13"}"#, r#"2025-04-16 09:00 accept {"discretion": null}"#;
    GroundNotInPolicy, hartlepool, RECEIVED, "Hartlepool 2.2, Code 2.2":
        r#"2025-04-16 09:00 refuse {"ground": "excessive-demands"}"#;
    GroundDoesNotApply, hartlepool, NOTHING, "Hartlepool 2.2, Code 2.1":
        r#"2025-04-14 10:00 receive {"event_on": "2024-04-14"}"#, r#"2025-04-16 09:00 refuse {"ground": "out-of-time"}"#;
    GroundDoesNotApply, hartlepool, RECEIVED, "Hartlepool 2.2, Code 2.1":
        r#"2025-04-16 09:00 refuse {"ground": "about-policy", "policy_not_followed": true}"#;
    GroundDoesNotApply, solutions, RECEIVED, "Housing Solutions 4.2.5, Code 2.1":
        r#"2025-04-16 09:00 refuse {"ground": "anti-social-behaviour", "about_handling": true}"#;
    GroundDoesNotApply, cheshire, RECEIVED, "Cheshire West Aim of Policy: legal action, Code 2.1":
        r#"2025-04-16 09:00 refuse {"ground": "legal-action-planned", "disrepair": true}"#;
    RefusalNeedsEvidence, hartlepool, RECEIVED, "Hartlepool 2.1, Code 2.1": r#"2025-04-16 09:00 refuse {"evidence": null}"#;
    RefusalNeedsDiscretion, hartlepool, RECEIVED, "Hartlepool 2.5, Code 2.5":
        r#"2025-04-16 09:00 refuse {"discretion_considered": null}"#;
    RefusalNeedsDiscretion, solutions, RECEIVED, "Housing Solutions 4.2.4, Code 2.5":
        r#"2025-04-16 09:00 refuse {"ground": "excessive-demands", "discretion_considered": null}"#;
    RefusalNeedsApproval, solutions, RECEIVED, "Housing Solutions 4.2": r#"2025-04-16 09:00 refuse {"approved_by": null}"#;
    RefusalNeedsApproval, solutions, RECEIVED, "Housing Solutions 4.2":
        r#"2025-04-16 09:00 refuse {"approved_by": {"id": "mo", "role": "manager"}}"#;
    DirectionOnlyAfterRefusal, hartlepool, RECEIVED, "Hartlepool 2.4, Code 2.4": "2025-04-16 09:00 direct-acceptance";
};
