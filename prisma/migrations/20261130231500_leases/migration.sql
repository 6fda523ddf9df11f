-- Containers that are lent until a date: stopped then, and destroyed after a while by a run.
CREATE TYPE "LeaseStage" AS ENUM ('lent', 'ending', 'ended', 'destroying');
CREATE TABLE "Lease" (
  "containerId" UUID NOT NULL,
  "setById" UUID NOT NULL,
  "setAt" TIMESTAMPTZ(3) NOT NULL,
  "endsAt" TIMESTAMPTZ(3) NOT NULL,
  "hours" INTEGER NOT NULL,
  "graceHours" INTEGER,
  "stage" "LeaseStage" NOT NULL DEFAULT 'lent',
  "endedAt" TIMESTAMPTZ(3),
  "runId" UUID,
  "warnedAt" TIMESTAMPTZ(3),
  "version" INTEGER NOT NULL DEFAULT 1,
  "readVersion" INTEGER NOT NULL DEFAULT 0,
  "nextAt" TIMESTAMPTZ(3),
  CONSTRAINT "Lease_pkey" PRIMARY KEY ("containerId"),
  CONSTRAINT "lease_hours" CHECK ("hours" BETWEEN 1 AND 17520 AND ("graceHours" IS NULL OR "graceHours" BETWEEN 1 AND 17520)),
  CONSTRAINT "lease_stage" CHECK (("stage" IN ('lent', 'ending')) = ("endedAt" IS NULL) AND ("stage" <> 'lent' OR "runId" IS NULL) AND ("stage" NOT IN ('ending', 'destroying') OR "runId" IS NOT NULL)),
  CONSTRAINT "lease_version" CHECK ("readVersion" BETWEEN 0 AND "version")
);
CREATE INDEX "Lease_nextAt_idx" ON "Lease"("nextAt");
CREATE INDEX "Lease_setById_idx" ON "Lease"("setById");
CREATE INDEX "Lease_runId_idx" ON "Lease"("runId");
CREATE INDEX "lease_unread" ON "Lease"("containerId") WHERE "readVersion" < "version";
ALTER TABLE "Lease" ADD CONSTRAINT "Lease_containerId_fkey" FOREIGN KEY ("containerId") REFERENCES "Container"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Lease" ADD CONSTRAINT "Lease_setById_fkey" FOREIGN KEY ("setById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Lease" ADD CONSTRAINT "Lease_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- Who sees a container sees its lease; when it is looked at next is no news.
CREATE TRIGGER "lease_announce" AFTER INSERT OR DELETE ON "Lease" FOR EACH ROW EXECUTE FUNCTION "announce_row"('container', 'containerId');
CREATE TRIGGER "lease_announce_change" AFTER UPDATE ON "Lease" FOR EACH ROW
  WHEN ((OLD."version", OLD."stage", OLD."endedAt") IS DISTINCT FROM (NEW."version", NEW."stage", NEW."endedAt"))
  EXECUTE FUNCTION "announce_row"('container', 'containerId');

-- It goes with its container: one that comes back, as its guest was found, is not lent.
CREATE FUNCTION "end_lease"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "Lease" WHERE "containerId" = NEW."id";
  RETURN NULL;
END $$;
CREATE TRIGGER "container_ends_lease" AFTER UPDATE ON "Container" FOR EACH ROW
  WHEN (NEW."lifecycle" = 'deleted' AND OLD."lifecycle" <> 'deleted')
  EXECUTE FUNCTION "end_lease"();

ALTER TABLE "Run" ADD COLUMN "byLease" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "Project" ADD COLUMN "leaseDays" INTEGER, ADD COLUMN "leaseGraceDays" INTEGER;
ALTER TABLE "Project" ADD CONSTRAINT "project_lease" CHECK (("leaseDays" IS NULL AND "leaseGraceDays" IS NULL) OR ("leaseDays" BETWEEN 1 AND 730 AND ("leaseGraceDays" IS NULL OR "leaseGraceDays" BETWEEN 1 AND 730)));
