DROP VIEW report_people;
