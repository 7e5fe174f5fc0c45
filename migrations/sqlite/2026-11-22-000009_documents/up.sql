-- What was attached to a case. The file itself stands in the store of documents, under a key that says nothing. A row is there before
-- its file and after it: `arriving` while the file comes, `kept` when all of it is there, `removed` from when it is to go and without a
-- key once it has gone; `abandoned` where it never came whole. The name is what the resident or officer gave it, and can be erased.
CREATE TABLE documents (
    id TEXT NOT NULL PRIMARY KEY,
    landlord_id TEXT NOT NULL REFERENCES landlords (id),
    case_id TEXT NOT NULL REFERENCES cases (id),
    state TEXT NOT NULL CHECK (state IN ('arriving', 'abandoned', 'kept', 'removed')),
    object_key TEXT UNIQUE,
    name TEXT,
    kind TEXT NOT NULL,
    resident INTEGER CHECK (resident > 0),
    media_type TEXT NOT NULL,
    size INTEGER CHECK (size > 0),
    digest TEXT,
    added_at TEXT NOT NULL,
    added_by TEXT NOT NULL,
    removed_at TEXT,
    removed_by TEXT,
    removed_why TEXT,
    CHECK ((state IN ('arriving', 'abandoned')) = (digest IS NULL)),
    CHECK ((digest IS NULL) = (size IS NULL)),
    CHECK (state = 'removed' OR object_key IS NOT NULL),
    CHECK ((state = 'removed') = (removed_at IS NOT NULL))
) STRICT;
CREATE INDEX documents_by_case ON documents (case_id, id);
-- Only what is on its way in or out: it does not grow with what is kept.
CREATE INDEX documents_under_way ON documents (state, added_at) WHERE state <> 'kept' AND object_key IS NOT NULL;
