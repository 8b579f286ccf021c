-- The book itself, and who takes part. Row ids (bigint) stay inside the database; names are what people write.

CREATE DOMAIN wellformed AS text CHECK (VALUE ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$');

-- One row: the book's random id and its generation, which a restore raises above every one ever used.
CREATE TABLE instance (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    id wellformed NOT NULL,
    generation bigint NOT NULL CHECK (generation BETWEEN 1 AND 2147483647),
    made_at timestamptz NOT NULL,
    restored_at timestamptz
);

CREATE TABLE programme (
    id wellformed PRIMARY KEY,
    name text NOT NULL,
    grant_number text,
    starts timestamptz NOT NULL,
    ends timestamptz NOT NULL CHECK (ends > starts),
    document jsonb NOT NULL,
    applied_at timestamptz NOT NULL,
    applied_by text NOT NULL
);

CREATE TABLE work_package (
    id wellformed PRIMARY KEY,
    title text NOT NULL
);

CREATE TABLE partner (
    id wellformed PRIMARY KEY,
    name text NOT NULL,
    country text NOT NULL CHECK (country ~ '^[A-Z]{2}$')
);

-- Dated rules with their sources, in the order in which they are read.
CREATE TABLE eligibility (
    place int PRIMARY KEY,
    document jsonb NOT NULL
);

-- What a manager decided where eligibility says "ask".
CREATE TABLE decision (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    partner wellformed NOT NULL REFERENCES partner,
    subject text NOT NULL,
    verdict text NOT NULL CHECK (verdict IN ('allow', 'deny')),
    reason text NOT NULL CHECK (reason <> ''),
    decided_by text NOT NULL,
    decided_at timestamptz NOT NULL,
    UNIQUE (partner, subject, decided_at, verdict)
);

CREATE TABLE activity (
    id wellformed NOT NULL,
    from_at timestamptz NOT NULL,
    counts_towards_training boolean NOT NULL,
    document jsonb NOT NULL,
    PRIMARY KEY (id, from_at)
);

-- The pseudonym is the member's id everywhere; the name stands apart so that it can be erased.
CREATE TABLE member (
    id wellformed PRIMARY KEY,
    partner wellformed NOT NULL REFERENCES partner,
    roles text[] NOT NULL CHECK (
        roles <@ ARRAY['submitter', 'siteAdmin', 'manager', 'auditor', 'operator'] AND cardinality(roles) > 0),
    sites text[] NOT NULL DEFAULT '{}',
    active boolean NOT NULL DEFAULT true,
    made_at timestamptz NOT NULL
);

CREATE TABLE member_name (
    member wellformed PRIMARY KEY REFERENCES member,
    name text NOT NULL,
    mail text,
    -- The subject of the identity provider, for people who sign in there.
    subject text UNIQUE
);

-- API tokens and the pages' sessions; only the SHA-256 of the secret is kept.
CREATE TABLE api_token (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sha256 bytea NOT NULL UNIQUE CHECK (length(sha256) = 32),
    handle text NOT NULL UNIQUE,
    member wellformed NOT NULL REFERENCES member,
    label text NOT NULL,
    made_at timestamptz NOT NULL,
    made_by text NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX api_token_member ON api_token (member);

-- One-time codes: a link for the pages, or an agent's enrolment.
CREATE TABLE login_code (
    sha256 bytea PRIMARY KEY CHECK (length(sha256) = 32),
    member wellformed NOT NULL REFERENCES member,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);

-- Answers of requests that carried an Idempotency-Key, so that one sent again gets the same answer.
CREATE TABLE idempotency (
    partner wellformed NOT NULL,
    key text NOT NULL CHECK (length(key) BETWEEN 1 AND 256),
    body_sha256 bytea NOT NULL CHECK (length(body_sha256) = 32),
    status int NOT NULL,
    answer text NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (partner, key)
);
CREATE INDEX idempotency_age ON idempotency (made_at);

-- What people should look at; the same words again only raise the count.
CREATE TABLE alarm (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    words text NOT NULL,
    digest bytea NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    count bigint NOT NULL DEFAULT 1 CHECK (count > 0),
    cleared_at timestamptz,
    UNIQUE (name, digest)
);

-- Who proposes: every claim reads the epoch's row FOR SHARE, so one that was stopped and wakes up claims nothing.
CREATE TABLE lease (
    name text PRIMARY KEY,
    holder text NOT NULL,
    epoch bigint NOT NULL CHECK (epoch > 0),
    until timestamptz NOT NULL
) WITH (fillfactor = 20);
