-- Histories that are brought in: each a file with its mapping, how far it has been read, and what came of it.
CREATE TABLE imports (
    id TEXT NOT NULL PRIMARY KEY,
    landlord_id TEXT NOT NULL REFERENCES landlords (id),
    state TEXT NOT NULL,
    mapping TEXT NOT NULL,
    special_category INTEGER NOT NULL,
    dry_run INTEGER NOT NULL,
    origin TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    upload TEXT,
    file_bytes INTEGER,
    file_digest TEXT,
    started_at TEXT,
    stepped_at TEXT,
    ended_at TEXT,
    bytes_read INTEGER NOT NULL,
    rows_read INTEGER NOT NULL,
    rows_failed INTEGER NOT NULL,
    cases_made INTEGER NOT NULL,
    cases_unchanged INTEGER NOT NULL,
    events_made INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    why TEXT
) STRICT;
CREATE INDEX imports_by_landlord ON imports (landlord_id, created_at, id);
CREATE INDEX imports_running ON imports (id) WHERE state = 'running';

-- The file, in pieces, until it has been read. What another upload left behind is of no use.
CREATE TABLE import_chunks (
    import_id TEXT NOT NULL REFERENCES imports (id),
    upload TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 0),
    bytes BLOB NOT NULL,
    PRIMARY KEY (import_id, upload, number)
) STRICT;

-- What is wrong with its rows, without a word of what stood there.
CREATE TABLE import_errors (
    import_id TEXT NOT NULL REFERENCES imports (id),
    number INTEGER NOT NULL CHECK (number > 0),
    row_number INTEGER NOT NULL,
    field TEXT NOT NULL,
    source TEXT,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (import_id, number)
) STRICT;

-- The cases that came so, with a digest of what they came as: the same again changes nothing. What was due before that day is not told
-- of as news.
CREATE TABLE imported_cases (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES cases (id),
    landlord_id TEXT NOT NULL REFERENCES landlords (id),
    import_id TEXT NOT NULL REFERENCES imports (id),
    digest TEXT NOT NULL,
    imported_on TEXT NOT NULL
) STRICT;
CREATE INDEX imported_cases_by_import ON imported_cases (import_id);
