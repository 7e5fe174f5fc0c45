-- What the service noticed by itself, such as that a deadline has passed: no command made it, and it changes no case. Each comes once,
-- which its key sees to. It holds ids, dates and codes, and nothing that a resident wrote.
CREATE TABLE notices (
    id TEXT NOT NULL PRIMARY KEY,
    landlord_id TEXT NOT NULL REFERENCES landlords (id),
    case_id TEXT REFERENCES cases (id),
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    body TEXT NOT NULL,
    occurred_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    UNIQUE (landlord_id, key)
) STRICT;
CREATE INDEX notices_by_case ON notices (case_id);

-- Which instance does what only one may do at a time, and until when it has the right to.
CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until TEXT NOT NULL
) STRICT;

-- The feed takes notices too: a line is of an event or of a notice, and a notice may be of no case.
CREATE TEMPORARY TABLE kept_feed AS
SELECT * FROM feed;
DROP TABLE feed;
CREATE TABLE feed (
    landlord_id TEXT NOT NULL REFERENCES landlords (id),
    number INTEGER NOT NULL CHECK (number > 0),
    case_id TEXT,
    sequence INTEGER,
    notice_id TEXT REFERENCES notices (id),
    kind TEXT NOT NULL,
    PRIMARY KEY (landlord_id, number),
    UNIQUE (case_id, sequence),
    UNIQUE (notice_id),
    FOREIGN KEY (case_id, sequence) REFERENCES case_events (case_id, sequence),
    CHECK ((sequence IS NULL) <> (notice_id IS NULL)),
    CHECK (sequence IS NULL OR case_id IS NOT NULL)
) STRICT;
INSERT INTO feed (landlord_id, number, case_id, sequence, kind)
SELECT landlord_id, number, case_id, sequence, kind FROM kept_feed;
DROP TABLE kept_feed;
CREATE INDEX feed_by_kind ON feed (landlord_id, kind, number);
CREATE INDEX feed_by_case ON feed (landlord_id, case_id, number);

-- What waits for its number: of an event, the case and the sequence; of a notice, its id and 0.
CREATE TEMPORARY TABLE kept_feed_waiting AS
SELECT * FROM feed_waiting;
DROP TABLE feed_waiting;
CREATE TABLE feed_waiting (
    landlord_id TEXT NOT NULL REFERENCES landlords (id),
    source TEXT NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence >= 0),
    case_id TEXT,
    kind TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (landlord_id, source, sequence)
) STRICT;
INSERT INTO feed_waiting (landlord_id, source, sequence, case_id, kind, recorded_at)
SELECT landlord_id, case_id, sequence, case_id, kind, recorded_at FROM kept_feed_waiting;
DROP TABLE kept_feed_waiting;
