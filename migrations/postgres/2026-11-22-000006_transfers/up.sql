-- Histories that are brought in: each a file with its mapping, how far it has been read, and what came of it.
CREATE TABLE imports (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    state TEXT COLLATE "C" NOT NULL,
    mapping TEXT NOT NULL,
    special_category BOOLEAN NOT NULL,
    dry_run BOOLEAN NOT NULL,
    origin TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    upload TEXT COLLATE "C",
    file_bytes BIGINT,
    file_digest TEXT COLLATE "C",
    started_at TIMESTAMP,
    stepped_at TIMESTAMP,
    ended_at TIMESTAMP,
    bytes_read BIGINT NOT NULL,
    rows_read BIGINT NOT NULL,
    rows_failed BIGINT NOT NULL,
    cases_made BIGINT NOT NULL,
    cases_unchanged BIGINT NOT NULL,
    events_made BIGINT NOT NULL,
    errors BIGINT NOT NULL,
    why TEXT
);
CREATE INDEX imports_by_landlord ON imports (landlord_id, created_at, id);
CREATE INDEX imports_running ON imports (id) WHERE state = 'running';

-- The file, in pieces, until it has been read. What another upload left behind is of no use.
CREATE TABLE import_chunks (
    import_id TEXT COLLATE "C" NOT NULL REFERENCES imports (id),
    upload TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL CHECK (number >= 0),
    bytes BYTEA NOT NULL,
    PRIMARY KEY (import_id, upload, number)
);

-- What is wrong with its rows, without a word of what stood there.
CREATE TABLE import_errors (
    import_id TEXT COLLATE "C" NOT NULL REFERENCES imports (id),
    number BIGINT NOT NULL CHECK (number > 0),
    row_number BIGINT NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    source TEXT,
    code TEXT COLLATE "C" NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (import_id, number)
);

-- The cases that came so, with a digest of what they came as: the same again changes nothing. What was due before that day is not told
-- of as news.
CREATE TABLE imported_cases (
    case_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES cases (id),
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    import_id TEXT COLLATE "C" NOT NULL REFERENCES imports (id),
    digest TEXT COLLATE "C" NOT NULL,
    imported_on DATE NOT NULL
);
CREATE INDEX imported_cases_by_import ON imported_cases (import_id);
