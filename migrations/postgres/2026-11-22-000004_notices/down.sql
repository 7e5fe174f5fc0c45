-- Without notices, the lines of the feed that are theirs go, and the numbers close up.
CREATE TEMPORARY TABLE kept_feed ON COMMIT DROP AS
TABLE feed;
DROP TABLE feed;
CREATE TABLE feed (
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    number BIGINT NOT NULL CHECK (number > 0),
    case_id TEXT COLLATE "C" NOT NULL,
    sequence INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (landlord_id, number),
    UNIQUE (case_id, sequence),
    FOREIGN KEY (case_id, sequence) REFERENCES case_events (case_id, sequence)
);
INSERT INTO feed (landlord_id, number, case_id, sequence, kind)
SELECT landlord_id, row_number() OVER (PARTITION BY landlord_id ORDER BY number), case_id, sequence, kind
FROM kept_feed WHERE sequence IS NOT NULL;
DROP TABLE kept_feed;
CREATE INDEX feed_by_kind ON feed (landlord_id, kind, number);
CREATE INDEX feed_by_case ON feed (landlord_id, case_id, number);
UPDATE feed_heads SET last = (SELECT count(*) FROM feed WHERE feed.landlord_id = feed_heads.landlord_id);
CREATE TEMPORARY TABLE kept_feed_waiting ON COMMIT DROP AS
TABLE feed_waiting;
DROP TABLE feed_waiting;
CREATE TABLE feed_waiting (
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    case_id TEXT COLLATE "C" NOT NULL,
    sequence INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (landlord_id, case_id, sequence)
);
INSERT INTO feed_waiting (landlord_id, case_id, sequence, kind, recorded_at)
SELECT landlord_id, case_id, sequence, kind, recorded_at FROM kept_feed_waiting WHERE sequence > 0;
DROP TABLE kept_feed_waiting;
DROP TABLE leases;
DROP TABLE notices;
