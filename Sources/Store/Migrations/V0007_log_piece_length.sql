-- A piece's text may be longer than what it stands for: programs print bytes that are no text, and those are replaced.
-- So a reader goes on by the log's own bytes, not by the text's. Of older pieces only the text's length is known.
ALTER TABLE log_piece ADD COLUMN bytes bigint CHECK (bytes >= 0);
UPDATE log_piece SET bytes = octet_length(text);
ALTER TABLE log_piece ALTER COLUMN bytes SET NOT NULL;
