-- Who may ask. Of a key's secret only the digest is kept.
CREATE TABLE api_keys (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    prefix TEXT COLLATE "C" NOT NULL UNIQUE,
    digest TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    scopes TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    expires_at TIMESTAMP,
    revoked_at TIMESTAMP,
    replaced_by TEXT COLLATE "C" REFERENCES api_keys (id),
    last_used_at TIMESTAMP
);
CREATE INDEX api_keys_by_landlord ON api_keys (landlord_id, created_at, id);

-- What was answered under an Idempotency-Key, kept with its effect. The key itself may say anything; its digest is kept.
CREATE TABLE kept_answers (
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    key_digest TEXT COLLATE "C" NOT NULL,
    request_digest TEXT COLLATE "C" NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    body TEXT NOT NULL,
    kept_at TIMESTAMP NOT NULL,
    PRIMARY KEY (landlord_id, key_digest)
);
CREATE INDEX kept_answers_by_age ON kept_answers (kept_at);
