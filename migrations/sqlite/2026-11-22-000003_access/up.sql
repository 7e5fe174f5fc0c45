-- Who may ask. Of a key's secret only the digest is kept.
CREATE TABLE api_keys (
    id TEXT NOT NULL PRIMARY KEY,
    landlord_id TEXT NOT NULL REFERENCES landlords (id),
    prefix TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    expires_at TEXT,
    revoked_at TEXT,
    replaced_by TEXT REFERENCES api_keys (id),
    last_used_at TEXT
) STRICT;
CREATE INDEX api_keys_by_landlord ON api_keys (landlord_id, created_at, id);

-- What was answered under an Idempotency-Key, kept with its effect. The key itself may say anything; its digest is kept.
CREATE TABLE kept_answers (
    landlord_id TEXT NOT NULL REFERENCES landlords (id),
    key_digest TEXT NOT NULL,
    request_digest TEXT NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    body TEXT NOT NULL,
    kept_at TEXT NOT NULL,
    PRIMARY KEY (landlord_id, key_digest)
) STRICT;
CREATE INDEX kept_answers_by_age ON kept_answers (kept_at);
