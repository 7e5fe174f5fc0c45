-- That personal data was erased: of one resident or representative of a case, or all of its words. It holds no personal data.
CREATE TABLE erasures (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    scope TEXT COLLATE "C" NOT NULL CHECK (scope IN ('resident', 'representative', 'case')),
    resident INTEGER CHECK (resident > 0),
    reason TEXT COLLATE "C" NOT NULL,
    records INTEGER NOT NULL CHECK (records >= 0),
    documents INTEGER NOT NULL CHECK (documents >= 0),
    erased_at TIMESTAMP NOT NULL,
    erased_by TEXT COLLATE "C" NOT NULL,
    CHECK ((scope = 'resident') = (resident IS NOT NULL))
);
CREATE INDEX erasures_by_case ON erasures (case_id, id);

-- What stands in the place of a record that was erased, so that it can be told from one that was lost.
CREATE TABLE erased_records (
    record_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    erasure_id TEXT COLLATE "C" NOT NULL REFERENCES erasures (id),
    erased_at TIMESTAMP NOT NULL
);

-- Reasons of law for which nothing of a case may be erased, and until when each held.
CREATE TABLE case_holds (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    reason TEXT COLLATE "C" NOT NULL,
    placed_at TIMESTAMP NOT NULL,
    placed_by TEXT COLLATE "C" NOT NULL,
    lifted_at TIMESTAMP,
    lifted_by TEXT COLLATE "C",
    CHECK ((lifted_at IS NULL) = (lifted_by IS NULL))
);
CREATE UNIQUE INDEX case_holds_in_force ON case_holds (case_id) WHERE lifted_at IS NULL;

-- Who looked for a resident, or had given out or erased what is held on one: ids alone.
CREATE TABLE personal_access (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    what TEXT COLLATE "C" NOT NULL,
    subjects TEXT NOT NULL,
    accessed_at TIMESTAMP NOT NULL,
    accessed_by TEXT COLLATE "C" NOT NULL,
    request_id TEXT COLLATE "C" NOT NULL
);
CREATE INDEX personal_access_by_landlord ON personal_access (landlord_id, id);

-- People are looked for over all cases, and a complaint that came of another shares that one's records.
CREATE INDEX case_records_people ON case_records (landlord_id, id) WHERE kind = 'person';
CREATE INDEX cases_by_origin ON cases (came_from) WHERE came_from IS NOT NULL;
