-- Instants are UTC, as text; dates are London dates, as YYYY-MM-DD; money is pence.

CREATE TABLE landlords (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    policy_id TEXT NOT NULL,
    year_end_month INTEGER NOT NULL,
    year_end_day INTEGER NOT NULL
) STRICT;

-- Homes owned at the end of a reporting year, the divisor of the regulator's measures.
CREATE TABLE stock (
    landlord_id TEXT NOT NULL REFERENCES landlords (id),
    year_start TEXT NOT NULL,
    stock_type TEXT NOT NULL,
    homes INTEGER NOT NULL CHECK (homes >= 0),
    PRIMARY KEY (landlord_id, year_start, stock_type)
) STRICT;

-- A case as its events have left it. Written only together with its events.
CREATE TABLE cases (
    id TEXT NOT NULL PRIMARY KEY,
    landlord_id TEXT NOT NULL REFERENCES landlords (id),
    version INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    kind TEXT NOT NULL,
    phase TEXT NOT NULL,
    triage TEXT NOT NULL,
    stage INTEGER,
    handler TEXT,
    next_due_on TEXT,
    policy_id TEXT NOT NULL,
    code_id TEXT NOT NULL,
    came_from TEXT,
    channel TEXT NOT NULL,
    stock_type TEXT NOT NULL,
    tenure TEXT,
    service_area TEXT,
    contractor TEXT,
    area TEXT,
    residents INTEGER NOT NULL,
    anonymous INTEGER NOT NULL,
    represented INTEGER NOT NULL,
    adjustments INTEGER NOT NULL,
    vulnerable INTEGER NOT NULL,
    hazard INTEGER NOT NULL,
    became_complaint INTEGER NOT NULL,
    received_on TEXT NOT NULL,
    recorded_on TEXT NOT NULL,
    directed_on TEXT,
    closed_on TEXT,
    closed_why TEXT,
    withdrawn_on TEXT,
    reopened INTEGER NOT NULL
) STRICT;
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
    case_id TEXT NOT NULL REFERENCES cases (id),
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    landlord_id TEXT NOT NULL REFERENCES landlords (id),
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (case_id, sequence)
) STRICT;

-- A landlord's events in one line, numbered 1, 2, 3 without a gap. An event is numbered after it is committed, so that no number ever
-- comes to be seen before a smaller one.
CREATE TABLE feed (
    landlord_id TEXT NOT NULL REFERENCES landlords (id),
    number INTEGER NOT NULL CHECK (number > 0),
    case_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (landlord_id, number),
    UNIQUE (case_id, sequence),
    FOREIGN KEY (case_id, sequence) REFERENCES case_events (case_id, sequence)
) STRICT;
CREATE INDEX feed_by_kind ON feed (landlord_id, kind, number);
CREATE INDEX feed_by_case ON feed (landlord_id, case_id, number);

-- How far each landlord's events are numbered. Whoever numbers holds the row until the commit.
CREATE TABLE feed_heads (
    landlord_id TEXT NOT NULL PRIMARY KEY REFERENCES landlords (id),
    last INTEGER NOT NULL CHECK (last >= 0)
) STRICT;

-- Events that are not numbered yet.
CREATE TABLE feed_waiting (
    landlord_id TEXT NOT NULL REFERENCES landlords (id),
    case_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    kind TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (landlord_id, case_id, sequence)
) STRICT;

-- Words and personal data: what the log refers to, and what can be erased without breaking it.
CREATE TABLE case_records (
    id TEXT NOT NULL PRIMARY KEY,
    landlord_id TEXT NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    salt BLOB NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX case_records_by_case ON case_records (case_id);

CREATE TABLE case_references (
    landlord_id TEXT NOT NULL,
    system TEXT NOT NULL,
    value TEXT NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id),
    PRIMARY KEY (landlord_id, system, value)
) STRICT;
CREATE INDEX case_references_by_case ON case_references (case_id);

CREATE TABLE case_categories (
    case_id TEXT NOT NULL REFERENCES cases (id),
    landlord_id TEXT NOT NULL,
    category TEXT NOT NULL,
    PRIMARY KEY (case_id, category)
) STRICT;
CREATE INDEX case_categories_by_category ON case_categories (landlord_id, category, case_id);

CREATE TABLE case_stages (
    case_id TEXT NOT NULL REFERENCES cases (id),
    landlord_id TEXT NOT NULL,
    stage INTEGER NOT NULL CHECK (stage IN (1, 2)),
    requested_on TEXT NOT NULL,
    logged_on TEXT,
    acknowledged_on TEXT,
    responded_on TEXT,
    outcome TEXT,
    policy_acknowledge_due_on TEXT,
    policy_respond_due_on TEXT,
    policy_extended_due_on TEXT,
    code_acknowledge_due_on TEXT,
    code_respond_due_on TEXT,
    code_respond_due_as_acknowledged_on TEXT,
    code_extended_due_on TEXT,
    extensions INTEGER NOT NULL,
    updates INTEGER NOT NULL,
    updates_agreed INTEGER NOT NULL,
    updates_late INTEGER NOT NULL,
    PRIMARY KEY (case_id, stage)
) STRICT;

