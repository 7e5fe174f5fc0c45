-- More of what the reports tell of, and of what they count it by.
ALTER TABLE cases ADD COLUMN referred_on TEXT;
ALTER TABLE cases ADD COLUMN settled_on TEXT;
ALTER TABLE case_stages ADD COLUMN directed_on TEXT;
ALTER TABLE case_stages ADD COLUMN first_contact INTEGER NOT NULL DEFAULT 0;
ALTER TABLE case_escalations ADD COLUMN decided_on TEXT;
ALTER TABLE case_remedies ADD COLUMN basis TEXT;
ALTER TABLE case_remedies ADD COLUMN due_on TEXT;
ALTER TABLE case_actions ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE case_findings ADD COLUMN about TEXT NOT NULL DEFAULT '';

-- What puts somebody at risk: flagged, and handed on.
CREATE TABLE case_risks (
    case_id TEXT NOT NULL REFERENCES cases (id),
    landlord_id TEXT NOT NULL,
    risk INTEGER NOT NULL,
    kind TEXT NOT NULL,
    aware_on TEXT NOT NULL,
    handed_on TEXT,
    PRIMARY KEY (case_id, risk)
) STRICT;

-- Each notice that the answer will be later.
CREATE TABLE case_extensions (
    case_id TEXT NOT NULL REFERENCES cases (id),
    landlord_id TEXT NOT NULL,
    stage INTEGER NOT NULL CHECK (stage IN (1, 2)),
    number INTEGER NOT NULL,
    decided_on TEXT NOT NULL,
    respond_by TEXT NOT NULL,
    ombudsman_details INTEGER NOT NULL,
    PRIMARY KEY (case_id, stage, number)
) STRICT;

CREATE TABLE case_restrictions (
    case_id TEXT NOT NULL REFERENCES cases (id),
    landlord_id TEXT NOT NULL,
    restriction INTEGER NOT NULL,
    since_on TEXT NOT NULL,
    review_on TEXT,
    lifted_on TEXT,
    PRIMARY KEY (case_id, restriction)
) STRICT;

-- Residents who told of anything that equality is monitored by; what they said stands in the records, which can be erased.
CREATE TABLE case_residents (
    case_id TEXT NOT NULL REFERENCES cases (id),
    landlord_id TEXT NOT NULL,
    resident INTEGER NOT NULL,
    ethnicity_record TEXT,
    disability INTEGER NOT NULL,
    vulnerability INTEGER NOT NULL,
    adjustment INTEGER NOT NULL,
    PRIMARY KEY (case_id, resident)
) STRICT;

DROP VIEW report_stock;
DROP VIEW report_cases;
DROP VIEW report_stages;
DROP VIEW report_escalations;
DROP VIEW report_remedies;
DROP VIEW report_actions;
DROP VIEW report_findings;
DROP VIEW report_orders;
DROP VIEW report_learning;

CREATE VIEW report_stock AS
SELECT landlord_id, year_start, stock_type, homes FROM stock;

CREATE VIEW report_cases AS
SELECT
    landlord_id,
    id AS case_id,
    (SELECT min(value) FROM case_references WHERE case_references.case_id = cases.id) AS reference,
    kind,
    received_on,
    recorded_on,
    channel,
    stock_type,
    tenure,
    residents,
    anonymous,
    represented,
    service_area,
    contractor,
    area,
    phase,
    triage,
    closed_on,
    closed_why,
    withdrawn_on,
    directed_on,
    hazard,
    contractor IS NOT NULL AS third_party,
    adjustments,
    vulnerable,
    EXISTS (SELECT 1 FROM cases AS origin WHERE origin.id = cases.came_from AND origin.kind <> 'complaint')
        AS from_service_request,
    became_complaint,
    reopened,
    policy_id,
    code_id,
    referred_on,
    settled_on
FROM cases;

CREATE VIEW report_stages AS
SELECT
    landlord_id, case_id, stage, requested_on, logged_on, acknowledged_on, responded_on, outcome,
    policy_acknowledge_due_on, policy_respond_due_on, policy_extended_due_on,
    code_acknowledge_due_on, code_respond_due_on, code_respond_due_as_acknowledged_on, code_extended_due_on,
    extensions, updates,
    updates_agreed, updates_late, directed_on, first_contact
