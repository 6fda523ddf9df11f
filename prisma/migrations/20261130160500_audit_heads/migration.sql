-- Heads of the audit log, signed by the worker with a key that the database has not: who can write the database can compute hashes, not these.
CREATE TABLE "AuditHead" (
    "number" INTEGER NOT NULL,
    "entryId" BIGINT NOT NULL,
    "entryHash" TEXT NOT NULL,
    "entryAt" TIMESTAMPTZ(3) NOT NULL,
    "signedAt" TIMESTAMPTZ(3) NOT NULL,
    "previousSignature" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "AuditHead_pkey" PRIMARY KEY ("number"),
    CONSTRAINT "audit_head_number" CHECK ("number" > 0)
);
CREATE TRIGGER "audit_head_append_only" BEFORE UPDATE OR DELETE ON "AuditHead" FOR EACH ROW EXECUTE FUNCTION "audit_log_append_only"();
CREATE TRIGGER "audit_head_no_truncate" BEFORE TRUNCATE ON "AuditHead" FOR EACH STATEMENT EXECUTE FUNCTION "audit_log_append_only"();

ALTER TABLE "AuditCheck" ADD COLUMN "brokenWhat" TEXT;
UPDATE "AuditCheck" SET "brokenWhat" = 'entry' WHERE "brokenId" IS NOT NULL;
ALTER TABLE "AuditCheck" ADD CONSTRAINT "audit_check_broken_what" CHECK (("brokenWhat" IS NULL) = ("brokenId" IS NULL) AND ("brokenWhat" IS NULL OR "brokenWhat" IN ('entry', 'signature', 'memory', 'table')));
