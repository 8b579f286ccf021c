-- What attempts said and left.

CREATE TABLE manifest (
    sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    bytes bigint NOT NULL CHECK (bytes >= 0),
    files int NOT NULL CHECK (files >= 0),
    document jsonb NOT NULL,
    seen_at timestamptz NOT NULL
);

-- A published version; the newest of a name counts.
CREATE TABLE artifact (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    campaign text NOT NULL,
    name text NOT NULL,
    task bigint NOT NULL REFERENCES task,
    fence bigint NOT NULL,
    sha256 text NOT NULL REFERENCES manifest,
    licence text,
    residency text,
    published_at timestamptz NOT NULL,
    UNIQUE (task, fence, name)
);
CREATE INDEX artifact_name ON artifact (campaign, name, id DESC);
CREATE INDEX artifact_manifest ON artifact (sha256);

-- Sites where a manifest's bytes are, and `depot`.
CREATE TABLE artifact_place (
    sha256 text NOT NULL REFERENCES manifest,
    place text NOT NULL,
    since timestamptz NOT NULL,
    PRIMARY KEY (sha256, place)
);

-- What the depot has on its disk.
CREATE TABLE chunk (
    sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    bytes bigint NOT NULL CHECK (bytes >= 0),
    stored_at timestamptz NOT NULL
);

CREATE TABLE metric (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    task bigint NOT NULL,
    fence bigint NOT NULL,
    at timestamptz NOT NULL,
    value jsonb NOT NULL
);
CREATE INDEX metric_task ON metric (task, id);

CREATE TABLE log_piece (
    task bigint NOT NULL,
    fence bigint NOT NULL,
    start bigint NOT NULL CHECK (start >= 0),
    text text NOT NULL,
    PRIMARY KEY (task, fence, start)
);

-- Logs that somebody wants to read now; gone with the answer or after a minute.
CREATE TABLE log_request (
    agent text NOT NULL,
    task bigint NOT NULL,
    fence bigint NOT NULL,
    start bigint NOT NULL,
    bytes bigint NOT NULL CHECK (bytes BETWEEN 1 AND 1048576),
    asked_at timestamptz NOT NULL,
    PRIMARY KEY (agent, task, fence)
);
