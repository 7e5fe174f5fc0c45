DROP INDEX cases_by_origin;
DROP INDEX case_records_people;
DROP TABLE personal_access;
DROP TABLE case_holds;
DROP TABLE erased_records;
DROP TABLE erasures;
