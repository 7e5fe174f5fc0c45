-- What was attached to a case. The file itself stands in the store of documents, under a key that says nothing. A row is there before
-- its file and after it: `arriving` while the file comes, `kept` when all of it is there, `removed` from when it is to go and without a
-- key once it has gone; `abandoned` where it never came whole. The name is what the resident or officer gave it, and can be erased.
CREATE TABLE documents (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('arriving', 'abandoned', 'kept', 'removed')),
    object_key TEXT COLLATE "C" UNIQUE,
    name TEXT,
    kind TEXT COLLATE "C" NOT NULL,
    resident INTEGER CHECK (resident > 0),
    media_type TEXT COLLATE "C" NOT NULL,
    size BIGINT CHECK (size > 0),
    digest TEXT COLLATE "C",
    added_at TIMESTAMP NOT NULL,
    added_by TEXT COLLATE "C" NOT NULL,
    removed_at TIMESTAMP,
    removed_by TEXT COLLATE "C",
    removed_why TEXT COLLATE "C",
    CHECK ((state IN ('arriving', 'abandoned')) = (digest IS NULL)),
    CHECK ((digest IS NULL) = (size IS NULL)),
    CHECK (state = 'removed' OR object_key IS NOT NULL),
    CHECK ((state = 'removed') = (removed_at IS NOT NULL))
);
CREATE INDEX documents_by_case ON documents (case_id, id);
-- Only what is on its way in or out: it does not grow with what is kept.
CREATE INDEX documents_under_way ON documents (state, added_at) WHERE state <> 'kept' AND object_key IS NOT NULL;
