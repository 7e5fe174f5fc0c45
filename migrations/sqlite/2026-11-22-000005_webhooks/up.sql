-- Who is told of what stands in the feed. The secrets are here as they are: what signs has to be had, and a digest signs nothing.
CREATE TABLE webhook_endpoints (
    id TEXT NOT NULL PRIMARY KEY,
    landlord_id TEXT NOT NULL REFERENCES landlords (id),
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    types TEXT NOT NULL,
    secret TEXT NOT NULL,
    previous_secret TEXT,
    previous_until TEXT,
    told_to INTEGER NOT NULL CHECK (told_to >= 0),
    failing_since TEXT,
    rests_until TEXT,
    disabled_at TEXT,
    disabled_why TEXT,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    CHECK ((previous_secret IS NULL) = (previous_until IS NULL)),
    CHECK ((disabled_at IS NULL) = (disabled_why IS NULL))
) STRICT;
CREATE INDEX webhook_endpoints_by_landlord ON webhook_endpoints (landlord_id, created_at, id);

-- What is to be told, was told, or was given up. Of those in one lane, which is of one case, one at a time is out: the rest wait.
-- `due_at` is the time of the next try, and of one that is being sent, the time at which whoever took it has lost it; of any other there
-- is none.
CREATE TABLE webhook_deliveries (
    id TEXT NOT NULL PRIMARY KEY,
    landlord_id TEXT NOT NULL REFERENCES landlords (id),
    endpoint_id TEXT NOT NULL REFERENCES webhook_endpoints (id),
    message TEXT NOT NULL,
    kind TEXT NOT NULL,
    number INTEGER,
    case_id TEXT,
    sequence INTEGER,
    notice_id TEXT,
    occurred_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    lane TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'pending', 'delivering', 'delivered', 'failed')),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    due_at TEXT,
    claim TEXT,
    last_attempt_at TEXT,
    last_status INTEGER,
    last_problem TEXT,
    ended_at TEXT,
    created_at TEXT NOT NULL,
    UNIQUE (endpoint_id, message),
    CHECK ((due_at IS NOT NULL) = (state IN ('pending', 'delivering'))),
    CHECK ((claim IS NOT NULL) = (state = 'delivering')),
    CHECK ((ended_at IS NOT NULL) = (state IN ('delivered', 'failed')))
) STRICT;
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, due_at);
CREATE INDEX webhook_deliveries_in_lane ON webhook_deliveries (endpoint_id, lane, state, number);
CREATE INDEX webhook_deliveries_by_number ON webhook_deliveries (endpoint_id, number);
CREATE INDEX webhook_deliveries_by_state ON webhook_deliveries (endpoint_id, state, id);
CREATE INDEX webhook_deliveries_by_end ON webhook_deliveries (ended_at, recorded_at);
