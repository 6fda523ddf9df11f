-- Of which kind the actor of an entry is. Entries from before have none, and their hashes stay what they are: the column is a part
-- of an entry's text only where it is set.
CREATE TYPE "ActorKind" AS ENUM ('person', 'service_account', 'agent');
ALTER TABLE "AuditLog" ADD COLUMN "actorKind" "ActorKind";

CREATE OR REPLACE FUNCTION "audit_log_chain"() RETURNS trigger LANGUAGE plpgsql SET TimeZone = 'UTC' AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('AuditLog'));
  NEW."id" := nextval(pg_get_serial_sequence('"AuditLog"', 'id'));
  NEW."previousHash" := COALESCE((SELECT "hash" FROM "AuditLog" ORDER BY "id" DESC LIMIT 1), '');
  NEW."hash" := encode(sha256(convert_to(
    NEW."previousHash" || (to_jsonb(NEW) - 'hash' - 'previousHash'
      - CASE WHEN NEW."actorKind" IS NULL THEN 'actorKind' ELSE '' END)::text, 'UTF8')), 'hex');
  RETURN NEW;
END $$;
