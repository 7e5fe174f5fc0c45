-- What is owed names its clause, and keeps what has been told of it: that fewer than so many working days are left has not been told yet,
-- nor that its time is over; null where all has been told. A date that moves begins anew.
ALTER TABLE case_deadlines ADD COLUMN clause TEXT NOT NULL DEFAULT '';
ALTER TABLE case_deadlines ADD COLUMN untold_below INTEGER DEFAULT 1000;
-- Only what is still to be told of: it does not grow as what is overdue piles up.
CREATE INDEX case_deadlines_untold ON case_deadlines (landlord_id, due_on, case_id, name, clock)
WHERE untold_below IS NOT NULL;

-- Until when the resident may do something: nobody owes it, so that it stands apart from what is owed.
CREATE TABLE case_windows (
    case_id TEXT NOT NULL REFERENCES cases (id),
    landlord_id TEXT NOT NULL,
    name TEXT NOT NULL,
    due_on TEXT NOT NULL,
    clause TEXT NOT NULL,
    untold_below INTEGER DEFAULT 1000,
    PRIMARY KEY (case_id, name)
) STRICT;
CREATE INDEX case_windows_untold ON case_windows (landlord_id, due_on, case_id, name)
WHERE untold_below IS NOT NULL;

-- The calendars that dates have been counted on besides those that came with the program, in the order in which they held.
CREATE TABLE calendars (
    number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
    version TEXT NOT NULL UNIQUE,
    -- The version of the calendar that came with the program and is part of it.
    release TEXT NOT NULL,
    source TEXT NOT NULL,
    body TEXT NOT NULL,
    digest TEXT NOT NULL,
    recorded_at TEXT NOT NULL
) STRICT;

-- How asking for bank holidays went, by where they are asked for.
CREATE TABLE calendar_sources (
    source TEXT NOT NULL PRIMARY KEY,
    asked_at TEXT NOT NULL,
    answered_at TEXT,
    etag TEXT,
    failure TEXT,
    unlisted TEXT NOT NULL
) STRICT;

-- How far a duty has come that takes many rounds, and towards what.
CREATE TABLE duty_marks (
    duty TEXT NOT NULL PRIMARY KEY,
    goal TEXT NOT NULL,
    place TEXT NOT NULL,
    reached_at TEXT
) STRICT;
