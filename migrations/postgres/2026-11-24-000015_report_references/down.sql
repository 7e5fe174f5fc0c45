DROP VIEW report_references;
