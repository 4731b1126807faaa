-- One row a call. The id sorts by time. What is not known is NULL, never 0.
CREATE TABLE cdr (
    id TEXT NOT NULL PRIMARY KEY,
    reference TEXT,
    direction TEXT NOT NULL,
    caller TEXT NOT NULL,
    callee TEXT NOT NULL,
    answered_by TEXT,
    legs INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    ring_ms INTEGER NOT NULL,
    talk_ms INTEGER NOT NULL,
    hangup_side TEXT NOT NULL,
    cause TEXT NOT NULL,
    sip_status INTEGER NOT NULL,
    codec TEXT,
    agent_heard_packets INTEGER,
    agent_heard_lost INTEGER,
    agent_heard_jitter_ms REAL,
    agent_heard_rtt_ms REAL,
    customer_heard_packets INTEGER,
    customer_heard_lost INTEGER,
    customer_heard_jitter_ms REAL,
    customer_heard_rtt_ms REAL
);

CREATE INDEX cdr_started_at ON cdr (started_at);
