-- Where the audit log begins once its oldest entries were dropped: behind the entry of a signed head. Only those up to there can be deleted.
CREATE TABLE "AuditBeginning" (
    "only" BOOLEAN NOT NULL DEFAULT true,
    "number" INTEGER NOT NULL,
    "droppedAt" TIMESTAMPTZ(3) NOT NULL,
    "key" TEXT NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "AuditBeginning_pkey" PRIMARY KEY ("only"),
    CONSTRAINT "audit_beginning_one_row" CHECK ("only")
);
ALTER TABLE "AuditBeginning" ADD CONSTRAINT "AuditBeginning_number_fkey" FOREIGN KEY ("number") REFERENCES "AuditHead"("number") ON DELETE RESTRICT ON UPDATE RESTRICT;

CREATE FUNCTION "audit_log_keeps_entries"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD."id" <= (SELECT h."entryId" FROM "AuditBeginning" b JOIN "AuditHead" h ON h."number" = b."number") THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only';
END $$;
DROP TRIGGER "audit_log_append_only" ON "AuditLog";
CREATE TRIGGER "audit_log_append_only" BEFORE UPDATE OR DELETE ON "AuditLog" FOR EACH ROW EXECUTE FUNCTION "audit_log_keeps_entries"();