FROM case_stages;

CREATE VIEW report_escalations AS
SELECT landlord_id, case_id, requested_on, reasons_given, outcome, late, decided_on FROM case_escalations;

CREATE VIEW report_remedies AS
SELECT landlord_id, case_id, stage, remedy, kind, pence, offered_on, accepted_on, declined_on, lapsed_on,
    paid_pence, offset_pence, basis, due_on
FROM case_remedies;

CREATE VIEW report_actions AS
SELECT landlord_id, case_id, action, stage, due_on, done_on, owner FROM case_actions;

CREATE VIEW report_findings AS
SELECT landlord_id, case_id, reference, determined_on, issue, finding, about FROM case_findings;

CREATE VIEW report_orders AS
SELECT landlord_id, case_id, reference, number, kind, due_on, complied_on, pence FROM case_orders;

CREATE VIEW report_learning AS
SELECT
    case_learning.landlord_id,
    case_learning.case_id,
    learning,
    theme,
    root_cause,
    coalesce(case_records.body, '') AS improvement,
    owner,
    recorded_on,
    done_on,
    reported_to
FROM case_learning
LEFT JOIN case_records ON case_records.id = case_learning.improvement_record;

CREATE VIEW report_risks AS
SELECT landlord_id, case_id, risk, kind, aware_on, handed_on FROM case_risks;

CREATE VIEW report_extensions AS
SELECT landlord_id, case_id, stage, number, decided_on, respond_by, ombudsman_details FROM case_extensions;

CREATE VIEW report_restrictions AS
SELECT landlord_id, case_id, restriction, since_on, review_on, lifted_on FROM case_restrictions;

-- What residents who complained told of themselves, counted by the day of receipt: never by case, so that no report can join an answer
-- to a reference.
CREATE VIEW report_equality AS
SELECT
    case_residents.landlord_id,
    cases.received_on,
    'ethnicity' AS characteristic,
    coalesce(case_records.body, '[erased]') AS answer,
    count(*) AS residents
FROM case_residents
JOIN cases ON cases.id = case_residents.case_id
LEFT JOIN case_records ON case_records.id = case_residents.ethnicity_record
WHERE cases.kind = 'complaint' AND case_residents.ethnicity_record IS NOT NULL
GROUP BY case_residents.landlord_id, cases.received_on, coalesce(case_records.body, '[erased]')
UNION ALL
SELECT case_residents.landlord_id, cases.received_on, 'disability' AS characteristic, 'told' AS answer, count(*) AS residents
FROM case_residents JOIN cases ON cases.id = case_residents.case_id
WHERE cases.kind = 'complaint' AND case_residents.disability
GROUP BY case_residents.landlord_id, cases.received_on
UNION ALL
SELECT case_residents.landlord_id, cases.received_on, 'vulnerability' AS characteristic, 'told' AS answer, count(*) AS residents
FROM case_residents JOIN cases ON cases.id = case_residents.case_id
WHERE cases.kind = 'complaint' AND case_residents.vulnerability
GROUP BY case_residents.landlord_id, cases.received_on
UNION ALL
SELECT case_residents.landlord_id, cases.received_on, 'adjustment' AS characteristic, 'told' AS answer, count(*) AS residents
FROM case_residents JOIN cases ON cases.id = case_residents.case_id
WHERE cases.kind = 'complaint' AND case_residents.adjustment
GROUP BY case_residents.landlord_id, cases.received_on;

-- The calendar that a landlord's dates are counted on.
CREATE VIEW report_calendar AS
SELECT landlords.id AS landlord_id, number, version, body
FROM landlords JOIN calendars ON number = (SELECT max(number) FROM calendars);

-- The log: what a year is counted anew from under another policy. It holds no words and no names.
CREATE VIEW report_events AS
SELECT landlord_id, case_id, sequence, body AS event, digest FROM case_events;
