-- What the reporter reads, and nothing else: these columns are the contract between the two programs.

CREATE VIEW report_landlords AS
SELECT id AS landlord_id, name, policy_id, year_end_month, year_end_day FROM landlords;

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

CREATE VIEW report_categories AS
SELECT landlord_id, case_id, category FROM case_categories;

CREATE VIEW report_refusals AS
SELECT landlord_id, case_id, what, refused_on, ground, clause, discretion_considered, overturned_on FROM case_refusals;

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

CREATE VIEW report_failure_orders AS
SELECT landlord_id, case_id, reference, type, issued_on, due_on, complied_on FROM case_failure_orders;

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

CREATE VIEW report_surveys AS
SELECT landlord_id, case_id, stage, answer, answered_on FROM case_surveys;