CREATE TABLE case_deadlines (
    case_id TEXT NOT NULL REFERENCES cases (id),
    landlord_id TEXT NOT NULL,
    clock TEXT NOT NULL,
    name TEXT NOT NULL,
    due_on TEXT NOT NULL,
    due_at TEXT,
    projected INTEGER NOT NULL,
    PRIMARY KEY (case_id, clock, name)
) STRICT;
-- Only what is still owed stands here.
CREATE INDEX case_deadlines_by_date ON case_deadlines (landlord_id, due_on, case_id, name, clock);

CREATE TABLE case_refusals (
    case_id TEXT NOT NULL REFERENCES cases (id),
    landlord_id TEXT NOT NULL,
    what TEXT NOT NULL,
    number INTEGER NOT NULL,
    refused_on TEXT NOT NULL,
    ground TEXT NOT NULL,
    clause TEXT NOT NULL,
    discretion_considered INTEGER NOT NULL,
    overturned_on TEXT,
    PRIMARY KEY (case_id, what, number)
) STRICT;
CREATE INDEX case_refusals_by_date ON case_refusals (landlord_id, refused_on, case_id, what, number);

CREATE TABLE case_escalations (
    case_id TEXT NOT NULL REFERENCES cases (id),
    landlord_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    requested_on TEXT NOT NULL,
    reasons_given INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    late INTEGER NOT NULL,
    PRIMARY KEY (case_id, number)
) STRICT;

CREATE TABLE case_remedies (
    case_id TEXT NOT NULL REFERENCES cases (id),
    landlord_id TEXT NOT NULL,
    remedy INTEGER NOT NULL,
    stage INTEGER,
    kind TEXT NOT NULL,
    pence INTEGER,
    offered_on TEXT NOT NULL,
    accepted_on TEXT,
    declined_on TEXT,
    lapsed_on TEXT,
    paid_pence INTEGER,
    offset_pence INTEGER,
    PRIMARY KEY (case_id, remedy)
) STRICT;

CREATE TABLE case_actions (
    case_id TEXT NOT NULL REFERENCES cases (id),
    landlord_id TEXT NOT NULL,
    action INTEGER NOT NULL,
    stage INTEGER,
    due_on TEXT NOT NULL,
    done_on TEXT,
    PRIMARY KEY (case_id, action)
) STRICT;
CREATE INDEX case_actions_by_date ON case_actions (landlord_id, due_on, case_id, action);
CREATE INDEX case_actions_open ON case_actions (landlord_id, due_on, case_id, action) WHERE done_on IS NULL;

CREATE TABLE case_findings (
    case_id TEXT NOT NULL REFERENCES cases (id),
    landlord_id TEXT NOT NULL,
    issue INTEGER NOT NULL,
    reference TEXT NOT NULL,
    determined_on TEXT NOT NULL,
    finding TEXT NOT NULL,
    PRIMARY KEY (case_id, issue)
) STRICT;
CREATE INDEX case_findings_by_date ON case_findings (landlord_id, determined_on, case_id, issue);

CREATE TABLE case_orders (
    case_id TEXT NOT NULL REFERENCES cases (id),
    landlord_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    reference TEXT NOT NULL,
    kind TEXT NOT NULL,
    due_on TEXT,
    complied_on TEXT,
    pence INTEGER,
    PRIMARY KEY (case_id, number)
) STRICT;
CREATE INDEX case_orders_by_case ON case_orders (landlord_id, case_id, number);

CREATE TABLE case_failure_orders (
    case_id TEXT NOT NULL REFERENCES cases (id),
    landlord_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    reference TEXT NOT NULL,
    type INTEGER NOT NULL CHECK (type IN (1, 2, 3)),
    issued_on TEXT NOT NULL,
    due_on TEXT,
    complied_on TEXT,
    PRIMARY KEY (case_id, number)
) STRICT;
CREATE INDEX case_failure_orders_by_date ON case_failure_orders (landlord_id, issued_on, case_id, number);

CREATE TABLE case_learning (
    case_id TEXT NOT NULL REFERENCES cases (id),
    landlord_id TEXT NOT NULL,
    learning INTEGER NOT NULL,
    theme TEXT NOT NULL,
    root_cause TEXT NOT NULL,
    improvement_record TEXT NOT NULL,
    owner TEXT NOT NULL,
    recorded_on TEXT NOT NULL,
    done_on TEXT,
    reported_to TEXT,
    PRIMARY KEY (case_id, learning)
) STRICT;
CREATE INDEX case_learning_by_date ON case_learning (landlord_id, recorded_on, case_id, learning);

CREATE TABLE case_surveys (
    case_id TEXT NOT NULL REFERENCES cases (id),
    landlord_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    stage INTEGER,
    answer INTEGER NOT NULL CHECK (answer BETWEEN 1 AND 5),
    answered_on TEXT NOT NULL,
    PRIMARY KEY (case_id, number)
) STRICT;
