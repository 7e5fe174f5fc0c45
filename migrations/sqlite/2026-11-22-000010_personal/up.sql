-- That personal data was erased: of one resident or representative of a case, or all of its words. It holds no personal data.
CREATE TABLE erasures (
    id TEXT NOT NULL PRIMARY KEY,
    landlord_id TEXT NOT NULL REFERENCES landlords (id),
    case_id TEXT NOT NULL REFERENCES cases (id),
    scope TEXT NOT NULL CHECK (scope IN ('resident', 'representative', 'case')),
    resident INTEGER CHECK (resident > 0),
    reason TEXT NOT NULL,
    records INTEGER NOT NULL CHECK (records >= 0),
    documents INTEGER NOT NULL CHECK (documents >= 0),
    erased_at TEXT NOT NULL,
    erased_by TEXT NOT NULL,
    CHECK ((scope = 'resident') = (resident IS NOT NULL))
) STRICT;
CREATE INDEX erasures_by_case ON erasures (case_id, id);

-- What stands in the place of a record that was erased, so that it can be told from one that was lost.
CREATE TABLE erased_records (
    record_id TEXT NOT NULL PRIMARY KEY,
    landlord_id TEXT NOT NULL REFERENCES landlords (id),
    case_id TEXT NOT NULL REFERENCES cases (id),
    erasure_id TEXT NOT NULL REFERENCES erasures (id),
    erased_at TEXT NOT NULL
) STRICT;

-- Reasons of law for which nothing of a case may be erased, and until when each held.
CREATE TABLE case_holds (
    id TEXT NOT NULL PRIMARY KEY,
    landlord_id TEXT NOT NULL REFERENCES landlords (id),
    case_id TEXT NOT NULL REFERENCES cases (id),
    reason TEXT NOT NULL,
    placed_at TEXT NOT NULL,
    placed_by TEXT NOT NULL,
    lifted_at TEXT,
    lifted_by TEXT,
    CHECK ((lifted_at IS NULL) = (lifted_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX case_holds_in_force ON case_holds (case_id) WHERE lifted_at IS NULL;

-- Who looked for a resident, or had given out or erased what is held on one: ids alone.
CREATE TABLE personal_access (
    id TEXT NOT NULL PRIMARY KEY,
    landlord_id TEXT NOT NULL REFERENCES landlords (id),
    what TEXT NOT NULL,
    subjects TEXT NOT NULL,
    accessed_at TEXT NOT NULL,
    accessed_by TEXT NOT NULL,
    request_id TEXT NOT NULL
) STRICT;
CREATE INDEX personal_access_by_landlord ON personal_access (landlord_id, id);

-- People are looked for over all cases, and a complaint that came of another shares that one's records.
CREATE INDEX case_records_people ON case_records (landlord_id, id) WHERE kind = 'person';
CREATE INDEX cases_by_origin ON cases (came_from) WHERE came_from IS NOT NULL;
