-- Instants are UTC; dates are London dates; money is pence. Words sort by their bytes, as in SQLite.

CREATE TABLE landlords (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    policy_id TEXT COLLATE "C" NOT NULL,
    year_end_month INTEGER NOT NULL,
    year_end_day INTEGER NOT NULL
);

-- Homes owned at the end of a reporting year, the divisor of the regulator's measures.
CREATE TABLE stock (
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    year_start DATE NOT NULL,
    stock_type TEXT COLLATE "C" NOT NULL,
    homes INTEGER NOT NULL CHECK (homes >= 0),
    PRIMARY KEY (landlord_id, year_start, stock_type)
);

-- A case as its events have left it. Written only together with its events.
CREATE TABLE cases (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    version INTEGER NOT NULL,
    made_by TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    phase TEXT COLLATE "C" NOT NULL,
    triage TEXT COLLATE "C" NOT NULL,
    stage INTEGER,
    handler TEXT COLLATE "C",
    next_due_on DATE,
    policy_id TEXT COLLATE "C" NOT NULL,
    code_id TEXT COLLATE "C" NOT NULL,
    came_from TEXT COLLATE "C",
    channel TEXT COLLATE "C" NOT NULL,
    stock_type TEXT COLLATE "C" NOT NULL,
    tenure TEXT COLLATE "C",
    service_area TEXT COLLATE "C",
    contractor TEXT COLLATE "C",
    area TEXT COLLATE "C",
    residents INTEGER NOT NULL,
    anonymous BOOLEAN NOT NULL,
    represented BOOLEAN NOT NULL,
    adjustments INTEGER NOT NULL,
    vulnerable BOOLEAN NOT NULL,
    hazard BOOLEAN NOT NULL,
    became_complaint BOOLEAN NOT NULL,
    received_on DATE NOT NULL,
    recorded_on DATE NOT NULL,
    directed_on DATE,
    closed_on DATE,
    closed_why TEXT COLLATE "C",
    withdrawn_on DATE,
    reopened INTEGER NOT NULL
);
CREATE INDEX cases_by_receipt ON cases (landlord_id, received_on, id);
CREATE INDEX cases_by_phase ON cases (landlord_id, phase, received_on, id);
CREATE INDEX cases_by_handler ON cases (landlord_id, handler, received_on, id);
-- Only those on which something is owed: it does not grow as closed cases pile up.
CREATE INDEX cases_by_next_due ON cases (landlord_id, next_due_on, id) WHERE next_due_on IS NOT NULL;
CREATE INDEX cases_open ON cases (landlord_id, received_on, id)
WHERE phase <> 'refused' AND phase <> 'escalation-refused' AND phase <> 'closed' AND phase <> 'withdrawn' AND phase <> 'settled';
CREATE INDEX cases_open_by_handler ON cases (landlord_id, handler, received_on, id)
WHERE phase <> 'refused' AND phase <> 'escalation-refused' AND phase <> 'closed' AND phase <> 'withdrawn' AND phase <> 'settled';

-- The log.
CREATE TABLE case_events (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    kind TEXT COLLATE "C" NOT NULL,
    body TEXT NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (case_id, sequence)
);

-- A landlord's events in one line, numbered 1, 2, 3 without a gap. An event is numbered after it is committed, so that no number ever
-- comes to be seen before a smaller one.
CREATE TABLE feed (
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    number BIGINT NOT NULL CHECK (number > 0),
    case_id TEXT COLLATE "C" NOT NULL,
    sequence INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (landlord_id, number),
    UNIQUE (case_id, sequence),
    FOREIGN KEY (case_id, sequence) REFERENCES case_events (case_id, sequence)
);
CREATE INDEX feed_by_kind ON feed (landlord_id, kind, number);
CREATE INDEX feed_by_case ON feed (landlord_id, case_id, number);

-- How far each landlord's events are numbered. Whoever numbers holds the row until the commit.
CREATE TABLE feed_heads (
    landlord_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES landlords (id),
    last BIGINT NOT NULL CHECK (last >= 0)
);

-- Events that are not numbered yet.
CREATE TABLE feed_waiting (
    landlord_id TEXT COLLATE "C" NOT NULL REFERENCES landlords (id),
    case_id TEXT COLLATE "C" NOT NULL,
    sequence INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (landlord_id, case_id, sequence)
);

