-- Which cases are open is said without a list: SQLite would put a list into a table of its own whenever a case is written.
DROP INDEX cases_open;
DROP INDEX cases_open_by_handler;
CREATE INDEX cases_open ON cases (landlord_id, received_on, id)
WHERE phase <> 'refused' AND phase <> 'escalation-refused' AND phase <> 'closed' AND phase <> 'withdrawn' AND phase <> 'settled';
CREATE INDEX cases_open_by_handler ON cases (landlord_id, handler, received_on, id)
WHERE phase <> 'refused' AND phase <> 'escalation-refused' AND phase <> 'closed' AND phase <> 'withdrawn' AND phase <> 'settled';
