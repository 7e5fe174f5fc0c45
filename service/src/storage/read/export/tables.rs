//! What can be taken out, table by table. Where a `report_*` view has the table, the columns are its columns, by the same names, with
//! what else tells one row from another.

use crate::access::Scope;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text.
    Text,
    /// A whole number; sums are in pence.
    Number,
    /// Yes or no.
    Flag,
    /// A London day.
    Day,
    /// An instant.
    Instant,
    /// JSON, as it is kept, to the byte.
    Json,
    /// What somebody said or who they are: masked for whoever may not read it.
    Words,
}

impl Holds {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Flag => "flag",
            Self::Day => "day",
            Self::Instant => "instant",
            Self::Json => "json",
            Self::Words => "words",
        }
    }
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// What the database has for it.
    pub from: &'static str,
}

/// A table as it is taken out.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What a row of it is.
    pub meaning: &'static str,
    /// The scope that it wants.
    pub scope: Scope,
    /// The columns, in order.
    pub columns: &'static [Column],
    /// The columns that tell one row from another, by which the rows are sorted.
    pub key: &'static [&'static str],
    /// The tables that the database reads.
    pub(super) from: &'static str,
    /// The column that says whose the row is.
    pub(super) landlord: &'static str,
}

impl Table {
    /// A table by its name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        TABLES.iter().find(|table| table.name == name)
    }

    /// The columns of the key, in order.
    pub fn key_columns(&self) -> impl Iterator<Item = &'static Column> {
        self.key.iter().filter_map(|name| self.columns.iter().find(|column| column.name == *name))
    }
}

macro_rules! column {
    ($name:ident $holds:ident) => {
        Column { name: stringify!($name), holds: Holds::$holds, from: stringify!($name) }
    };
    ($name:ident $holds:ident $from:literal) => {
        Column { name: stringify!($name), holds: Holds::$holds, from: $from }
    };
}

macro_rules! tables {
    ($($name:ident ($scope:ident) by [$($key:ident),+] from $from:literal of $landlord:literal: $meaning:literal {
        $($column:ident $holds:ident $($expression:literal)?),+ $(,)?
    })+) => {
        /// Everything that can be taken out.
        pub const TABLES: &[Table] = &[$(Table {
            name: stringify!($name),
            meaning: $meaning,
            scope: Scope::$scope,
            columns: &[$(column!($column $holds $($expression)?)),+],
            key: &[$(stringify!($key)),+],
            from: $from,
            landlord: $landlord,
        }),+];
    };
}

