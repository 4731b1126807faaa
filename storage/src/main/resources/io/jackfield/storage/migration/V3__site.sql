-- The site. A column bears the name of its key in site.yaml, written with underscores; NULL is what
-- is not said. Lists are written with commas. "more" holds, as YAML, keys without a column.
-- What is in these tables is checked as a whole by the program, not here.
CREATE TABLE agents (
    name VARCHAR(191) NOT NULL PRIMARY KEY,
    display_name TEXT,
    ha1 TEXT,
    codec_policy TEXT,
    recording TEXT,
    consent TEXT,
    more ${longtext}
) ${table};

CREATE TABLE trunks (
    name VARCHAR(191) NOT NULL PRIMARY KEY,
    host TEXT,
    port INTEGER,
    transport TEXT,
    codecs TEXT,
    username TEXT,
    password TEXT,
    register BOOLEAN,
    register_every TEXT,
    caller_id TEXT,
    ping TEXT,
    match_from TEXT,
    latch BOOLEAN,
    codec_policy TEXT,
    recording TEXT,
    consent TEXT,
    more ${longtext}
) ${table};

CREATE TABLE routes (
    pattern VARCHAR(191) NOT NULL PRIMARY KEY,
    agent TEXT,
    queue TEXT,
    trunks TEXT,
    strip INTEGER,
    prepend TEXT,
    caller_id TEXT,
    token TEXT,
    campaigns TEXT,
    recording TEXT,
    consent TEXT,
    more ${longtext}
) ${table};

CREATE TABLE numbers (
    pattern VARCHAR(191) NOT NULL PRIMARY KEY,
    agent TEXT,
    queue TEXT,
    recording TEXT,
    consent TEXT,
    more ${longtext}
) ${table};

CREATE TABLE queues (
    number VARCHAR(191) NOT NULL PRIMARY KEY,
    recording TEXT,
    consent TEXT,
    more ${longtext}
) ${table};

-- In the order of place, then of agent.
CREATE TABLE queue_members (
    queue VARCHAR(191) NOT NULL,
    agent VARCHAR(191) NOT NULL,
    place INTEGER,
    more ${longtext},
    PRIMARY KEY (queue, agent)
) ${table};

-- Every other part of site.yaml, one row each: body holds it as YAML.
CREATE TABLE site_sections (
    section VARCHAR(191) NOT NULL PRIMARY KEY,
    body ${longtext}
) ${table};

-- One row. Triggers count every change of the tables above; whoever watches, watches this.
CREATE TABLE site_version (
    id INTEGER NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    changed_at VARCHAR(32) NOT NULL,
    changed_by VARCHAR(191) NOT NULL
) ${table};

INSERT INTO site_version (id, version, changed_at, changed_by) VALUES (1, 0, '', '');

-- verdict: applied or refused. document: all rows as JSON, secrets sealed; NULL when it was refused
-- or is too old to be gone back to. undoes: the version that this one took back.
CREATE TABLE site_history (
    version BIGINT NOT NULL PRIMARY KEY,
    changed_at VARCHAR(32) NOT NULL,
    changed_by VARCHAR(191) NOT NULL,
    verdict VARCHAR(16) NOT NULL,
    undoes BIGINT,
    summary TEXT NOT NULL,
    source_checksum VARCHAR(64),
    document ${longtext}
) ${table};
