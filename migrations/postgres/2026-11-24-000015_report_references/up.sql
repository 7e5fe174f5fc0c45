-- All references of cases, of which a report's own view has the first alone: what is published is looked through for every one of them. No report
-- is made from it, and no extract has it.
CREATE VIEW report_references AS SELECT landlord_id, value FROM case_references;
