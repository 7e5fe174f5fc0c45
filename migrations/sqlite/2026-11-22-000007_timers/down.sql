DROP TABLE duty_marks;
DROP TABLE calendar_sources;
DROP TABLE calendars;
DROP TABLE case_windows;
DROP INDEX case_deadlines_untold;
ALTER TABLE case_deadlines DROP COLUMN untold_below;
ALTER TABLE case_deadlines DROP COLUMN clause;
