-- pgbench: one job is claimed and completed, each in a transaction of its own.
WITH claimed AS (
    UPDATE floor_job SET state = 1
    WHERE id = (SELECT id FROM floor_job WHERE state = 0 ORDER BY priority, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, payload)
SELECT coalesce(max(id), 0) AS job, max(payload::text) AS payload FROM claimed \gset
UPDATE floor_job SET state = 2 WHERE id = :job::bigint;
