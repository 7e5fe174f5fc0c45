-- Letters that were issued, byte for byte as they were. What they say is personal data and can be erased; their digests stay.
CREATE TABLE issued_letters (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    landlord_id TEXT COLLATE "C" NOT NULL,
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    letter TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    addressee INTEGER NOT NULL,
    issued_at TIMESTAMP NOT NULL,
    issued_by TEXT COLLATE "C" NOT NULL,
    template TEXT COLLATE "C" NOT NULL,
    html_digest TEXT COLLATE "C" NOT NULL,
    text_digest TEXT COLLATE "C" NOT NULL,
    html TEXT,
    plain TEXT,
    erased_at TIMESTAMP,
    replaces TEXT COLLATE "C" REFERENCES issued_letters (id),
    replaced_at TIMESTAMP,
    CHECK ((html IS NULL) = (erased_at IS NOT NULL) AND (plain IS NULL) = (erased_at IS NOT NULL))
);
CREATE INDEX issued_letters_by_case ON issued_letters (case_id, id);
-- One stands for each letter and addressee.
CREATE UNIQUE INDEX issued_letters_that_stand ON issued_letters (case_id, letter, addressee)
WHERE replaced_at IS NULL;
