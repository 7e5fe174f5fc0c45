-- Letters that were issued, byte for byte as they were. What they say is personal data and can be erased; their digests stay.
CREATE TABLE issued_letters (
    id TEXT NOT NULL PRIMARY KEY,
    landlord_id TEXT NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id),
    letter TEXT NOT NULL,
    kind TEXT NOT NULL,
    addressee INTEGER NOT NULL,
    issued_at TEXT NOT NULL,
    issued_by TEXT NOT NULL,
    template TEXT NOT NULL,
    html_digest TEXT NOT NULL,
    text_digest TEXT NOT NULL,
    html TEXT,
    plain TEXT,
    erased_at TEXT,
    replaces TEXT REFERENCES issued_letters (id),
    replaced_at TEXT,
    CHECK ((html IS NULL) = (erased_at IS NOT NULL) AND (plain IS NULL) = (erased_at IS NOT NULL))
) STRICT;
CREATE INDEX issued_letters_by_case ON issued_letters (case_id, id);
-- One stands for each letter and addressee.
CREATE UNIQUE INDEX issued_letters_that_stand ON issued_letters (case_id, letter, addressee)
WHERE replaced_at IS NULL;
