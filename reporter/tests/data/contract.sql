-- The views of the contract, as plain tables: what the reports read and nothing else.

CREATE TABLE report_landlords (
    landlord_id TEXT NOT NULL,
    name TEXT NOT NULL,
    policy_id TEXT NOT NULL,
    year_end_month INTEGER NOT NULL,
    year_end_day INTEGER NOT NULL
);

CREATE TABLE report_stock (
    landlord_id TEXT NOT NULL,
    year_start TEXT NOT NULL,
    stock_type TEXT NOT NULL,
    homes INTEGER NOT NULL
);

CREATE TABLE report_cases (
    landlord_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    reference TEXT,
    kind TEXT NOT NULL,
    received_on TEXT NOT NULL,
    recorded_on TEXT NOT NULL,
    channel TEXT NOT NULL,
    stock_type TEXT NOT NULL,
    tenure TEXT,
    residents INTEGER NOT NULL,
    anonymous INTEGER NOT NULL,
    represented INTEGER NOT NULL,
    service_area TEXT,
    contractor TEXT,
    area TEXT,
    phase TEXT NOT NULL,
    triage TEXT NOT NULL,
    closed_on TEXT,
    closed_why TEXT,
    withdrawn_on TEXT,
    directed_on TEXT,
    hazard INTEGER NOT NULL,
    third_party INTEGER NOT NULL,
    adjustments INTEGER NOT NULL,
    vulnerable INTEGER NOT NULL,
    from_service_request INTEGER NOT NULL,
    became_complaint INTEGER NOT NULL,
    reopened INTEGER NOT NULL,
    policy_id TEXT NOT NULL,
    code_id TEXT NOT NULL
);

CREATE TABLE report_stages (
    landlord_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    stage INTEGER NOT NULL,
    requested_on TEXT NOT NULL,
    logged_on TEXT,
    acknowledged_on TEXT,
    responded_on TEXT,
    outcome TEXT,
    policy_acknowledge_due_on TEXT,
    policy_respond_due_on TEXT,
    policy_extended_due_on TEXT,
    code_acknowledge_due_on TEXT,
    code_respond_due_on TEXT,
    code_respond_due_as_acknowledged_on TEXT,
    code_extended_due_on TEXT,
    extensions INTEGER NOT NULL,
    updates INTEGER NOT NULL,
    updates_agreed INTEGER NOT NULL,
    updates_late INTEGER NOT NULL
);

CREATE TABLE report_categories (
    landlord_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    category TEXT NOT NULL
);

CREATE TABLE report_refusals (
    landlord_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    what TEXT NOT NULL,
    refused_on TEXT NOT NULL,
    ground TEXT NOT NULL,
    clause TEXT NOT NULL,
    discretion_considered INTEGER NOT NULL,
    overturned_on TEXT
);

CREATE TABLE report_escalations (
    landlord_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    requested_on TEXT NOT NULL,
    reasons_given INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    late INTEGER NOT NULL
);

CREATE TABLE report_remedies (
    landlord_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    stage INTEGER,
    remedy INTEGER NOT NULL,
    kind TEXT NOT NULL,
    pence INTEGER,
    offered_on TEXT NOT NULL,
    accepted_on TEXT,
    declined_on TEXT,
    lapsed_on TEXT,
    paid_pence INTEGER,
    offset_pence INTEGER
);

CREATE TABLE report_actions (
    landlord_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    action INTEGER NOT NULL,
    stage INTEGER,
    due_on TEXT NOT NULL,
    done_on TEXT
);

CREATE TABLE report_findings (
    landlord_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    reference TEXT NOT NULL,
    determined_on TEXT NOT NULL,
    issue INTEGER NOT NULL,
    finding TEXT NOT NULL
);

CREATE TABLE report_orders (
    landlord_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    reference TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    due_on TEXT,
    complied_on TEXT,
    pence INTEGER
);

CREATE TABLE report_failure_orders (
    landlord_id TEXT NOT NULL,
    case_id TEXT,
    reference TEXT NOT NULL,
    "type" INTEGER NOT NULL,
    issued_on TEXT NOT NULL,
    due_on TEXT,
    complied_on TEXT
);

CREATE TABLE report_learning (
    landlord_id TEXT NOT NULL,
    case_id TEXT,
    learning INTEGER NOT NULL,
    theme TEXT NOT NULL,
    root_cause TEXT NOT NULL,
    improvement TEXT NOT NULL,
    owner TEXT NOT NULL,
    recorded_on TEXT NOT NULL,
    done_on TEXT,
    reported_to TEXT
);

CREATE TABLE report_surveys (
    landlord_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    stage INTEGER,
    answer INTEGER NOT NULL,
    answered_on TEXT NOT NULL
);
