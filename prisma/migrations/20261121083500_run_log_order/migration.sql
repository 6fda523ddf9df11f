-- The log pieces of one run get their ids in the order in which they are committed: whoever has read up to an id has
-- missed nothing below it. The id is drawn again under the lock, since the column's default was drawn before it; the
-- lock goes with the transaction, after its rows became visible.
CREATE FUNCTION "run_log_order"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('RunLog:' || NEW."runId", 0));
  NEW."id" := nextval(pg_get_serial_sequence('"RunLog"', 'id'));
  RETURN NEW;
END $$;
CREATE TRIGGER "run_log_order" BEFORE INSERT ON "RunLog" FOR EACH ROW EXECUTE FUNCTION "run_log_order"();

-- That somebody looks at a node is written every few seconds and is no news to those who watch it.
DROP TRIGGER "node_announce" ON "ProxmoxNode";
CREATE TRIGGER "node_announce" AFTER INSERT OR DELETE ON "ProxmoxNode" FOR EACH ROW EXECUTE FUNCTION "announce_row"('node', 'id');
CREATE TRIGGER "node_announce_change" AFTER UPDATE ON "ProxmoxNode" FOR EACH ROW
  WHEN ((to_jsonb(OLD) - 'lookedAt' - 'updatedAt') IS DISTINCT FROM (to_jsonb(NEW) - 'lookedAt' - 'updatedAt'))
  EXECUTE FUNCTION "announce_row"('node', 'id');
