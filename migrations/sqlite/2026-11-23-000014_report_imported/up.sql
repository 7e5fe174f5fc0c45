-- Whether a case's history came in from another system: then no workflow of ours held it to anything.
DROP VIEW report_cases;
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
    settled_on,
    EXISTS (SELECT 1 FROM case_events WHERE case_id = cases.id AND sequence = 1 AND json_extract(body, '$.imported'))
        AS imported
FROM cases;
