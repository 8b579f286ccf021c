-- The book of what was granted and charged. Append-only: the database refuses everything else.

CREATE TABLE ledger_entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    booked_at timestamptz NOT NULL,
    effective timestamptz NOT NULL,
    kind text NOT NULL CHECK (kind IN ('grant', 'settle', 'adjust', 'transfer', 'expire', 'writeOff')),
    budget text,
    site text NOT NULL,
    amount bigint NOT NULL,
    released bigint NOT NULL DEFAULT 0,
    attempt text,
    reason text NOT NULL,
    -- Canonical JSON as text, so that the sealed line is the same byte for byte for ever.
    usage text CHECK (usage IS NULL OR usage::jsonb IS NOT NULL),
    caused_by text
);
CREATE INDEX ledger_entry_budget ON ledger_entry (budget, id);
CREATE INDEX ledger_entry_site ON ledger_entry (site, effective);
CREATE INDEX ledger_entry_attempt ON ledger_entry (attempt) WHERE attempt IS NOT NULL;

-- Entries that no block holds yet; filled by the trigger below, emptied by the sealer.
CREATE TABLE ledger_tail (
    entry bigint PRIMARY KEY REFERENCES ledger_entry
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, vacuum_truncate = off);

CREATE TABLE ledger_block (
    number bigint PRIMARY KEY CHECK (number > 0),
    first_number bigint NOT NULL UNIQUE CHECK (first_number > 0),
    last_number bigint NOT NULL UNIQUE CHECK (last_number >= first_number),
    previous text NOT NULL UNIQUE CHECK (previous ~ '^[0-9a-f]{64}$'),
    hash text NOT NULL UNIQUE CHECK (hash ~ '^[0-9a-f]{64}$'),
    signature text NOT NULL,
    sealed_at timestamptz NOT NULL
);

-- The number of an entry, from 1 without a gap, given when it is sealed.
CREATE TABLE ledger_seal (
    number bigint PRIMARY KEY CHECK (number > 0),
    entry bigint NOT NULL UNIQUE REFERENCES ledger_entry,
    block bigint NOT NULL REFERENCES ledger_block
);
CREATE INDEX ledger_seal_block ON ledger_seal (block);

CREATE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', HINT = 'book an adjusting entry instead';
END $$;

CREATE FUNCTION ledger_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ledger_tail (entry) SELECT id FROM added;
    RETURN NULL;
END $$;

CREATE TRIGGER refuses BEFORE UPDATE OR DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_refuses();
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON ledger_entry EXECUTE FUNCTION ledger_refuses();
CREATE TRIGGER refuses BEFORE UPDATE OR DELETE ON ledger_block FOR EACH ROW EXECUTE FUNCTION ledger_refuses();
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON ledger_block EXECUTE FUNCTION ledger_refuses();
CREATE TRIGGER refuses BEFORE UPDATE OR DELETE ON ledger_seal FOR EACH ROW EXECUTE FUNCTION ledger_refuses();
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON ledger_seal EXECUTE FUNCTION ledger_refuses();
CREATE TRIGGER follows AFTER INSERT ON ledger_entry REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_follows();
