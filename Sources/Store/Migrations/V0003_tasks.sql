-- The queue: what was submitted, what may be placed, and the attempts at it.

-- Answers a submission sent again with the first result; another body under the same key is a conflict.
CREATE TABLE submission (
    partner wellformed NOT NULL REFERENCES partner,
    key text NOT NULL CHECK (length(key) BETWEEN 1 AND 256),
    campaign text NOT NULL UNIQUE,
    body_sha256 bytea NOT NULL CHECK (length(body_sha256) = 32),
    tasks int NOT NULL CHECK (tasks > 0),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (partner, key)
);

CREATE TABLE campaign (
    id text PRIMARY KEY,
    place bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    name text NOT NULL,
    partner wellformed NOT NULL REFERENCES partner,
    member wellformed NOT NULL REFERENCES member,
    work_package wellformed REFERENCES work_package,
    submitted_at timestamptz NOT NULL,
    document jsonb NOT NULL
);
CREATE INDEX campaign_partner ON campaign (partner, place DESC);
CREATE INDEX campaign_name ON campaign (name, partner, place DESC);

-- Everything about a task that placement reads, once: 200,000 evaluations are often one shape.
CREATE TABLE shape (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest bytea NOT NULL UNIQUE,
    partner wellformed NOT NULL,
    document jsonb NOT NULL
);

