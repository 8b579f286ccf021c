-- A claim and an end change a task's row; with the state in its indexes each of them was entered anew in all of these.
-- Columns that follow from the state and change more rarely carry the partial indexes instead: a claim changes none of
-- them, so its new row stays on the old one's page, where there is room, and no index is touched.
ALTER TABLE task
    ADD COLUMN waits boolean NOT NULL GENERATED ALWAYS AS (state = 'waiting') STORED,
    ADD COLUMN is_open boolean NOT NULL GENERATED ALWAYS AS (ended_at IS NULL) STORED;
DROP INDEX task_waiting, task_unfinished, task_of_submission;
CREATE INDEX task_waits ON task (id) WHERE waits;
CREATE INDEX task_open ON task (id) WHERE is_open;
ALTER TABLE task SET (fillfactor = 60);

-- The same for attempts. No question goes by state alone, and none by budget.
DROP INDEX attempt_live_agent, attempt_live_budget;
CREATE INDEX attempt_live_agent ON attempt_live (agent);

-- A repetition with a bound costs ten times as much as one without, and a claim checks four names a pack.
ALTER DOMAIN wellformed DROP CONSTRAINT wellformed_check;
ALTER DOMAIN wellformed ADD CONSTRAINT wellformed_check
    CHECK (VALUE ~ '^[A-Za-z0-9][A-Za-z0-9._-]*$' AND length(VALUE) <= 64);
