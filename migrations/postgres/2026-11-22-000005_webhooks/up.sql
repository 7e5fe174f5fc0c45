-- Who is told of what stands in the feed. The secrets are here as they are: what signs has to be had, and a digest signs nothing.
CREATE TABLE webhook_endpoints (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    types TEXT COLLATE "C" NOT NULL,
    secret TEXT NOT NULL,
    previous_secret TEXT,
    previous_until TIMESTAMP,
    told_to BIGINT NOT NULL CHECK (told_to >= 0),
    failing_since TIMESTAMP,
    rests_until TIMESTAMP,
    disabled_at TIMESTAMP,
    disabled_why TEXT COLLATE "C",
    created_at TIMESTAMP NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    CHECK ((previous_secret IS NULL) = (previous_until IS NULL)),
    CHECK ((disabled_at IS NULL) = (disabled_why IS NULL))
);
CREATE INDEX webhook_endpoints_by_landlord ON webhook_endpoints (landlord_id, created_at, id);

-- What is to be told, was told, or was given up. Of those in one lane, which is of one case, one at a time is out: the rest wait.
-- `due_at` is the time of the next try, and of one that is being sent, the time at which whoever took it has lost it; of any other there
-- is none.
CREATE TABLE webhook_deliveries (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    endpoint_id TEXT COLLATE "C" NOT NULL REFERENCES webhook_endpoints (id),
    message TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    number BIGINT,
    case_id TEXT COLLATE "C",
    sequence INTEGER,
    notice_id TEXT COLLATE "C",
    occurred_at TIMESTAMP NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    lane TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'pending', 'delivering', 'delivered', 'failed')),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    due_at TIMESTAMP,
    claim TEXT COLLATE "C",
    last_attempt_at TIMESTAMP,
    last_status INTEGER,
    last_problem TEXT COLLATE "C",
    ended_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (endpoint_id, message),
    CHECK ((due_at IS NOT NULL) = (state IN ('pending', 'delivering'))),
    CHECK ((claim IS NOT NULL) = (state = 'delivering')),
    CHECK ((ended_at IS NOT NULL) = (state IN ('delivered', 'failed')))
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, due_at);
CREATE INDEX webhook_deliveries_in_lane ON webhook_deliveries (endpoint_id, lane, state, number);
CREATE INDEX webhook_deliveries_by_number ON webhook_deliveries (endpoint_id, number);
CREATE INDEX webhook_deliveries_by_state ON webhook_deliveries (endpoint_id, state, id);
CREATE INDEX webhook_deliveries_by_end ON webhook_deliveries (ended_at, recorded_at);
