DROP INDEX cases_open;
DROP INDEX cases_open_by_handler;
CREATE INDEX cases_open ON cases (landlord_id, received_on, id)
WHERE phase NOT IN ('refused', 'escalation-refused', 'closed', 'withdrawn', 'settled');
CREATE INDEX cases_open_by_handler ON cases (landlord_id, handler, received_on, id)
WHERE phase NOT IN ('refused', 'escalation-refused', 'closed', 'withdrawn', 'settled');
