-- Each claim and each exchange asks whether any agent is quarantined; agents' rows change with every exchange.
CREATE INDEX agent_quarantined ON agent (id) WHERE quarantined;

-- Only the trigger fills the tail, from the lines that were just added, and no line can be removed: the reference only
-- cost a look at each line again.
ALTER TABLE ledger_tail DROP CONSTRAINT ledger_tail_entry_fkey;
