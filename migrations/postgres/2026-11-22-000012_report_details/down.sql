DROP VIEW report_events;
DROP VIEW report_calendar;
DROP VIEW report_equality;
DROP VIEW report_restrictions;
DROP VIEW report_extensions;
DROP VIEW report_risks;
DROP VIEW report_learning;
DROP VIEW report_orders;
DROP VIEW report_findings;
DROP VIEW report_actions;
DROP VIEW report_remedies;
DROP VIEW report_escalations;
DROP VIEW report_stages;
DROP VIEW report_cases;
DROP VIEW report_stock;
DROP TABLE case_residents;
DROP TABLE case_restrictions;
DROP TABLE case_extensions;
DROP TABLE case_risks;
ALTER TABLE case_findings DROP COLUMN about;
ALTER TABLE case_actions DROP COLUMN owner;
ALTER TABLE case_remedies DROP COLUMN due_on;
ALTER TABLE case_remedies DROP COLUMN basis;
ALTER TABLE case_escalations DROP COLUMN decided_on;
ALTER TABLE case_stages DROP COLUMN first_contact;
ALTER TABLE case_stages DROP COLUMN directed_on;
ALTER TABLE cases DROP COLUMN settled_on;
ALTER TABLE cases DROP COLUMN referred_on;

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
    code_id
FROM cases;

CREATE VIEW report_stages AS
SELECT
    landlord_id, case_id, stage, requested_on, logged_on, acknowledged_on, responded_on, outcome,
    policy_acknowledge_due_on, policy_respond_due_on, policy_extended_due_on,
    code_acknowledge_due_on, code_respond_due_on, code_respond_due_as_acknowledged_on, code_extended_due_on,
    extensions, updates, updates_agreed, updates_late
FROM case_stages;

CREATE VIEW report_escalations AS
SELECT landlord_id, case_id, requested_on, reasons_given, outcome, late FROM case_escalations;

CREATE VIEW report_remedies AS
SELECT landlord_id, case_id, stage, remedy, kind, pence, offered_on, accepted_on, declined_on, lapsed_on,
    paid_pence, offset_pence
FROM case_remedies;

CREATE VIEW report_actions AS
SELECT landlord_id, case_id, action, stage, due_on, done_on FROM case_actions;

CREATE VIEW report_findings AS
SELECT landlord_id, case_id, reference, determined_on, issue, finding FROM case_findings;

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
