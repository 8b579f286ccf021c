-- Attempts in a row that were over before anything ran: the next one waits longer each time.
ALTER TABLE task ADD COLUMN unstarted int NOT NULL DEFAULT 0 CHECK (unstarted >= 0);