-- Words and personal data: what the log refers to, and what can be erased without breaking it.
CREATE TABLE case_records (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    landlord_id TEXT COLLATE "C" NOT NULL,
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    kind TEXT COLLATE "C" NOT NULL,
    salt BYTEA NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX case_records_by_case ON case_records (case_id);

CREATE TABLE case_references (
    landlord_id TEXT COLLATE "C" NOT NULL,
    system TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    PRIMARY KEY (landlord_id, system, value)
);
CREATE INDEX case_references_by_case ON case_references (case_id);

CREATE TABLE case_categories (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    landlord_id TEXT COLLATE "C" NOT NULL,
    category TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (case_id, category)
);
CREATE INDEX case_categories_by_category ON case_categories (landlord_id, category, case_id);

CREATE TABLE case_stages (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    landlord_id TEXT COLLATE "C" NOT NULL,
    stage INTEGER NOT NULL CHECK (stage IN (1, 2)),
    requested_on DATE NOT NULL,
    logged_on DATE,
    acknowledged_on DATE,
    responded_on DATE,
    outcome TEXT COLLATE "C",
    policy_acknowledge_due_on DATE,
    policy_respond_due_on DATE,
    policy_extended_due_on DATE,
    code_acknowledge_due_on DATE,
    code_respond_due_on DATE,
    code_respond_due_as_acknowledged_on DATE,
    code_extended_due_on DATE,
    extensions INTEGER NOT NULL,
    updates INTEGER NOT NULL,
    updates_agreed BOOLEAN NOT NULL,
    updates_late INTEGER NOT NULL,
    PRIMARY KEY (case_id, stage)
);

CREATE TABLE case_deadlines (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    landlord_id TEXT COLLATE "C" NOT NULL,
    clock TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    due_on DATE NOT NULL,
    due_at TIMESTAMP,
    projected BOOLEAN NOT NULL,
    PRIMARY KEY (case_id, clock, name)
);
-- Only what is still owed stands here.
CREATE INDEX case_deadlines_by_date ON case_deadlines (landlord_id, due_on, case_id, name, clock);

CREATE TABLE case_refusals (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    landlord_id TEXT COLLATE "C" NOT NULL,
    what TEXT COLLATE "C" NOT NULL,
    number INTEGER NOT NULL,
    refused_on DATE NOT NULL,
    ground TEXT COLLATE "C" NOT NULL,
    clause TEXT COLLATE "C" NOT NULL,
    discretion_considered BOOLEAN NOT NULL,
    overturned_on DATE,
    PRIMARY KEY (case_id, what, number)
);
CREATE INDEX case_refusals_by_date ON case_refusals (landlord_id, refused_on, case_id, what, number);

CREATE TABLE case_escalations (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    landlord_id TEXT COLLATE "C" NOT NULL,
    number INTEGER NOT NULL,
    requested_on DATE NOT NULL,
    reasons_given BOOLEAN NOT NULL,
    outcome TEXT COLLATE "C" NOT NULL,
    late BOOLEAN NOT NULL,
    PRIMARY KEY (case_id, number)
);

CREATE TABLE case_remedies (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    landlord_id TEXT COLLATE "C" NOT NULL,
    remedy INTEGER NOT NULL,
    stage INTEGER,
    kind TEXT COLLATE "C" NOT NULL,
    pence BIGINT,
    offered_on DATE NOT NULL,
    accepted_on DATE,
    declined_on DATE,
    lapsed_on DATE,
    paid_pence BIGINT,
    offset_pence BIGINT,
    PRIMARY KEY (case_id, remedy)
);

CREATE TABLE case_actions (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    landlord_id TEXT COLLATE "C" NOT NULL,
    action INTEGER NOT NULL,
    stage INTEGER,
    due_on DATE NOT NULL,
    done_on DATE,
    PRIMARY KEY (case_id, action)
);
CREATE INDEX case_actions_by_date ON case_actions (landlord_id, due_on, case_id, action);
CREATE INDEX case_actions_open ON case_actions (landlord_id, due_on, case_id, action) WHERE done_on IS NULL;

CREATE TABLE case_findings (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    landlord_id TEXT COLLATE "C" NOT NULL,
    issue INTEGER NOT NULL,
    reference TEXT COLLATE "C" NOT NULL,
    determined_on DATE NOT NULL,
    finding TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (case_id, issue)
);
CREATE INDEX case_findings_by_date ON case_findings (landlord_id, determined_on, case_id, issue);

CREATE TABLE case_orders (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    landlord_id TEXT COLLATE "C" NOT NULL,
    number INTEGER NOT NULL,
    reference TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    due_on DATE,
    complied_on DATE,
    pence BIGINT,
    PRIMARY KEY (case_id, number)
);
CREATE INDEX case_orders_by_case ON case_orders (landlord_id, case_id, number);

CREATE TABLE case_failure_orders (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    landlord_id TEXT COLLATE "C" NOT NULL,
    number INTEGER NOT NULL,
    reference TEXT COLLATE "C" NOT NULL,
    type INTEGER NOT NULL CHECK (type IN (1, 2, 3)),
    issued_on DATE NOT NULL,
    due_on DATE,
    complied_on DATE,
    PRIMARY KEY (case_id, number)
);
CREATE INDEX case_failure_orders_by_date ON case_failure_orders (landlord_id, issued_on, case_id, number);

CREATE TABLE case_learning (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    landlord_id TEXT COLLATE "C" NOT NULL,
    learning INTEGER NOT NULL,
    theme TEXT COLLATE "C" NOT NULL,
    root_cause TEXT COLLATE "C" NOT NULL,
    improvement_record TEXT COLLATE "C" NOT NULL,
    owner TEXT COLLATE "C" NOT NULL,
    recorded_on DATE NOT NULL,
    done_on DATE,
    reported_to TEXT COLLATE "C",
    PRIMARY KEY (case_id, learning)
);
CREATE INDEX case_learning_by_date ON case_learning (landlord_id, recorded_on, case_id, learning);

CREATE TABLE case_surveys (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    landlord_id TEXT COLLATE "C" NOT NULL,
    number INTEGER NOT NULL,
    stage INTEGER,
    answer INTEGER NOT NULL CHECK (answer BETWEEN 1 AND 5),
    answered_on DATE NOT NULL,
    PRIMARY KEY (case_id, number)
);
