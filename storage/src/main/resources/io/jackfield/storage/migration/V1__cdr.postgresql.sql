-- One row a call. The id sorts by time. What is not known is NULL, never 0.
CREATE TABLE cdr (
    id TEXT NOT NULL PRIMARY KEY,
    reference TEXT,
    direction TEXT NOT NULL,
    caller TEXT NOT NULL,
    callee TEXT NOT NULL,
    answered_by TEXT,
    legs BIGINT NOT NULL,
    started_at TEXT NOT NULL,
    ring_ms BIGINT NOT NULL,
    talk_ms BIGINT NOT NULL,
    hangup_side TEXT NOT NULL,
    cause TEXT NOT NULL,
    sip_status BIGINT NOT NULL,
    codec TEXT,
    agent_heard_packets BIGINT,
    agent_heard_lost BIGINT,
    agent_heard_jitter_ms DOUBLE PRECISION,
    agent_heard_rtt_ms DOUBLE PRECISION,
    customer_heard_packets BIGINT,
    customer_heard_lost BIGINT,
    customer_heard_jitter_ms DOUBLE PRECISION,
    customer_heard_rtt_ms DOUBLE PRECISION
);

CREATE INDEX cdr_started_at ON cdr (started_at);
