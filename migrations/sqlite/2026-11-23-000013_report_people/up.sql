-- Whose names and addresses must not stand in anything that is published: what is published is looked through for them. No report is
-- made from it, and no extract has it.
CREATE VIEW report_people AS SELECT landlord_id, body AS person FROM case_records WHERE kind = 'person';
