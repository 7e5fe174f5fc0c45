-- What the service noticed by itself, such as that a deadline has passed: no command made it, and it changes no case. Each comes once,
-- which its key sees to. It holds ids, dates and codes, and nothing that a resident wrote.
CREATE TABLE notices (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    case_id TEXT COLLATE "C" REFERENCES cases (id),
    kind TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    body TEXT NOT NULL,
    occurred_at TIMESTAMP NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    UNIQUE (landlord_id, key)
);
CREATE INDEX notices_by_case ON notices (case_id);

-- Which instance does what only one may do at a time, and until when it has the right to.
CREATE TABLE leases (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    holder TEXT COLLATE "C" NOT NULL,
    until TIMESTAMP NOT NULL
);

-- The feed takes notices too: a line is of an event or of a notice, and a notice may be of no case.
CREATE TEMPORARY TABLE kept_feed ON COMMIT DROP AS
TABLE feed;
DROP TABLE feed;
CREATE TABLE feed (
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    number BIGINT NOT NULL CHECK (number > 0),
    case_id TEXT COLLATE "C",
    sequence INTEGER,
    notice_id TEXT COLLATE "C" REFERENCES notices (id),
    kind TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (landlord_id, number),
    UNIQUE (case_id, sequence),
    UNIQUE (notice_id),
    FOREIGN KEY (case_id, sequence) REFERENCES case_events (case_id, sequence),
    CHECK ((sequence IS NULL) <> (notice_id IS NULL)),
    CHECK (sequence IS NULL OR case_id IS NOT NULL)
);
INSERT INTO feed (landlord_id, number, case_id, sequence, kind)
SELECT landlord_id, number, case_id, sequence, kind FROM kept_feed;
DROP TABLE kept_feed;
CREATE INDEX feed_by_kind ON feed (landlord_id, kind, number);
CREATE INDEX feed_by_case ON feed (landlord_id, case_id, number);

-- What waits for its number: of an event, the case and the sequence; of a notice, its id and 0.
CREATE TEMPORARY TABLE kept_feed_waiting ON COMMIT DROP AS
TABLE feed_waiting;
DROP TABLE feed_waiting;
CREATE TABLE feed_waiting (
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    source TEXT COLLATE "C" NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence >= 0),
    case_id TEXT COLLATE "C",
    kind TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (landlord_id, source, sequence)
);
INSERT INTO feed_waiting (landlord_id, source, sequence, case_id, kind, recorded_at)
SELECT landlord_id, case_id, sequence, case_id, kind, recorded_at FROM kept_feed_waiting;
DROP TABLE kept_feed_waiting;
