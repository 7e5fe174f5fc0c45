-- What is owed names its clause, and keeps what has been told of it: that fewer than so many working days are left has not been told yet,
-- nor that its time is over; null where all has been told. A date that moves begins anew.
ALTER TABLE case_deadlines ADD COLUMN clause TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE case_deadlines ADD COLUMN untold_below INTEGER DEFAULT 1000;
-- Only what is still to be told of: it does not grow as what is overdue piles up.
CREATE INDEX case_deadlines_untold ON case_deadlines (landlord_id, due_on, case_id, name, clock)
WHERE untold_below IS NOT NULL;

-- Until when the resident may do something: nobody owes it, so that it stands apart from what is owed.
CREATE TABLE case_windows (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    landlord_id TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    due_on DATE NOT NULL,
    clause TEXT COLLATE "C" NOT NULL,
    untold_below INTEGER DEFAULT 1000,
    PRIMARY KEY (case_id, name)
);
CREATE INDEX case_windows_untold ON case_windows (landlord_id, due_on, case_id, name)
WHERE untold_below IS NOT NULL;

-- The calendars that dates have been counted on besides those that came with the program, in the order in which they held.
CREATE TABLE calendars (
    number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
    version TEXT COLLATE "C" NOT NULL UNIQUE,
    -- The version of the calendar that came with the program and is part of it.
    release TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    body TEXT NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

-- How asking for bank holidays went, by where they are asked for.
CREATE TABLE calendar_sources (
    source TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    asked_at TIMESTAMP NOT NULL,
    answered_at TIMESTAMP,
    etag TEXT COLLATE "C",
    failure TEXT COLLATE "C",
    unlisted TEXT NOT NULL
);

-- How far a duty has come that takes many rounds, and towards what.
CREATE TABLE duty_marks (
    duty TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    goal TEXT COLLATE "C" NOT NULL,
    place TEXT COLLATE "C" NOT NULL,
    reached_at TIMESTAMP
);
