-- The least that a queue in Postgres can be: one table, one partial index, a payload of 300 bytes.
DROP TABLE IF EXISTS floor_job;
CREATE TABLE floor_job (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    state smallint NOT NULL DEFAULT 0,
    priority smallint NOT NULL DEFAULT 0,
    made_at timestamptz NOT NULL DEFAULT now(),
    payload jsonb NOT NULL
);
CREATE INDEX floor_job_ready ON floor_job (priority, id) WHERE state = 0;