-- A row that is not `known` stands for a task whose submission was lost with a restore: an attempt of it came up at
-- a site. Submitted again it gets its content.
CREATE TABLE task (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    submission text NOT NULL,
    index int NOT NULL CHECK (index >= 0),
    known boolean NOT NULL,
    name text,
    kind text CHECK (kind IN ('training', 'evaluation', 'data')),
    partner text,
    work_package text,
    shape int REFERENCES shape,
    priority int NOT NULL DEFAULT 0 CHECK (priority BETWEEN -1000 AND 1000),
    submitted_at timestamptz,
    state text NOT NULL CHECK (state IN
        ('waiting', 'ready', 'running', 'completed', 'failed', 'cancelled', 'dependencyFailed')),
    live bigint,
    last_fence bigint NOT NULL DEFAULT 0,
    attempts int NOT NULL DEFAULT 0,
    cancel_requested boolean NOT NULL DEFAULT false,
    completed_by bigint,
    not_before timestamptz,
    failures int NOT NULL DEFAULT 0 CHECK (failures >= 0),
    disruptions int NOT NULL DEFAULT 0 CHECK (disruptions >= 0),
    retries_allowed int NOT NULL DEFAULT 0,
    links int NOT NULL DEFAULT 0 CHECK (links >= 0),
    links_allowed int NOT NULL DEFAULT 1,
    links_without_progress int NOT NULL DEFAULT 0,
    progress bigint NOT NULL DEFAULT 0,
    bound_to text,
    on_silence text NOT NULL DEFAULT 'park' CHECK (on_silence IN ('park', 'requeue')),
    last_failure text,
    ended_at timestamptz,
    UNIQUE (submission, index),
    CONSTRAINT known_has_content CHECK (
        NOT known OR (name IS NOT NULL AND kind IS NOT NULL AND partner IS NOT NULL AND shape IS NOT NULL
            AND submitted_at IS NOT NULL)),
    CONSTRAINT running_has_live CHECK ((state = 'running') = (live IS NOT NULL)),
    CONSTRAINT live_was_given CHECK (live IS NULL OR live <= last_fence),
    CONSTRAINT completed_has_fence CHECK (state <> 'completed' OR completed_by IS NOT NULL),
    CONSTRAINT ended_has_time CHECK (
        (state IN ('completed', 'failed', 'cancelled', 'dependencyFailed')) = (ended_at IS NOT NULL))
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX task_of_submission ON task (submission, state);
CREATE INDEX task_of_partner ON task (partner, id DESC) WHERE known;
CREATE INDEX task_waiting ON task (id) WHERE state = 'waiting';
CREATE INDEX task_unfinished ON task (state, id) WHERE state IN ('ready', 'running');

-- Wide, written once, never updated.
CREATE TABLE task_spec (
    task bigint PRIMARY KEY REFERENCES task,
    spec jsonb NOT NULL
);

-- What lists are filtered by: `language=mt`, `tag:run=7`, `model=…`, `activity=…`, `member=…`.
CREATE TABLE task_label (
    label text NOT NULL,
    task bigint NOT NULL REFERENCES task,
    PRIMARY KEY (label, task)
);

CREATE TABLE dependency (
    parent bigint NOT NULL REFERENCES task,
    child bigint NOT NULL REFERENCES task,
    PRIMARY KEY (parent, child)
);
CREATE INDEX dependency_child ON dependency (child);

-- Exactly what may be placed, narrow. rank = (1000 - priority) << 40 | task: priority, then age, in one number.
CREATE TABLE ready (
    shape int NOT NULL,
    rank bigint NOT NULL,
    task bigint NOT NULL,
    attempts int NOT NULL,
    not_before timestamptz,
    bound_to text,
    PRIMARY KEY (shape, rank)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_cost_delay = 0,
    autovacuum_vacuum_insert_scale_factor = 0.2, vacuum_truncate = off);

-- An agent declined that shape: it is not offered to it before then.
CREATE TABLE back_off (
    shape int NOT NULL REFERENCES shape,
    agent wellformed NOT NULL REFERENCES agent,
    until timestamptz NOT NULL,
    PRIMARY KEY (shape, agent)
);

CREATE TABLE pack (
    id wellformed PRIMARY KEY,
    agent wellformed NOT NULL REFERENCES agent,
    allocation wellformed NOT NULL REFERENCES allocation,
    partition wellformed NOT NULL,
    account text NOT NULL,
    resources jsonb NOT NULL,
    grace_seconds bigint NOT NULL CHECK (grace_seconds >= 0),
    must_start_by timestamptz NOT NULL,
    open_seconds bigint NOT NULL CHECK (open_seconds > 0),
    made_at timestamptz NOT NULL
);

-- One table for the rules, two on disk: what is over for good leaves the hot part.
CREATE TABLE attempt (
    task bigint NOT NULL,
    fence bigint NOT NULL CHECK (fence > 0),
    past boolean NOT NULL,
    agent text NOT NULL,
    site text NOT NULL,
    pack text NOT NULL,
    place int NOT NULL DEFAULT 0,
    state text NOT NULL CHECK (state IN ('offered', 'accepted', 'confirmed', 'submitting', 'submitted', 'started',
        'ended', 'settled', 'declined', 'withdrawn', 'expired')),
    partition text NOT NULL,
    budget text,
    hold_size bigint NOT NULL CHECK (hold_size >= 0),
    hold bigint NOT NULL CHECK (hold >= 0),
    charged bigint NOT NULL DEFAULT 0 CHECK (charged >= 0),
    usage jsonb,
    offered_at timestamptz NOT NULL,
    offer_expires timestamptz NOT NULL,
    accepted_at timestamptz,
    confirmed_session text,
    must_start_by timestamptz NOT NULL,
    walltime_seconds bigint NOT NULL,
    grace_seconds bigint NOT NULL,
    job text CHECK (length(job) <= 256),
    started_at timestamptz,
    waiting_reason text,
    finish jsonb,
    ended_at timestamptz,
    settled_at timestamptz,
    cancel_requested boolean NOT NULL DEFAULT false,
    superseded boolean NOT NULL DEFAULT false,
    parked boolean NOT NULL DEFAULT false,
    look_up_due boolean NOT NULL DEFAULT false,
    read_at timestamptz,
    re_reads int NOT NULL DEFAULT 0,
    next_re_read timestamptz,
    PRIMARY KEY (task, fence, past),
    CONSTRAINT past_is_over CHECK (past = (state IN ('settled', 'declined', 'withdrawn', 'expired'))),
    CONSTRAINT burnt_holds_nothing CHECK (state NOT IN ('declined', 'withdrawn', 'expired') OR hold = 0),
    CONSTRAINT settled_holds_nothing CHECK (state <> 'settled' OR (hold = 0 AND settled_at IS NOT NULL)),
    CONSTRAINT ended_has_time CHECK (state <> 'ended' OR ended_at IS NOT NULL),
    CONSTRAINT without_budget_no_hold CHECK (budget IS NOT NULL OR hold = 0)
) PARTITION BY LIST (past);
CREATE TABLE attempt_live PARTITION OF attempt FOR VALUES IN (false)
    WITH (fillfactor = 60, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000,
        autovacuum_vacuum_cost_delay = 0, vacuum_truncate = off);
CREATE TABLE attempt_past PARTITION OF attempt FOR VALUES IN (true);
CREATE INDEX attempt_live_agent ON attempt_live (agent, state);
CREATE INDEX attempt_live_pack ON attempt_live (pack);
CREATE INDEX attempt_live_budget ON attempt_live (budget);
CREATE INDEX attempt_past_re_read ON attempt_past (agent, next_re_read) WHERE next_re_read IS NOT NULL;
CREATE INDEX attempt_past_site ON attempt_past (site, settled_at);
CREATE INDEX attempt_past_completed ON attempt_past (site)
    WHERE state = 'settled' AND finish -> 'outcome' ? 'completed';

-- What happened to a task, in words.
CREATE TABLE task_history (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    task bigint NOT NULL,
    fence bigint,
    at timestamptz NOT NULL,
    words text NOT NULL
);
CREATE INDEX task_history_task ON task_history (task, id);
