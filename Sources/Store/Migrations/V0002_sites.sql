-- Sites, their money, and the agents that act there.

CREATE TABLE site (
    id wellformed PRIMARY KEY,
    name text NOT NULL,
    country text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
    unit text NOT NULL,
    document jsonb NOT NULL,
    -- Charged without a budget: work of ours that came up and named none that we know.
    suspense bigint NOT NULL DEFAULT 0,
    applied_at timestamptz NOT NULL,
    applied_by text NOT NULL
);

CREATE TABLE partition (
    site wellformed NOT NULL REFERENCES site,
    id wellformed NOT NULL,
    place int NOT NULL,
    document jsonb NOT NULL,
    PRIMARY KEY (site, id)
);

CREATE TABLE tariff (
    site wellformed NOT NULL REFERENCES site,
    place int NOT NULL,
    partition wellformed NOT NULL,
    from_at timestamptz NOT NULL,
    document jsonb NOT NULL,
    PRIMARY KEY (site, place),
    UNIQUE (site, partition, from_at)
);

CREATE TABLE allocation (
    id wellformed PRIMARY KEY,
    site wellformed NOT NULL REFERENCES site,
    account text NOT NULL,
    granted bigint NOT NULL CHECK (granted >= 0),
    starts timestamptz NOT NULL,
    ends timestamptz NOT NULL CHECK (ends > starts),
    document jsonb NOT NULL
);
CREATE INDEX allocation_site ON allocation (site);

-- The ledger's accounts. The checks bind holds and claims; a charge always finds room, in `overrun` if need be.
CREATE TABLE budget (
    id wellformed PRIMARY KEY,
    allocation wellformed NOT NULL REFERENCES allocation,
    partner wellformed REFERENCES partner,
    work_package wellformed REFERENCES work_package,
    granted bigint NOT NULL DEFAULT 0 CHECK (granted >= 0),
    overrun bigint NOT NULL DEFAULT 0 CHECK (overrun >= 0),
    available bigint NOT NULL DEFAULT 0 CHECK (available >= 0),
    held bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
    spent bigint NOT NULL DEFAULT 0 CHECK (spent >= 0),
    expired bigint NOT NULL DEFAULT 0 CHECK (expired >= 0),
    CONSTRAINT balanced CHECK (granted + overrun = available + held + spent + expired),
    CONSTRAINT nothing_beside_overrun CHECK (available = 0 OR overrun = 0)
) WITH (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
CREATE INDEX budget_allocation ON budget (allocation);

CREATE TABLE agent (
    id wellformed PRIMARY KEY,
    site wellformed NOT NULL REFERENCES site,
    run_root text,
    journal text,
    session text,
    epoch bigint NOT NULL DEFAULT 0 CHECK (epoch >= 0),
    switches timestamptz[] NOT NULL DEFAULT '{}',
    seen timestamptz,
    drained boolean NOT NULL DEFAULT false,
    -- Its full report is missing after a restore: no offers, no confirmations, no expiry.
    quarantined boolean NOT NULL DEFAULT false,
    mode text NOT NULL DEFAULT 'serve' CHECK (mode IN ('serve', 'once', 'courier')),
    program text NOT NULL DEFAULT '',
    capacity jsonb NOT NULL DEFAULT '[]',
    -- Its own signing key for bundles and late renewals, raw Ed25519, base64.
    ed25519 text,
    spki_sha256 text UNIQUE,
    serial text,
    certificate_until timestamptz,
    revoked_at timestamptz,
    enrolled_at timestamptz,
    CHECK ((journal IS NULL) = (session IS NULL))
) WITH (fillfactor = 40, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

CREATE TABLE journal (
    agent wellformed NOT NULL REFERENCES agent,
    id text NOT NULL,
    last_event bigint NOT NULL DEFAULT 0 CHECK (last_event >= 0),
    last_document bigint NOT NULL DEFAULT 0 CHECK (last_document >= 0),
    last_reply bigint NOT NULL DEFAULT 0 CHECK (last_reply >= 0),
    PRIMARY KEY (agent, id)
) WITH (fillfactor = 40, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

CREATE TABLE enrolment (
    sha256 bytea PRIMARY KEY CHECK (length(sha256) = 32),
    agent wellformed NOT NULL REFERENCES agent,
    made_by text NOT NULL,
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);

-- An event that could not be applied, whole.
CREATE TABLE kept_event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    agent text NOT NULL,
    journal text NOT NULL,
    number bigint NOT NULL,
    -- Text, not jsonb: what jsonb refuses must be kept as well.
    event text NOT NULL,
    reason text NOT NULL,
    kept_at timestamptz NOT NULL
);
