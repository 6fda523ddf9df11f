-- The audit log's chain, continued in the order of its ids: the id is drawn under the lock, not by the column's default
-- before it, or two writers at once would each continue the wrong row. Times are hashed in UTC, whatever the session's zone.
CREATE OR REPLACE FUNCTION "audit_log_chain"() RETURNS trigger LANGUAGE plpgsql SET TimeZone = 'UTC' AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('AuditLog'));
  NEW."id" := nextval(pg_get_serial_sequence('"AuditLog"', 'id'));
  NEW."previousHash" := COALESCE((SELECT "hash" FROM "AuditLog" ORDER BY "id" DESC LIMIT 1), '');
  NEW."hash" := encode(sha256(convert_to(
    NEW."previousHash" || (to_jsonb(NEW) - 'hash' - 'previousHash')::text, 'UTF8')), 'hex');
  RETURN NEW;
END $$;