tables! {
    landlords (CasesRead) by [landlord_id] from "landlords" of "id": "The landlord." {
        landlord_id Text "id", name Text, policy_id Text, year_end_month Number, year_end_day Number,
    }
    stock (CasesRead) by [year_start, stock_type] from "stock" of "landlord_id":
        "The homes at the end of a reporting year, by stock type." {
        landlord_id Text, year_start Day, stock_type Text, homes Number,
    }
    cases (CasesRead) by [case_id] from "report_cases JOIN cases ON cases.id = report_cases.case_id"
        of "cases.landlord_id": "A case as its events have left it." {
        landlord_id Text "cases.landlord_id", case_id Text "cases.id", reference Text "report_cases.reference",
        version Number "cases.version", kind Text "cases.kind", received_on Day "cases.received_on",
        recorded_on Day "cases.recorded_on", channel Text "cases.channel", stock_type Text "cases.stock_type",
        tenure Text "cases.tenure", residents Number "cases.residents", anonymous Flag "cases.anonymous",
        represented Flag "cases.represented", service_area Text "cases.service_area",
        contractor Text "cases.contractor", area Text "cases.area", phase Text "cases.phase",
        triage Text "cases.triage", stage Number "cases.stage", handler Text "cases.handler",
        next_due_on Day "cases.next_due_on", closed_on Day "cases.closed_on", closed_why Text "cases.closed_why",
        withdrawn_on Day "cases.withdrawn_on", directed_on Day "cases.directed_on", hazard Flag "cases.hazard",
        third_party Flag "report_cases.third_party", adjustments Number "cases.adjustments",
        vulnerable Flag "cases.vulnerable", came_from Text "cases.came_from",
        from_service_request Flag "report_cases.from_service_request",
        became_complaint Flag "cases.became_complaint", reopened Number "cases.reopened",
        policy_id Text "cases.policy_id", code_id Text "cases.code_id", referred_on Day "cases.referred_on",
        settled_on Day "cases.settled_on",
    }
    references (CasesRead) by [system, value] from "case_references" of "landlord_id":
        "A reference of another system to a case." {
        landlord_id Text, case_id Text, system Text, value Text,
    }
    categories (CasesRead) by [case_id, category] from "case_categories" of "landlord_id":
        "A category that a case is about." {
        landlord_id Text, case_id Text, category Text,
    }
    stages (CasesRead) by [case_id, stage] from "case_stages" of "landlord_id":
        "A stage that a case has come to, with its dates and due dates by both clocks." {
        landlord_id Text, case_id Text, stage Number, requested_on Day, logged_on Day, acknowledged_on Day,
        responded_on Day, outcome Text, policy_acknowledge_due_on Day, policy_respond_due_on Day,
        policy_extended_due_on Day, code_acknowledge_due_on Day, code_respond_due_on Day,
        code_respond_due_as_acknowledged_on Day, code_extended_due_on Day, extensions Number, updates Number,
        updates_agreed Flag, updates_late Number, directed_on Day, first_contact Flag,
    }
    deadlines (CasesRead) by [case_id, clock, name] from "case_deadlines" of "landlord_id":
        "Something that is owed and not done." {
        landlord_id Text, case_id Text, clock Text, name Text, due_on Day, due_at Instant, projected Flag,
    }
    refusals (CasesRead) by [case_id, what, number] from "case_refusals" of "landlord_id":
        "A complaint, or stage 2, declined." {
        landlord_id Text, case_id Text, what Text, number Number, refused_on Day, ground Text, clause Text,
        discretion_considered Flag, overturned_on Day,
    }
    escalations (CasesRead) by [case_id, number] from "case_escalations" of "landlord_id":
        "A request for stage 2." {
        landlord_id Text, case_id Text, number Number, requested_on Day, reasons_given Flag, outcome Text, late Flag,
        decided_on Day,
    }
    remedies (CasesRead) by [case_id, remedy] from "case_remedies" of "landlord_id":
        "A remedy that was offered, and what became of it." {
        landlord_id Text, case_id Text, stage Number, remedy Number, kind Text, pence Number, offered_on Day,
        accepted_on Day, declined_on Day, lapsed_on Day, paid_pence Number, offset_pence Number,
        basis Text, due_on Day,
    }
    actions (CasesRead) by [case_id, action] from "case_actions" of "landlord_id": "An action that was promised." {
        landlord_id Text, case_id Text, action Number, stage Number, due_on Day, done_on Day, owner Text,
    }
    findings (CasesRead) by [case_id, issue] from "case_findings" of "landlord_id":
        "What the Ombudsman found on one issue." {
        landlord_id Text, case_id Text, reference Text, determined_on Day, issue Number, finding Text,
        about Text,
    }
    orders (CasesRead) by [case_id, number] from "case_orders" of "landlord_id":
        "What the Ombudsman ordered or recommended." {
        landlord_id Text, case_id Text, reference Text, number Number, kind Text, due_on Day, complied_on Day,
        pence Number,
    }
    failure_orders (CasesRead) by [case_id, number] from "case_failure_orders" of "landlord_id":
        "A complaint handling failure order." {
        landlord_id Text, case_id Text, number Number, reference Text, type Number, issued_on Day, due_on Day,
        complied_on Day,
    }
    learning (CasesRead) by [case_id, learning]
        from "case_learning LEFT JOIN case_records ON case_records.id = case_learning.improvement_record"
        of "case_learning.landlord_id": "What was learnt." {
        landlord_id Text "case_learning.landlord_id", case_id Text "case_learning.case_id", learning Number,
        theme Text, root_cause Text, improvement Words "case_records.body", owner Text, recorded_on Day,
        done_on Day, reported_to Text,
    }
    surveys (CasesRead) by [case_id, number] from "case_surveys" of "landlord_id":
        "How satisfied a resident was with how the complaint was handled, 1 very to 5 not at all." {
        landlord_id Text, case_id Text, number Number, stage Number, answer Number, answered_on Day,
    }
    risks (CasesRead) by [case_id, risk] from "case_risks" of "landlord_id": "A risk that was flagged, and handed on." {
        landlord_id Text, case_id Text, risk Number, kind Text, aware_on Day, handed_on Day,
    }
    extensions (CasesRead) by [case_id, stage, number] from "case_extensions" of "landlord_id":
        "A notice that an answer would be later." {
        landlord_id Text, case_id Text, stage Number, number Number, decided_on Day, respond_by Day,
        ombudsman_details Flag,
    }
    restrictions (CasesRead) by [case_id, restriction] from "case_restrictions" of "landlord_id":
        "A restriction on contact." {
        landlord_id Text, case_id Text, restriction Number, since_on Day, review_on Day, lifted_on Day,
    }
    events (CasesRead) by [case_id, sequence] from "case_events" of "landlord_id":
        "An event of a case's log, with the digest that chains it to the one before: of these and the records all else can be made anew." {
        landlord_id Text, case_id Text, sequence Number, type Text "kind", event Json "body", digest Text,
    }
    records (CasesRead) by [record_id] from "case_records" of "landlord_id":
        "Words and personal data that events refer to, with the salt of their digest. Masked without `personal:read`; special-category words without `special-category`." {
        landlord_id Text, record_id Text "id", case_id Text, kind Text, body Words, salt Words "SALT",
    }
    notices (FeedRead) by [notice_id] from "notices" of "landlord_id": "What the service noticed by itself." {
        landlord_id Text, notice_id Text "id", case_id Text, type Text "kind", key Text, notice Json "body",
        occurred_at Instant, recorded_at Instant,
    }
    feed (FeedRead) by [feed] from "feed" of "landlord_id": "A line of the feed: an event, or a notice, by its number." {
        landlord_id Text, feed Number "number", case_id Text, sequence Number, notice_id Text, type Text "kind",
    }
}
