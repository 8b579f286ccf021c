-- Each key that is checked costs a pack a question and a row's lock. A claim finds agent and allocation by itself, and
-- neither is ever removed.
ALTER TABLE pack DROP CONSTRAINT pack_agent_fkey, DROP CONSTRAINT pack_allocation_fkey;

-- The end of a task changed a column of an index, so its row was entered anew in all of them. What is open is what
-- waits, what is in the queue and what has a live attempt: each has an index of its own already, or gets it here, where
-- rows come in the order of the index. Half of a page is kept for the rows of one batch, which are neighbours.
DROP INDEX task_open;
ALTER TABLE task DROP COLUMN is_open;
ALTER TABLE task SET (fillfactor = 45);
CREATE INDEX ready_task ON ready (task);

-- Settlements are asked for since a time, hardly ever by their site, and they are added in the order of that time.
DROP INDEX attempt_past_site;
CREATE INDEX attempt_past_settled ON attempt_past USING brin (settled_at) WITH (pages_per_range = 32);
