//! The views, column by column.

#![allow(missing_docs, reason = "the macro documents nothing that diesel makes of it")]

use chrono::NaiveDate;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::{ExpressionMethods, QueryDsl, QueryResult, RunQueryDsl};
use parquet::errors::ParquetError;
use redress_shared::case::command::intake::Person;

use super::{Column, Filed, Row, View, Visitor};
use crate::source::connection::EitherConnection;
use crate::source::extract::{Field, Group, GroupWriter};

contract! {
    /// A landlord and the end of its own year.
    report_landlords as Landlord by whole {
        /// The landlord's id.
        landlord_id: [Text] => String,
        /// Its name.
        name: [Text] => String,
        /// The policy that it follows today.
        policy_id: [Text] => String,
        /// The month in which its own year ends, 1 to 12.
        year_end_month: [Integer] => i32,
        /// The day of that month.
        year_end_day: [Integer] => i32,
    }
    /// Homes owned at the end of the year that starts on `year_start`.
    report_stock as Stock by year_start {
        /// The landlord's id.
        landlord_id: [Text] => String,
        /// The first day of the year, a 1 April.
        year_start: [Date] => NaiveDate,
        /// `lcra` or `lcho`, the low-cost homes that the regulator asks of; `leasehold` and `other` are
        /// outside its measures.
        stock_type: [Text] => String,
        /// Homes owned at the end of the year.
        homes: [BigInt] => i64,
    }
    /// A case, without anything personal.
    report_cases as Case by received_on {
        /// The landlord's id.
        landlord_id: [Text] => String,
        /// Its id, which tells nothing.
        case_id: [Text] => String,
        /// The landlord's own reference, where there is one: no name, and never published.
        reference: [Nullable<Text>] => Option<String>,
        /// `complaint`, `service-request`, `enquiry`, `comment`, `compliment` or `policy-feedback`.
        kind: [Text] => String,
        /// The day in London on which it came in.
        received_on: [Date] => NaiveDate,
        /// The day on which it was recorded.
        recorded_on: [Date] => NaiveDate,
        /// How it came in.
        channel: [Text] => String,
        /// The type of the home: `lcra`, `lcho`, `leasehold` or `other`.
        stock_type: [Text] => String,
        /// The tenure, in the landlord's own word.
        tenure: [Nullable<Text>] => Option<String>,
        /// How many residents complain together; 1 where it is no group.
        residents: [BigInt] => i64,
        /// Whether the resident gave no name.
        anonymous: [Bool] => bool,
        /// Whether somebody speaks for the resident.
        represented: [Bool] => bool,
        /// The service that it is about, in the landlord's own word.
        service_area: [Nullable<Text>] => Option<String>,
        /// Who provided the service, where it was not the landlord itself.
        contractor: [Nullable<Text>] => Option<String>,
        /// The area of the home, in the landlord's own word.
        area: [Nullable<Text>] => Option<String>,
        /// Where the case stands now.
        phase: [Text] => String,
        /// `pending`, `accepted`, `refused` or `not-a-complaint`.
        triage: [Text] => String,
        /// The day on which it was closed.
        closed_on: [Nullable<Date>] => Option<NaiveDate>,
        /// Why it was closed.
        closed_why: [Nullable<Text>] => Option<String>,
        /// The day on which the resident withdrew it.
        withdrawn_on: [Nullable<Date>] => Option<NaiveDate>,
        /// The day on which the Ombudsman directed the landlord to take it on.
        directed_on: [Nullable<Date>] => Option<NaiveDate>,
        /// Whether a significant or an emergency hazard was flagged.
        hazard: [Bool] => bool,
        /// Whether somebody else than the landlord provided the service.
        third_party: [Bool] => bool,
        /// How many reasonable adjustments are recorded.
        adjustments: [BigInt] => i64,
        /// Whether a vulnerability is recorded; never which.
        vulnerable: [Bool] => bool,
        /// Whether it came out of a service request.
        from_service_request: [Bool] => bool,
        /// Whether a complaint came out of it.
        became_complaint: [Bool] => bool,
        /// How many times it was reopened.
        reopened: [BigInt] => i64,
        /// The policy that it falls under.
        policy_id: [Text] => String,
        /// The edition of the Code that it falls under.
        code_id: [Text] => String,
        /// The day on which it went to the Ombudsman.
        referred_on: [Nullable<Date>] => Option<NaiveDate>,
        /// The day on which it was settled.
        settled_on: [Nullable<Date>] => Option<NaiveDate>,
        /// Whether its history came in from another system, whose workflow held it to what it may.
        imported: [Bool] => bool,
    }
    /// One stage of one case, with both clocks.
    report_stages as Stage by requested_on {
        /// The landlord's id.
        landlord_id: [Text] => String,
        /// The case.
        case_id: [Text] => String,
        /// 1 or 2.
        stage: [Integer] => i32,
        /// The day of receipt; for stage 2, of the request to escalate. The year of a stage is that of this day.
        requested_on: [Date] => NaiveDate,
        /// The day on which it was logged.
        logged_on: [Nullable<Date>] => Option<NaiveDate>,
        /// The day on which it was acknowledged.
        acknowledged_on: [Nullable<Date>] => Option<NaiveDate>,
        /// The day of the answer.
        responded_on: [Nullable<Date>] => Option<NaiveDate>,
        /// `upheld`, `partly-upheld` or `not-upheld`.
        outcome: [Nullable<Text>] => Option<String>,
        /// When the policy wants it acknowledged.
        policy_acknowledge_due_on: [Nullable<Date>] => Option<NaiveDate>,
        /// When the policy wants it answered.
        policy_respond_due_on: [Nullable<Date>] => Option<NaiveDate>,
        /// The same, within an extension.
        policy_extended_due_on: [Nullable<Date>] => Option<NaiveDate>,
        /// When the Code wants it acknowledged.
        code_acknowledge_due_on: [Nullable<Date>] => Option<NaiveDate>,
        /// When the Code wants it answered; a late acknowledgement buys no time.
        code_respond_due_on: [Nullable<Date>] => Option<NaiveDate>,
        /// The same, counted from the acknowledgement as it was made.
        code_respond_due_as_acknowledged_on: [Nullable<Date>] => Option<NaiveDate>,
        /// Until when an extension that the Code permits moves that; empty without one.
        code_extended_due_on: [Nullable<Date>] => Option<NaiveDate>,
        /// How many extensions were decided.
        extensions: [BigInt] => i64,
        /// How many updates were given.
        updates: [BigInt] => i64,
        /// Whether updates were agreed with the resident.
        updates_agreed: [Bool] => bool,
        /// How many of those came late or not at all.
        updates_late: [BigInt] => i64,
        /// The day on which the Ombudsman directed that the stage be opened.
        directed_on: [Nullable<Date>] => Option<NaiveDate>,
        /// Whether it was answered at the first contact.
        first_contact: [Bool] => bool,
    }
    /// A category of a case; a case may have several.
    report_categories as Category by case {
        /// The landlord's id.
        landlord_id: [Text] => String,
        /// The case.
        case_id: [Text] => String,
        /// The category, in the landlord's own word.
        category: [Text] => String,
    }
    /// A complaint or an escalation the landlord declined.
    report_refusals as Refusal by refused_on {
        /// The landlord's id.
        landlord_id: [Text] => String,
        /// The case.
        case_id: [Text] => String,
        /// `complaint` or `escalation`.
        what: [Text] => String,
        /// The day of the refusal.
        refused_on: [Date] => NaiveDate,
        /// The ground, as the policy's profile calls it.
        ground: [Text] => String,
        /// The clause that it stands on.
        clause: [Text] => String,
        /// Whether it was considered to take it on all the same.
        discretion_considered: [Bool] => bool,
        /// The day on which the refusal was overturned.
        overturned_on: [Nullable<Date>] => Option<NaiveDate>,
    }
    /// A request to escalate.
    report_escalations as Escalation by requested_on {
        /// The landlord's id.
        landlord_id: [Text] => String,
        /// The case.
        case_id: [Text] => String,
        /// The day of the request.
        requested_on: [Date] => NaiveDate,
        /// Whether the resident gave reasons, which nobody has to.
        reasons_given: [Bool] => bool,
        /// `accepted`, `refused`, `re-reviewed`, `pending` or `ended`.
        outcome: [Text] => String,
        /// Whether it came after the policy's time for it.
        late: [Bool] => bool,
        /// The day on which it was decided on.
        decided_on: [Nullable<Date>] => Option<NaiveDate>,
    }
    /// A remedy offered, and what became of it.
    report_remedies as Remedy by offered_on {
        /// The landlord's id.
        landlord_id: [Text] => String,
        /// The case.
        case_id: [Text] => String,
        /// 1 or 2; empty where it belongs to neither stage.
        stage: [Nullable<Integer>] => Option<i32>,
        /// Its number within the case.
        remedy: [BigInt] => i64,
        /// What kind of remedy.
        kind: [Text] => String,
        /// The money offered, in pence.
        pence: [Nullable<BigInt>] => Option<i64>,
        /// The day of the offer.
        offered_on: [Date] => NaiveDate,
        /// The day on which the resident accepted.
        accepted_on: [Nullable<Date>] => Option<NaiveDate>,
        /// The day on which the resident declined.
        declined_on: [Nullable<Date>] => Option<NaiveDate>,
        /// The day on which the offer lapsed.
        lapsed_on: [Nullable<Date>] => Option<NaiveDate>,
        /// The money paid, in pence.
        paid_pence: [Nullable<BigInt>] => Option<i64>,
        /// The money set off against arrears, in pence.
        offset_pence: [Nullable<BigInt>] => Option<i64>,
        /// What the amount goes by.
        basis: [Nullable<Text>] => Option<String>,
        /// When it was to be given.
        due_on: [Nullable<Date>] => Option<NaiveDate>,
    }
    /// An action promised to a resident.
    report_actions as Action by due_on {
        /// The landlord's id.
        landlord_id: [Text] => String,
        /// The case.
        case_id: [Text] => String,
        /// Its number within the case.
        action: [BigInt] => i64,
        /// 1 or 2; empty where it belongs to neither stage.
        stage: [Nullable<Integer>] => Option<i32>,
        /// When it was promised for.
        due_on: [Date] => NaiveDate,
        /// The day on which it was done.
        done_on: [Nullable<Date>] => Option<NaiveDate>,
        /// Who it is with: a team or a role.
        owner: [Text] => String,
    }
    /// The Ombudsman's finding on one issue of one determination.
    report_findings as Finding by determined_on {
        /// The landlord's id.
        landlord_id: [Text] => String,
        /// The case.
        case_id: [Text] => String,
        /// The determination.
        reference: [Text] => String,
        /// Its day.
        determined_on: [Date] => NaiveDate,
        /// The number of the issue.
        issue: [BigInt] => i64,
        /// `no-maladministration`, `reasonable-redress`, `resolved-with-intervention`, `service-failure`,
        /// `maladministration`, `severe-maladministration`, `outside-jurisdiction` or `withdrawn`.
        finding: [Text] => String,
        /// What the issue is about, in the landlord's own word.
        about: [Text] => String,
    }
    /// An order or a recommendation of a determination.
    report_orders as Order by case {
        /// The landlord's id.
        landlord_id: [Text] => String,
        /// The case.
        case_id: [Text] => String,
        /// The determination.
        reference: [Text] => String,
        /// Its number within the case.
        number: [BigInt] => i64,
        /// `order` or `recommendation`.
        kind: [Text] => String,
        /// By when it is to be complied with.
        due_on: [Nullable<Date>] => Option<NaiveDate>,
        /// The day on which it was complied with.
        complied_on: [Nullable<Date>] => Option<NaiveDate>,
        /// The money ordered, in pence.
        pence: [Nullable<BigInt>] => Option<i64>,
    }
    /// A complaint handling failure order.
    report_failure_orders as FailureOrder by issued_on {
        /// The landlord's id.
        landlord_id: [Text] => String,
        /// The case, where it is about one.
        case_id: [Nullable<Text>] => Option<String>,
        /// The order's own reference.
        reference: [Text] => String,
        /// The type: 1, 2 or 3.
        failure_type = "type": [Integer] => i32,
        /// The day on which it was issued.
        issued_on: [Date] => NaiveDate,
        /// By when it is to be complied with.
        due_on: [Nullable<Date>] => Option<NaiveDate>,
        /// The day on which it was complied with.
        complied_on: [Nullable<Date>] => Option<NaiveDate>,
    }
    /// Something learnt, and the improvement it led to.
    report_learning as Learning by recorded_on {
        /// The landlord's id.
        landlord_id: [Text] => String,
        /// The case, where it came of one.
        case_id: [Nullable<Text>] => Option<String>,
        /// Its number within the case.
        learning: [BigInt] => i64,
        /// The theme, in the landlord's own word.
        theme: [Text] => String,
        /// The root cause, in the landlord's own word.
        root_cause: [Text] => String,
        /// The improvement, in words that were written to be published.
        improvement: [Text] => String,
        /// Who it is with: a team or a role.
        owner: [Text] => String,
        /// The day on which it was recorded.
        recorded_on: [Date] => NaiveDate,
        /// The day on which it was done.
        done_on: [Nullable<Date>] => Option<NaiveDate>,
        /// To whom it was reported.
        reported_to: [Nullable<Text>] => Option<String>,
    }
    /// A survey answer, from 1 (very satisfied) to 5 (very dissatisfied).
    report_surveys as Survey by answered_on {
        /// The landlord's id.
        landlord_id: [Text] => String,
        /// The case.
        case_id: [Text] => String,
        /// 1 or 2; empty where it belongs to neither stage.
        stage: [Nullable<Integer>] => Option<i32>,
        /// From 1 (very satisfied) to 5 (very dissatisfied).
        answer: [Integer] => i32,
        /// The day of the answer.
        answered_on: [Date] => NaiveDate,
    }
    /// A risk that was flagged: a hazard, say, or that somebody needs safeguarding.
    report_risks as Risk by aware_on {
        /// The landlord's id.
        landlord_id: [Text] => String,
        /// The case.
        case_id: [Text] => String,
        /// Its number within the case.
        risk: [Integer] => i32,
        /// What kind of risk.
        kind: [Text] => String,
        /// The day on which the landlord came to know of it.
        aware_on: [Date] => NaiveDate,
        /// The day on which it was handed to whom it belongs.
        handed_on: [Nullable<Date>] => Option<NaiveDate>,
    }
    /// A notice that an answer would be later, whether it moved a date or not.
    report_extensions as Extension by decided_on {
        /// The landlord's id.
        landlord_id: [Text] => String,
        /// The case.
        case_id: [Text] => String,
        /// 1 or 2.
        stage: [Integer] => i32,
        /// Its number within the stage.
        number: [Integer] => i32,
        /// The day of the decision.
        decided_on: [Date] => NaiveDate,
        /// The day by which the answer was promised.
        respond_by: [Date] => NaiveDate,
        /// Whether the notice had the Ombudsman's details.
        ombudsman_details: [Bool] => bool,
    }
    /// A restriction on contact; without a date of review once it is lifted.
    report_restrictions as Restriction by since_on {
        /// The landlord's id.
        landlord_id: [Text] => String,
        /// The case.
        case_id: [Text] => String,
        /// Its number within the case.
        restriction: [Integer] => i32,
        /// The day on which it began.
        since_on: [Date] => NaiveDate,
        /// When it is to be reviewed.
        review_on: [Nullable<Date>] => Option<NaiveDate>,
        /// The day on which it was lifted.
        lifted_on: [Nullable<Date>] => Option<NaiveDate>,
    }
    /// How many residents who complained told the same of themselves, by the day of receipt; never by case.
    /// `characteristic` is
    /// ethnicity, with the answer; or disability, vulnerability or adjustment, where the answer is always
    /// `told`. Those who told nothing
    /// are in no row: they are the rest of the residents of the day's complaints.
    report_equality as Equality by received_on {
        /// The landlord's id.
        landlord_id: [Text] => String,
        /// The day of receipt.
        received_on: [Date] => NaiveDate,
        /// `ethnicity`, `disability`, `vulnerability` or `adjustment`.
        characteristic: [Text] => String,
        /// The answer; `told` for all but ethnicity.
        answer: [Text] => String,
        /// How many residents.
        residents: [BigInt] => i64,
    }
    /// The calendar that the landlord's dates are counted on, as the service keeps it.
    report_calendar as KeptCalendar by whole {
        /// The landlord's id.
        landlord_id: [Text] => String,
        /// The number of the version.
        number: [Integer] => i32,
        /// The version.
        version: [Text] => String,
        /// The calendar, as JSON.
        body: [Text] => String,
    }
    /// An event of a case's log, with the digest that chains it to the one before.
    report_events as LoggedEvent by case {
        /// The landlord's id.
        landlord_id: [Text] => String,
        /// The case.
        case_id: [Text] => String,
        /// Its number within the case, from 1.
        sequence: [Integer] => i32,
        /// The event as JSON: ids, dates and words of Redress; no names, no free text.
        event: [Text] => String,
        /// The digest that chains it to the event before.
        digest: [Text] => String,
    }
}
