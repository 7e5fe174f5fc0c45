//! The views the service keeps for this program: every column once. From this list come the diesel tables, the typed
//! rows and the check of the schema.

use chrono::NaiveDate;

/// A view and the columns it must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Its name in the database.
    pub name: &'static str,
    /// Its columns, in the order they are read.
    pub columns: &'static [Column],
}

/// A column of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in the database.
    pub name: &'static str,
    /// What it holds, as diesel calls it: `Nullable<Date>`.
    pub holds: &'static str,
}

macro_rules! contract {
    ($($(#[$doc:meta])* $view:ident as $row:ident { $($column:ident $(= $sql_name:literal)? : [$($sql:tt)+] => $rust:ty,)+ })+) => {
        $(
            diesel::table! {
                $view (landlord_id) {
                    $($(#[sql_name = $sql_name])? $column -> $($sql)+,)+
                }
            }

            $(#[$doc])*
            #[allow(missing_docs, reason = "the contract names each column once, and the service documents them")]
            #[derive(Debug, Clone, PartialEq, Eq, diesel::Queryable)]
            pub struct $row { $(pub $column: $rust,)+ }
        )+

        /// Every view of the contract.
        pub const VIEWS: &[View] = &[$(View {
            name: stringify!($view),
            columns: &[$(Column {
                name: contract!(@name $column $($sql_name)?),
                holds: stringify!($($sql)+),
            }),+],
        }),+];
    };
    (@name $column:ident) => { stringify!($column) };
    (@name $column:ident $sql_name:literal) => { $sql_name };
}

contract! {
    /// A landlord and the end of its own year.
    report_landlords as Landlord {
        landlord_id: [Text] => String,
        name: [Text] => String,
        policy_id: [Text] => String,
        year_end_month: [Integer] => i32,
        year_end_day: [Integer] => i32,
    }
    /// Homes owned at the end of the year that starts on `year_start`.
    report_stock as Stock {
        landlord_id: [Text] => String,
        year_start: [Date] => NaiveDate,
        stock_type: [Text] => String,
        homes: [BigInt] => i64,
    }
    /// A case, without anything personal.
    report_cases as Case {
        landlord_id: [Text] => String,
        case_id: [Text] => String,
        reference: [Nullable<Text>] => Option<String>,
        kind: [Text] => String,
        received_on: [Date] => NaiveDate,
        recorded_on: [Date] => NaiveDate,
        channel: [Text] => String,
        stock_type: [Text] => String,
        tenure: [Nullable<Text>] => Option<String>,
        residents: [BigInt] => i64,
        anonymous: [Bool] => bool,
        represented: [Bool] => bool,
        service_area: [Nullable<Text>] => Option<String>,
        contractor: [Nullable<Text>] => Option<String>,
        area: [Nullable<Text>] => Option<String>,
        phase: [Text] => String,
        triage: [Text] => String,
        closed_on: [Nullable<Date>] => Option<NaiveDate>,
        closed_why: [Nullable<Text>] => Option<String>,
        withdrawn_on: [Nullable<Date>] => Option<NaiveDate>,
        directed_on: [Nullable<Date>] => Option<NaiveDate>,
        hazard: [Bool] => bool,
        third_party: [Bool] => bool,
        adjustments: [BigInt] => i64,
        vulnerable: [Bool] => bool,
        from_service_request: [Bool] => bool,
        became_complaint: [Bool] => bool,
        reopened: [BigInt] => i64,
        policy_id: [Text] => String,
        code_id: [Text] => String,
        referred_on: [Nullable<Date>] => Option<NaiveDate>,
        settled_on: [Nullable<Date>] => Option<NaiveDate>,
    }
    /// One stage of one case, with both clocks.
    report_stages as Stage {
        landlord_id: [Text] => String,
        case_id: [Text] => String,
        stage: [Integer] => i32,
        requested_on: [Date] => NaiveDate,
        logged_on: [Nullable<Date>] => Option<NaiveDate>,
        acknowledged_on: [Nullable<Date>] => Option<NaiveDate>,
        responded_on: [Nullable<Date>] => Option<NaiveDate>,
        outcome: [Nullable<Text>] => Option<String>,
        policy_acknowledge_due_on: [Nullable<Date>] => Option<NaiveDate>,
        policy_respond_due_on: [Nullable<Date>] => Option<NaiveDate>,
        policy_extended_due_on: [Nullable<Date>] => Option<NaiveDate>,
        code_acknowledge_due_on: [Nullable<Date>] => Option<NaiveDate>,
        code_respond_due_on: [Nullable<Date>] => Option<NaiveDate>,
        code_respond_due_as_acknowledged_on: [Nullable<Date>] => Option<NaiveDate>,
        code_extended_due_on: [Nullable<Date>] => Option<NaiveDate>,
        extensions: [BigInt] => i64,
        updates: [BigInt] => i64,
        updates_agreed: [Bool] => bool,
        updates_late: [BigInt] => i64,
        directed_on: [Nullable<Date>] => Option<NaiveDate>,
        first_contact: [Bool] => bool,
    }
    /// A category of a case; a case may have several.
    report_categories as Category {
        landlord_id: [Text] => String,
        case_id: [Text] => String,
        category: [Text] => String,
    }
    /// A complaint or an escalation the landlord declined.
    report_refusals as Refusal {
        landlord_id: [Text] => String,
        case_id: [Text] => String,
        what: [Text] => String,
        refused_on: [Date] => NaiveDate,
        ground: [Text] => String,
        clause: [Text] => String,
        discretion_considered: [Bool] => bool,
        overturned_on: [Nullable<Date>] => Option<NaiveDate>,
    }
    /// A request to escalate.
    report_escalations as Escalation {
        landlord_id: [Text] => String,
        case_id: [Text] => String,
        requested_on: [Date] => NaiveDate,
        reasons_given: [Bool] => bool,
        outcome: [Text] => String,
        late: [Bool] => bool,
        decided_on: [Nullable<Date>] => Option<NaiveDate>,
    }
    /// A remedy offered, and what became of it.
    report_remedies as Remedy {
        landlord_id: [Text] => String,
        case_id: [Text] => String,
        stage: [Nullable<Integer>] => Option<i32>,
        remedy: [BigInt] => i64,
        kind: [Text] => String,
        pence: [Nullable<BigInt>] => Option<i64>,
        offered_on: [Date] => NaiveDate,
        accepted_on: [Nullable<Date>] => Option<NaiveDate>,
        declined_on: [Nullable<Date>] => Option<NaiveDate>,
        lapsed_on: [Nullable<Date>] => Option<NaiveDate>,
        paid_pence: [Nullable<BigInt>] => Option<i64>,
        offset_pence: [Nullable<BigInt>] => Option<i64>,
        basis: [Nullable<Text>] => Option<String>,
        due_on: [Nullable<Date>] => Option<NaiveDate>,
    }
    /// An action promised to a resident.
    report_actions as Action {
        landlord_id: [Text] => String,
        case_id: [Text] => String,
        action: [BigInt] => i64,
        stage: [Nullable<Integer>] => Option<i32>,
        due_on: [Date] => NaiveDate,
        done_on: [Nullable<Date>] => Option<NaiveDate>,
        owner: [Text] => String,
    }
    /// The Ombudsman's finding on one issue of one determination.
    report_findings as Finding {
        landlord_id: [Text] => String,
        case_id: [Text] => String,
        reference: [Text] => String,
        determined_on: [Date] => NaiveDate,
        issue: [BigInt] => i64,
        finding: [Text] => String,
        about: [Text] => String,
    }
    /// An order or a recommendation of a determination.
    report_orders as Order {
        landlord_id: [Text] => String,
        case_id: [Text] => String,
        reference: [Text] => String,
        number: [BigInt] => i64,
        kind: [Text] => String,
        due_on: [Nullable<Date>] => Option<NaiveDate>,
        complied_on: [Nullable<Date>] => Option<NaiveDate>,
        pence: [Nullable<BigInt>] => Option<i64>,
    }
    /// A complaint handling failure order.
    report_failure_orders as FailureOrder {
        landlord_id: [Text] => String,
        case_id: [Nullable<Text>] => Option<String>,
        reference: [Text] => String,
        failure_type = "type": [Integer] => i32,
        issued_on: [Date] => NaiveDate,
        due_on: [Nullable<Date>] => Option<NaiveDate>,
        complied_on: [Nullable<Date>] => Option<NaiveDate>,
    }
    /// Something learnt, and the improvement it led to.
    report_learning as Learning {
        landlord_id: [Text] => String,
        case_id: [Nullable<Text>] => Option<String>,
        learning: [BigInt] => i64,
        theme: [Text] => String,
        root_cause: [Text] => String,
        improvement: [Text] => String,
        owner: [Text] => String,
        recorded_on: [Date] => NaiveDate,
        done_on: [Nullable<Date>] => Option<NaiveDate>,
        reported_to: [Nullable<Text>] => Option<String>,
    }
    /// A survey answer, from 1 (very satisfied) to 5 (very dissatisfied).
    report_surveys as Survey {
        landlord_id: [Text] => String,
        case_id: [Text] => String,
        stage: [Nullable<Integer>] => Option<i32>,
        answer: [Integer] => i32,
        answered_on: [Date] => NaiveDate,
    }
    /// A risk that was flagged: a hazard, say, or that somebody needs safeguarding.
    report_risks as Risk {
        landlord_id: [Text] => String,
        case_id: [Text] => String,
        risk: [Integer] => i32,
        kind: [Text] => String,
        aware_on: [Date] => NaiveDate,
        handed_on: [Nullable<Date>] => Option<NaiveDate>,
    }
    /// A notice that an answer would be later, whether it moved a date or not.
    report_extensions as Extension {
        landlord_id: [Text] => String,
        case_id: [Text] => String,
        stage: [Integer] => i32,
        number: [Integer] => i32,
        decided_on: [Date] => NaiveDate,
        respond_by: [Date] => NaiveDate,
        ombudsman_details: [Bool] => bool,
    }
    /// A restriction on contact; without a date of review once it is lifted.
    report_restrictions as Restriction {
        landlord_id: [Text] => String,
        case_id: [Text] => String,
        restriction: [Integer] => i32,
        since_on: [Date] => NaiveDate,
        review_on: [Nullable<Date>] => Option<NaiveDate>,
        lifted_on: [Nullable<Date>] => Option<NaiveDate>,
    }
    /// How many residents who complained told the same of themselves, by the day of receipt; never by case. `characteristic` is
    /// ethnicity, with the answer; or disability, vulnerability or adjustment, where the answer is always `told`. Those who told nothing
    /// are in no row: they are the rest of the residents of the day's complaints.
    report_equality as Equality {
        landlord_id: [Text] => String,
        received_on: [Date] => NaiveDate,
        characteristic: [Text] => String,
        answer: [Text] => String,
        residents: [BigInt] => i64,
    }
    /// The calendar that the landlord's dates are counted on, as the service keeps it.
    report_calendar as KeptCalendar {
        landlord_id: [Text] => String,
        number: [Integer] => i32,
        version: [Text] => String,
        body: [Text] => String,
    }
    /// An event of a case's log, with the digest that chains it to the one before.
    report_events as LoggedEvent {
        landlord_id: [Text] => String,
        case_id: [Text] => String,
        sequence: [Integer] => i32,
        event: [Text] => String,
        digest: [Text] => String,
    }
}
