-- The database of an installation of the first release (commit c05c7c3), as it wrote it itself: `npm start -- --lab=memory`, two people, five
-- creates (two ready, of which one was deleted later; one cancelled; two that wait for a decision), a stop and a start. Never edited by hand.

-- 20261121080000_first
-- citext: two spellings of one e-mail address are one account.
CREATE EXTENSION IF NOT EXISTS citext;

-- CreateEnum
CREATE TYPE "ContainerLifecycle" AS ENUM ('creating', 'ready', 'failed', 'deleting', 'deleted');

-- CreateEnum
CREATE TYPE "NodeState" AS ENUM ('unverified', 'online', 'needs_attention', 'unreachable', 'key_changed');

-- CreateEnum
CREATE TYPE "OrganizationRole" AS ENUM ('OWNER', 'ADMIN', 'OPERATOR', 'VIEWER');

-- CreateEnum
CREATE TYPE "ProjectRole" AS ENUM ('ADMIN', 'OPERATOR', 'VIEWER');

-- CreateEnum
CREATE TYPE "RunKind" AS ENUM ('provision', 'start', 'stop', 'shutdown', 'reboot', 'destroy');

-- CreateEnum
CREATE TYPE "RunState" AS ENUM ('queued', 'running', 'waiting', 'awaiting_decision', 'done', 'done_with_warnings', 'failed', 'cancelled', 'undone');

-- CreateEnum
CREATE TYPE "StepState" AS ENUM ('pending', 'running', 'waiting', 'done', 'warning', 'failed', 'skipped', 'undone');

-- CreateEnum
CREATE TYPE "UserRole" AS ENUM ('USER', 'SUPER_ADMIN');

-- CreateEnum
CREATE TYPE "UserStatus" AS ENUM ('ACTIVE', 'DISABLED');

-- CreateTable
CREATE TABLE "AuditLog" (
    "id" BIGSERIAL NOT NULL,
    "actorId" UUID,
    "actorEmail" TEXT,
    "action" TEXT NOT NULL,
    "targetType" TEXT,
    "targetId" TEXT,
    "targetName" TEXT,
    "organizationId" UUID,
    "projectId" UUID,
    "ip" TEXT,
    "userAgent" TEXT,
    "details" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "previousHash" TEXT NOT NULL DEFAULT '',
    "hash" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "AuditLog_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Container" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "nodeId" UUID NOT NULL,
    "templateRevisionId" UUID NOT NULL,
    "createdById" UUID NOT NULL,
    "hostname" TEXT NOT NULL,
    "vmid" INTEGER,
    "lifecycle" "ContainerLifecycle" NOT NULL DEFAULT 'creating',
    "spec" JSONB NOT NULL,
    "address" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Container_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ContainerEvent" (
    "id" BIGSERIAL NOT NULL,
    "containerId" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ContainerEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ContainerService" (
    "id" UUID NOT NULL,
    "containerId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "port" INTEGER,
    "path" TEXT,
    "status" TEXT NOT NULL DEFAULT 'up',
    "credentials" TEXT,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ContainerService_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProxmoxNode" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "port" INTEGER NOT NULL DEFAULT 8006,
    "pveName" TEXT,
    "tokenId" TEXT NOT NULL,
    "tokenSecret" TEXT NOT NULL,
    "sshUser" TEXT,
    "sshPort" INTEGER NOT NULL DEFAULT 22,
    "sshPassword" TEXT,
    "sshPrivateKey" TEXT,
    "secretsSetAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "tlsFingerprint" TEXT,
    "sshHostKey" TEXT,
    "seenTlsFingerprint" TEXT,
    "seenSshHostKey" TEXT,
    "seenCertificate" JSONB,
    "isDefault" BOOLEAN NOT NULL DEFAULT false,
    "state" "NodeState" NOT NULL DEFAULT 'unverified',
    "stateReason" TEXT,
    "pveVersion" TEXT,
    "report" JSONB,
    "inventory" JSONB,
    "probedAt" TIMESTAMPTZ(3),
    "probing" BOOLEAN NOT NULL DEFAULT false,
    "lastSeenAt" TIMESTAMPTZ(3),
    "lookedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ProxmoxNode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GuestObservation" (
    "nodeId" UUID NOT NULL,
    "vmid" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT,
    "status" TEXT NOT NULL,
    "lock" TEXT,
    "tags" TEXT,
    "cpu" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "maxCpu" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "mem" BIGINT NOT NULL DEFAULT 0,
    "maxMem" BIGINT NOT NULL DEFAULT 0,
    "disk" BIGINT NOT NULL DEFAULT 0,
    "maxDisk" BIGINT NOT NULL DEFAULT 0,
    "uptimeS" INTEGER NOT NULL DEFAULT 0,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "GuestObservation_pkey" PRIMARY KEY ("nodeId","vmid")
);

-- CreateTable
CREATE TABLE "NodeObservation" (
    "nodeId" UUID NOT NULL,
    "cpu" DOUBLE PRECISION,
    "maxCpu" INTEGER,
    "mem" BIGINT,
    "maxMem" BIGINT,
    "disk" BIGINT,
    "maxDisk" BIGINT,
    "uptimeS" INTEGER,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "NodeObservation_pkey" PRIMARY KEY ("nodeId")
);

-- CreateTable
CREATE TABLE "Organization" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OrganizationMember" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "role" "OrganizationRole" NOT NULL,

    CONSTRAINT "OrganizationMember_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Project" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProjectMember" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "role" "ProjectRole" NOT NULL,
    "inheritedFromOrg" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "ProjectMember_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Run" (
    "id" UUID NOT NULL,
    "kind" "RunKind" NOT NULL,
    "state" "RunState" NOT NULL DEFAULT 'queued',
    "version" INTEGER NOT NULL DEFAULT 0,
    "containerId" UUID NOT NULL,
    "nodeId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "requestKey" TEXT NOT NULL,
    "input" JSONB NOT NULL DEFAULT '{}',
    "error" TEXT,
    "waitingFor" TEXT,
    "cancelRequestedAt" TIMESTAMPTZ(3),
    "dispatchedAt" TIMESTAMPTZ(3),
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RunStep" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "state" "StepState" NOT NULL DEFAULT 'pending',
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "upid" TEXT,
    "error" TEXT,
    "detail" TEXT,
    "warnings" INTEGER NOT NULL DEFAULT 0,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RunStep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RunLog" (
    "id" BIGSERIAL NOT NULL,
    "runId" UUID NOT NULL,
    "stepId" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "stream" TEXT NOT NULL,
    "byteOffset" BIGINT NOT NULL,
    "text" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RunLog_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Template" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "retiredAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Template_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TemplateRevision" (
    "id" UUID NOT NULL,
    "templateId" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "TemplateRevision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "email" CITEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "UserRole" NOT NULL DEFAULT 'USER',
    "status" "UserStatus" NOT NULL DEFAULT 'ACTIVE',
    "emailVerifiedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ip" TEXT NOT NULL,
    "userAgent" TEXT NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RateLimit" (
    "key" TEXT NOT NULL,
    "tokens" DOUBLE PRECISION NOT NULL,
    "refilledAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RateLimit_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "AuditLog_actorId_createdAt_idx" ON "AuditLog"("actorId", "createdAt");

-- CreateIndex
CREATE INDEX "AuditLog_targetType_targetId_idx" ON "AuditLog"("targetType", "targetId");

-- CreateIndex
CREATE INDEX "Container_projectId_idx" ON "Container"("projectId");

-- CreateIndex
CREATE INDEX "Container_nodeId_idx" ON "Container"("nodeId");

-- CreateIndex
CREATE INDEX "ContainerEvent_containerId_createdAt_idx" ON "ContainerEvent"("containerId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "ContainerService_containerId_name_key" ON "ContainerService"("containerId", "name");

-- CreateIndex
CREATE INDEX "ProxmoxNode_userId_idx" ON "ProxmoxNode"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "ProxmoxNode_userId_name_key" ON "ProxmoxNode"("userId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Organization_slug_key" ON "Organization"("slug");

-- CreateIndex
CREATE INDEX "OrganizationMember_userId_idx" ON "OrganizationMember"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "OrganizationMember_organizationId_userId_key" ON "OrganizationMember"("organizationId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "Project_organizationId_slug_key" ON "Project"("organizationId", "slug");

-- CreateIndex
CREATE INDEX "ProjectMember_userId_idx" ON "ProjectMember"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "ProjectMember_projectId_userId_key" ON "ProjectMember"("projectId", "userId");

-- CreateIndex
CREATE INDEX "Run_containerId_createdAt_idx" ON "Run"("containerId", "createdAt");

-- CreateIndex
CREATE INDEX "Run_userId_createdAt_idx" ON "Run"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "Run_state_idx" ON "Run"("state");

-- CreateIndex
CREATE UNIQUE INDEX "Run_userId_requestKey_key" ON "Run"("userId", "requestKey");

-- CreateIndex
CREATE UNIQUE INDEX "RunStep_runId_name_key" ON "RunStep"("runId", "name");

-- CreateIndex
CREATE INDEX "RunLog_runId_id_idx" ON "RunLog"("runId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "RunLog_stepId_attempt_stream_byteOffset_key" ON "RunLog"("stepId", "attempt", "stream", "byteOffset");

-- CreateIndex
CREATE UNIQUE INDEX "Template_name_key" ON "Template"("name");

-- CreateIndex
CREATE UNIQUE INDEX "TemplateRevision_templateId_revision_key" ON "TemplateRevision"("templateId", "revision");

-- CreateIndex
CREATE UNIQUE INDEX "TemplateRevision_templateId_hash_key" ON "TemplateRevision"("templateId", "hash");

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- AddForeignKey
ALTER TABLE "Container" ADD CONSTRAINT "Container_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Container" ADD CONSTRAINT "Container_nodeId_fkey" FOREIGN KEY ("nodeId") REFERENCES "ProxmoxNode"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Container" ADD CONSTRAINT "Container_templateRevisionId_fkey" FOREIGN KEY ("templateRevisionId") REFERENCES "TemplateRevision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Container" ADD CONSTRAINT "Container_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContainerEvent" ADD CONSTRAINT "ContainerEvent_containerId_fkey" FOREIGN KEY ("containerId") REFERENCES "Container"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContainerService" ADD CONSTRAINT "ContainerService_containerId_fkey" FOREIGN KEY ("containerId") REFERENCES "Container"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProxmoxNode" ADD CONSTRAINT "ProxmoxNode_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GuestObservation" ADD CONSTRAINT "GuestObservation_nodeId_fkey" FOREIGN KEY ("nodeId") REFERENCES "ProxmoxNode"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NodeObservation" ADD CONSTRAINT "NodeObservation_nodeId_fkey" FOREIGN KEY ("nodeId") REFERENCES "ProxmoxNode"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrganizationMember" ADD CONSTRAINT "OrganizationMember_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrganizationMember" ADD CONSTRAINT "OrganizationMember_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Project" ADD CONSTRAINT "Project_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectMember" ADD CONSTRAINT "ProjectMember_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectMember" ADD CONSTRAINT "ProjectMember_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_containerId_fkey" FOREIGN KEY ("containerId") REFERENCES "Container"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_nodeId_fkey" FOREIGN KEY ("nodeId") REFERENCES "ProxmoxNode"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunStep" ADD CONSTRAINT "RunStep_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunLog" ADD CONSTRAINT "RunLog_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunLog" ADD CONSTRAINT "RunLog_stepId_fkey" FOREIGN KEY ("stepId") REFERENCES "RunStep"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TemplateRevision" ADD CONSTRAINT "TemplateRevision_templateId_fkey" FOREIGN KEY ("templateId") REFERENCES "Template"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- From here on: what Prisma cannot say. Each name is asserted in src/constraints.test.ts.

-- One default node per person.
CREATE UNIQUE INDEX "proxmox_node_one_default" ON "ProxmoxNode" ("userId") WHERE "isDefault";

-- A live row with a vmid is that vmid's reservation on its node.
CREATE UNIQUE INDEX "container_live_vmid" ON "Container" ("nodeId", "vmid") WHERE "vmid" IS NOT NULL AND "lifecycle" <> 'deleted';

-- One operation at a time on one container.
CREATE UNIQUE INDEX "run_one_active_per_container" ON "Run" ("containerId")
  WHERE "state" IN ('queued', 'running', 'waiting', 'awaiting_decision');

ALTER TABLE "Container" ADD CONSTRAINT "container_vmid_range" CHECK ("vmid" BETWEEN 100 AND 999999999);
ALTER TABLE "ProxmoxNode" ADD CONSTRAINT "proxmox_node_ports" CHECK ("port" BETWEEN 1 AND 65535 AND "sshPort" BETWEEN 1 AND 65535);
ALTER TABLE "RunStep" ADD CONSTRAINT "run_step_error_length" CHECK (octet_length("error") <= 512);
ALTER TABLE "RunLog" ADD CONSTRAINT "run_log_text_length" CHECK (octet_length("text") <= 131072);

-- An organization that lost its last owner could never be administered again.
CREATE FUNCTION "organization_keeps_an_owner"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "Organization" WHERE "id" = OLD."organizationId")
     AND NOT EXISTS (SELECT 1 FROM "OrganizationMember" WHERE "organizationId" = OLD."organizationId" AND "role" = 'OWNER') THEN
    RAISE EXCEPTION 'organization % would have no owner', OLD."organizationId" USING ERRCODE = '23514', CONSTRAINT = 'organization_keeps_an_owner';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "organization_keeps_an_owner" AFTER UPDATE OR DELETE ON "OrganizationMember"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "organization_keeps_an_owner"();

-- The audit log is a chain: each row carries the hash of the one before it, and none can be changed or removed.
-- The lock keeps two concurrent inserts from continuing the same row.
CREATE FUNCTION "audit_log_chain"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('AuditLog'));
  NEW."previousHash" := COALESCE((SELECT "hash" FROM "AuditLog" ORDER BY "id" DESC LIMIT 1), '');
  NEW."hash" := encode(sha256(convert_to(
    NEW."previousHash" || (to_jsonb(NEW) - 'hash' - 'previousHash')::text, 'UTF8')), 'hex');
  RETURN NEW;
END $$;
CREATE TRIGGER "audit_log_chain" BEFORE INSERT ON "AuditLog" FOR EACH ROW EXECUTE FUNCTION "audit_log_chain"();

CREATE FUNCTION "audit_log_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE TRIGGER "audit_log_append_only" BEFORE UPDATE OR DELETE ON "AuditLog" FOR EACH ROW EXECUTE FUNCTION "audit_log_append_only"();
CREATE TRIGGER "audit_log_no_truncate" BEFORE TRUNCATE ON "AuditLog" FOR EACH STATEMENT EXECUTE FUNCTION "audit_log_append_only"();

-- Rows wake their readers: one small message per statement on channel "homeport", "<what>:<id>".
-- PostgreSQL folds equal messages of one transaction into one.
CREATE FUNCTION "announce_row"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('homeport', TG_ARGV[0] || ':' || (to_jsonb(COALESCE(NEW, OLD)) ->> TG_ARGV[1]));
  RETURN NULL;
END $$;
CREATE TRIGGER "run_announce" AFTER INSERT OR UPDATE ON "Run" FOR EACH ROW EXECUTE FUNCTION "announce_row"('run', 'id');
CREATE TRIGGER "container_announce" AFTER INSERT OR UPDATE OR DELETE ON "Container" FOR EACH ROW EXECUTE FUNCTION "announce_row"('container', 'id');
CREATE TRIGGER "node_announce" AFTER INSERT OR UPDATE OR DELETE ON "ProxmoxNode" FOR EACH ROW EXECUTE FUNCTION "announce_row"('node', 'id');
CREATE TRIGGER "node_observation_announce" AFTER INSERT OR UPDATE ON "NodeObservation" FOR EACH ROW EXECUTE FUNCTION "announce_row"('guests', 'nodeId');

CREATE FUNCTION "announce_log"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('homeport', 'log:' || "runId") FROM (SELECT DISTINCT "runId" FROM added) AS runs;
  RETURN NULL;
END $$;
CREATE TRIGGER "run_log_announce" AFTER INSERT ON "RunLog" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "announce_log"();

-- 20261121083500_run_log_order
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

-- 20261121084500_audit_log_order
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

-- 20261121085500_step_journal
-- What a step meant to do before it did it: after a lost answer, the engine looks for its own task before it asks again.
ALTER TABLE "RunStep" ADD COLUMN "journal" JSONB NOT NULL DEFAULT '{}';

CREATE TABLE "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
);

-- Rows as they are: no trigger and no key speaks while they are put in.
SET session_replication_role = replica;

INSERT INTO "AuditLog" SELECT * FROM json_populate_recordset(NULL::"AuditLog", $rows$[
{"id":10,"actorId":"01a2262e-176d-74f3-bd38-9803135235f8","actorEmail":"demo@homeport.local","action":"container.create","targetType":"container","targetId":"01a2262f-f9c2-72b9-b53a-6e8fc30e136a","targetName":"redis-1","organizationId":"01a2262e-17b3-7458-b59f-8e681b444d1c","projectId":"01a2262e-17d5-737a-96fa-346453cf94b8","ip":"127.0.0.1","userAgent":"node","details":{"run": "01a2262f-fa12-7093-96b3-1bc76e2c43a9", "node": "lab", "vmid": null, "template": "redis"},"createdAt":"2026-11-29T07:23:28.23+00:00","previousHash":"a2aeeaebe79e5ef7faac86ba6fd43da89436d5175f6d3fc712961bf782ca62d5","hash":"fa6b391d38e324913aaad335d1295ed8efe374a1e56bdf7e455acc1896ac27eb"},
{"id":12,"actorId":"01a2262e-176d-74f3-bd38-9803135235f8","actorEmail":"demo@homeport.local","action":"container.create","targetType":"container","targetId":"01a2262f-fce5-74be-89f7-69e4c523119d","targetName":"web-full","organizationId":"01a2262e-17b3-7458-b59f-8e681b444d1c","projectId":"01a2262e-17d5-737a-96fa-346453cf94b8","ip":"127.0.0.1","userAgent":"node","details":{"run": "01a2262f-fd34-71fd-84b4-8c6fe7f4eb75", "node": "lab", "vmid": 250, "template": "nginx"},"createdAt":"2026-11-29T07:23:28.986+00:00","previousHash":"fa6b391d38e324913aaad335d1295ed8efe374a1e56bdf7e455acc1896ac27eb","hash":"966dad9e560892a9e960ac94f16b145be011926b217fb8f1c4658b5f61ed7560"},
{"id":14,"actorId":"01a2262e-176d-74f3-bd38-9803135235f8","actorEmail":"demo@homeport.local","action":"container.create","targetType":"container","targetId":"01a2262f-ff38-73f3-8eb9-216939279d65","targetName":"gone-1","organizationId":"01a2262e-17b3-7458-b59f-8e681b444d1c","projectId":"01a2262e-17d5-737a-96fa-346453cf94b8","ip":"127.0.0.1","userAgent":"node","details":{"run": "01a2262f-ff3d-71ec-b751-5fed8dd06fc6", "node": "lab", "vmid": null, "template": "debian"},"createdAt":"2026-11-29T07:23:29.476+00:00","previousHash":"966dad9e560892a9e960ac94f16b145be011926b217fb8f1c4658b5f61ed7560","hash":"72e9faa9650a0fbe421545629cfc05143d8754741d0d3eb91433367deffe8180"},
{"id":16,"actorId":"01a2262e-176d-74f3-bd38-9803135235f8","actorEmail":"demo@homeport.local","action":"container.create","targetType":"container","targetId":"01a22630-0091-7427-a712-35a0cec0eddb","targetName":"web-fail-exec","organizationId":"01a2262e-17b3-7458-b59f-8e681b444d1c","projectId":"01a2262e-17d5-737a-96fa-346453cf94b8","ip":"127.0.0.1","userAgent":"node","details":{"run": "01a22630-009c-756c-a620-acc60e9a6007", "node": "lab", "vmid": null, "template": "postgresql"},"createdAt":"2026-11-29T07:23:29.876+00:00","previousHash":"72e9faa9650a0fbe421545629cfc05143d8754741d0d3eb91433367deffe8180","hash":"a2b38546c5b7570e7c66148639d8103b93685da9402f043744c2ddc62fc4e6af"},
{"id":18,"actorId":"01a2262e-176d-74f3-bd38-9803135235f8","actorEmail":"demo@homeport.local","action":"account.sign_in","targetType":"account","targetId":"01a2262e-176d-74f3-bd38-9803135235f8","targetName":"Demo","organizationId":null,"projectId":null,"ip":"127.0.0.1","userAgent":"node","details":{},"createdAt":"2026-11-29T07:28:35.221+00:00","previousHash":"a2b38546c5b7570e7c66148639d8103b93685da9402f043744c2ddc62fc4e6af","hash":"eb0c0cb85c3ae656e377e7573770963124bd1111960200f388ca29cc3dc5df9a"},
{"id":2,"actorId":null,"actorEmail":null,"action":"account.seed","targetType":"account","targetId":"01a2262e-176d-74f3-bd38-9803135235f8","targetName":"Demo","organizationId":null,"projectId":null,"ip":"local","userAgent":"Homeport launcher","details":{},"createdAt":"2026-11-29T07:21:24.717+00:00","previousHash":"","hash":"37d9954c7e5893176baeab57f08b62fd3aa91bd9f975f4f7eba9195cae091504"},
{"id":20,"actorId":"01a2262e-176d-74f3-bd38-9803135235f8","actorEmail":"demo@homeport.local","action":"container.stop","targetType":"container","targetId":"01a2262f-f9c2-72b9-b53a-6e8fc30e136a","targetName":"redis-1","organizationId":"01a2262e-17b3-7458-b59f-8e681b444d1c","projectId":"01a2262e-17d5-737a-96fa-346453cf94b8","ip":"127.0.0.1","userAgent":"node","details":{"run": "01a22634-ac2d-757c-b50c-8282307b5be2", "vmid": 100},"createdAt":"2026-11-29T07:28:35.893+00:00","previousHash":"eb0c0cb85c3ae656e377e7573770963124bd1111960200f388ca29cc3dc5df9a","hash":"b76b4455b83d9fb39d8bffa23759d6f818f71b5d0c83558b3014cac429f60748"},
{"id":22,"actorId":"01a2262e-176d-74f3-bd38-9803135235f8","actorEmail":"demo@homeport.local","action":"container.start","targetType":"container","targetId":"01a2262f-f9c2-72b9-b53a-6e8fc30e136a","targetName":"redis-1","organizationId":"01a2262e-17b3-7458-b59f-8e681b444d1c","projectId":"01a2262e-17d5-737a-96fa-346453cf94b8","ip":"127.0.0.1","userAgent":"node","details":{"run": "01a22634-b2de-7249-939e-39bf3631bd02", "vmid": 100},"createdAt":"2026-11-29T07:28:37.603+00:00","previousHash":"b76b4455b83d9fb39d8bffa23759d6f818f71b5d0c83558b3014cac429f60748","hash":"fe8d1de1eeb29087e966dfa2520ec3a34dc23d69a01aaf4baf7c146cd19af661"},
{"id":24,"actorId":"01a2262e-176d-74f3-bd38-9803135235f8","actorEmail":"demo@homeport.local","action":"container.destroy","targetType":"container","targetId":"01a2262f-ff38-73f3-8eb9-216939279d65","targetName":"gone-1","organizationId":"01a2262e-17b3-7458-b59f-8e681b444d1c","projectId":"01a2262e-17d5-737a-96fa-346453cf94b8","ip":"127.0.0.1","userAgent":"node","details":{"run": "01a22634-bc59-70de-a3ce-5bc6401a2ad2", "vmid": 101},"createdAt":"2026-11-29T07:28:40.04+00:00","previousHash":"fe8d1de1eeb29087e966dfa2520ec3a34dc23d69a01aaf4baf7c146cd19af661","hash":"44ac6bb057419ceaac28017c821da26ba8a158c19f582a3f139848c206365aa9"},
{"id":26,"actorId":"01a2262e-176d-74f3-bd38-9803135235f8","actorEmail":"demo@homeport.local","action":"container.create","targetType":"container","targetId":"01a22634-c38e-74ea-b8f2-29703e9c114f","targetName":"never-1","organizationId":"01a2262e-17b3-7458-b59f-8e681b444d1c","projectId":"01a2262e-17d5-737a-96fa-346453cf94b8","ip":"127.0.0.1","userAgent":"node","details":{"run": "01a22634-c392-714b-a2ed-439c45b781ac", "node": "lab", "vmid": null, "template": "caddy"},"createdAt":"2026-11-29T07:28:41.897+00:00","previousHash":"44ac6bb057419ceaac28017c821da26ba8a158c19f582a3f139848c206365aa9","hash":"84c7fcacefea6d27f5fa5a37724fb709b013e9400e2cbab539929bbe97eeef3c"},
{"id":28,"actorId":"01a2262e-176d-74f3-bd38-9803135235f8","actorEmail":"demo@homeport.local","action":"run.cancel","targetType":"run","targetId":"01a22634-c392-714b-a2ed-439c45b781ac","targetName":"never-1","organizationId":"01a2262e-17b3-7458-b59f-8e681b444d1c","projectId":"01a2262e-17d5-737a-96fa-346453cf94b8","ip":"127.0.0.1","userAgent":"node","details":{"kind": "provision", "container": "01a22634-c38e-74ea-b8f2-29703e9c114f"},"createdAt":"2026-11-29T07:28:42.005+00:00","previousHash":"84c7fcacefea6d27f5fa5a37724fb709b013e9400e2cbab539929bbe97eeef3c","hash":"296cf4dd5de081ac853733940b2bdc16437b9d2bdd501a51098f1ae6a1cee01e"},
{"id":4,"actorId":null,"actorEmail":null,"action":"node.seed","targetType":"node","targetId":"01a2262e-1821-7079-8326-6d4f75932afa","targetName":"lab","organizationId":null,"projectId":null,"ip":"local","userAgent":"Homeport launcher","details":{"host": "127.0.0.1", "port": 8006},"createdAt":"2026-11-29T07:21:24.829+00:00","previousHash":"37d9954c7e5893176baeab57f08b62fd3aa91bd9f975f4f7eba9195cae091504","hash":"cb20c33af0252dfd37f1012d3d6dd9dccdc4d5ce36d3bedb6512c9ee2e3f8a85"},
{"id":6,"actorId":"01a2262e-176d-74f3-bd38-9803135235f8","actorEmail":"demo@homeport.local","action":"account.sign_in","targetType":"account","targetId":"01a2262e-176d-74f3-bd38-9803135235f8","targetName":"Demo","organizationId":null,"projectId":null,"ip":"127.0.0.1","userAgent":"node","details":{},"createdAt":"2026-11-29T07:23:25.01+00:00","previousHash":"cb20c33af0252dfd37f1012d3d6dd9dccdc4d5ce36d3bedb6512c9ee2e3f8a85","hash":"115fb0e926b6589af12f74312211855013290c7e2fd8d1fa76bb7d390f284272"},
{"id":8,"actorId":"01a2262f-f140-7388-8d13-6f7602c2fa3e","actorEmail":"ada@example.com","action":"account.sign_up","targetType":"account","targetId":"01a2262f-f140-7388-8d13-6f7602c2fa3e","targetName":"Ada","organizationId":"01a2262f-f1e5-73f7-a7c1-2260c15c2cf5","projectId":"01a2262f-f204-75fc-97de-caa45c9a7f7f","ip":"127.0.0.1","userAgent":"node","details":{},"createdAt":"2026-11-29T07:23:26.118+00:00","previousHash":"115fb0e926b6589af12f74312211855013290c7e2fd8d1fa76bb7d390f284272","hash":"a2aeeaebe79e5ef7faac86ba6fd43da89436d5175f6d3fc712961bf782ca62d5"}
]$rows$);
INSERT INTO "Container" SELECT * FROM json_populate_recordset(NULL::"Container", $rows$[
{"id":"01a2262f-f9c2-72b9-b53a-6e8fc30e136a","projectId":"01a2262e-17d5-737a-96fa-346453cf94b8","nodeId":"01a2262e-1821-7079-8326-6d4f75932afa","templateRevisionId":"01a2262e-0070-777d-adf2-89923a7e8632","createdById":"01a2262e-176d-74f3-bd38-9803135235f8","hostname":"redis-1","vmid":100,"lifecycle":"ready","spec":{"tags": [], "vlan": null, "vmid": null, "cores": 1, "bridge": "vmbr0", "nodeId": "01a2262e-1821-7079-8326-6d4f75932afa", "diskGib": 4, "nesting": true, "network": {"mode": "dhcp"}, "storage": "local-lvm", "swapMib": 0, "hostname": "redis-1", "memoryMib": 512, "osTemplate": "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst", "scriptsOff": [], "nameservers": [], "packagesOff": [], "startOnBoot": true, "searchDomain": "", "sshPublicKey": "", "unprivileged": true, "templateRevisionId": "01a2262e-0070-777d-adf2-89923a7e8632"},"address":"127.77.72.71","createdAt":"2026-11-29T07:23:28.066+00:00","updatedAt":"2026-11-29T07:28:39.672+00:00","deletedAt":null},
{"id":"01a2262f-fce5-74be-89f7-69e4c523119d","projectId":"01a2262e-17d5-737a-96fa-346453cf94b8","nodeId":"01a2262e-1821-7079-8326-6d4f75932afa","templateRevisionId":"01a2262d-ffac-70cf-85e9-379e99e2af4b","createdById":"01a2262e-176d-74f3-bd38-9803135235f8","hostname":"web-full","vmid":250,"lifecycle":"creating","spec":{"tags": ["web", "blue"], "vlan": 7, "vmid": 250, "cores": 1, "bridge": "vmbr0", "nodeId": "01a2262e-1821-7079-8326-6d4f75932afa", "diskGib": 4, "nesting": false, "network": {"mode": "static", "address": "10.10.10.50/24", "gateway": "10.10.10.1"}, "storage": "local-lvm", "swapMib": 256, "hostname": "web-full", "memoryMib": 512, "osTemplate": "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst", "scriptsOff": [], "nameservers": ["1.1.1.1"], "packagesOff": [], "startOnBoot": false, "searchDomain": "lab.example", "sshPublicKey": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFakeKeyFakeKeyFakeKeyFakeKeyFakeKeyFak ada@lab", "unprivileged": true, "templateRevisionId": "01a2262d-ffac-70cf-85e9-379e99e2af4b"},"address":null,"createdAt":"2026-11-29T07:23:28.869+00:00","updatedAt":"2026-11-29T07:23:28.869+00:00","deletedAt":null},
{"id":"01a2262f-ff38-73f3-8eb9-216939279d65","projectId":"01a2262e-17d5-737a-96fa-346453cf94b8","nodeId":"01a2262e-1821-7079-8326-6d4f75932afa","templateRevisionId":"01a2262d-feec-779d-bc74-fad095333d78","createdById":"01a2262e-176d-74f3-bd38-9803135235f8","hostname":"gone-1","vmid":101,"lifecycle":"deleted","spec":{"tags": [], "vlan": null, "vmid": null, "cores": 1, "bridge": "vmbr0", "nodeId": "01a2262e-1821-7079-8326-6d4f75932afa", "diskGib": 4, "nesting": true, "network": {"mode": "dhcp"}, "storage": "local-lvm", "swapMib": 0, "hostname": "gone-1", "memoryMib": 512, "osTemplate": "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst", "scriptsOff": [], "nameservers": [], "packagesOff": [], "startOnBoot": true, "searchDomain": "", "sshPublicKey": "", "unprivileged": true, "templateRevisionId": "01a2262d-feec-779d-bc74-fad095333d78"},"address":null,"createdAt":"2026-11-29T07:23:29.464+00:00","updatedAt":"2026-11-29T07:28:41.393+00:00","deletedAt":"2026-11-29T07:28:41.392+00:00"},
{"id":"01a22630-0091-7427-a712-35a0cec0eddb","projectId":"01a2262e-17d5-737a-96fa-346453cf94b8","nodeId":"01a2262e-1821-7079-8326-6d4f75932afa","templateRevisionId":"01a2262e-0037-732f-a7e5-65d386e26458","createdById":"01a2262e-176d-74f3-bd38-9803135235f8","hostname":"web-fail-exec","vmid":102,"lifecycle":"creating","spec":{"tags": [], "vlan": null, "vmid": null, "cores": 1, "bridge": "vmbr0", "nodeId": "01a2262e-1821-7079-8326-6d4f75932afa", "diskGib": 4, "nesting": true, "network": {"mode": "dhcp"}, "storage": "local-lvm", "swapMib": 0, "hostname": "web-fail-exec", "memoryMib": 512, "osTemplate": "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst", "scriptsOff": [], "nameservers": [], "packagesOff": [], "startOnBoot": true, "searchDomain": "", "sshPublicKey": "", "unprivileged": true, "templateRevisionId": "01a2262e-0037-732f-a7e5-65d386e26458"},"address":null,"createdAt":"2026-11-29T07:23:29.809+00:00","updatedAt":"2026-11-29T07:23:32.706+00:00","deletedAt":null},
{"id":"01a22634-c38e-74ea-b8f2-29703e9c114f","projectId":"01a2262e-17d5-737a-96fa-346453cf94b8","nodeId":"01a2262e-1821-7079-8326-6d4f75932afa","templateRevisionId":"01a2262d-fe9c-76a8-abc5-1d872b8c4594","createdById":"01a2262e-176d-74f3-bd38-9803135235f8","hostname":"never-1","vmid":null,"lifecycle":"deleted","spec":{"tags": [], "vlan": null, "vmid": null, "cores": 1, "bridge": "vmbr0", "nodeId": "01a2262e-1821-7079-8326-6d4f75932afa", "diskGib": 4, "nesting": true, "network": {"mode": "dhcp"}, "storage": "local-lvm", "swapMib": 0, "hostname": "never-1", "memoryMib": 512, "osTemplate": "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst", "scriptsOff": [], "nameservers": [], "packagesOff": [], "startOnBoot": true, "searchDomain": "", "sshPublicKey": "", "unprivileged": true, "templateRevisionId": "01a2262d-fe9c-76a8-abc5-1d872b8c4594"},"address":null,"createdAt":"2026-11-29T07:28:41.871+00:00","updatedAt":"2026-11-29T07:28:42.161+00:00","deletedAt":"2026-11-29T07:28:42.161+00:00"}
]$rows$);
INSERT INTO "ContainerEvent" SELECT * FROM json_populate_recordset(NULL::"ContainerEvent", $rows$[
{"id":1,"containerId":"01a2262f-f9c2-72b9-b53a-6e8fc30e136a","type":"provision.done","message":"The container was created.","metadata":{"runId": "01a2262f-fa12-7093-96b3-1bc76e2c43a9"},"createdAt":"2026-11-29T07:23:37.96+00:00"},
{"id":2,"containerId":"01a2262f-ff38-73f3-8eb9-216939279d65","type":"provision.done","message":"The container was created.","metadata":{"runId": "01a2262f-ff3d-71ec-b751-5fed8dd06fc6"},"createdAt":"2026-11-29T07:23:40.463+00:00"},
{"id":3,"containerId":"01a2262f-f9c2-72b9-b53a-6e8fc30e136a","type":"stop.done","message":"The container was stopped.","metadata":{"runId": "01a22634-ac2d-757c-b50c-8282307b5be2"},"createdAt":"2026-11-29T07:28:36.812+00:00"},
{"id":4,"containerId":"01a2262f-f9c2-72b9-b53a-6e8fc30e136a","type":"start.done","message":"The container was started.","metadata":{"runId": "01a22634-b2de-7249-939e-39bf3631bd02"},"createdAt":"2026-11-29T07:28:39.674+00:00"},
{"id":5,"containerId":"01a2262f-ff38-73f3-8eb9-216939279d65","type":"destroy.done","message":"The container was destroyed.","metadata":{"runId": "01a22634-bc59-70de-a3ce-5bc6401a2ad2"},"createdAt":"2026-11-29T07:28:41.454+00:00"},
{"id":6,"containerId":"01a22634-c38e-74ea-b8f2-29703e9c114f","type":"provision.cancelled","message":"Its creation was cancelled and undone: nothing of it is left.","metadata":{"runId": "01a22634-c392-714b-a2ed-439c45b781ac"},"createdAt":"2026-11-29T07:28:42.242+00:00"}
]$rows$);
INSERT INTO "ContainerService" SELECT * FROM json_populate_recordset(NULL::"ContainerService", $rows$[
{"id":"db0df1d2-50a7-4233-b251-f792d6534a21","containerId":"01a2262f-f9c2-72b9-b53a-6e8fc30e136a","name":"redis","kind":"redis","port":6379,"path":null,"status":"up","credentials":"k1.35K2rZa5a2moQrON.UTyjg4c/6TqqBgXjEcm3jUfWN2GCXFX1NeYn/vJXsVk6CIDUuxT9i/qjyKOBfsTMWhOVhHtMYzV1YVlVlJ56QarcxyFG0N47SV7JlcZLPtOqf3UxNv6jXnamQtB27btI6NAlm0wjrFofMc+tJBkr8X32Hlw0T3RK3t1U+4mKP5KAUiGfnw==","updatedAt":"2026-11-29T07:23:37.705+00:00"}
]$rows$);
INSERT INTO "GuestObservation" SELECT * FROM json_populate_recordset(NULL::"GuestObservation", $rows$[
{"nodeId":"01a2262e-1821-7079-8326-6d4f75932afa","vmid":100,"kind":"lxc","name":"redis-1","status":"running","lock":null,"tags":"homeport-6e8fc30e136a","cpu":0.004,"maxCpu":1,"mem":64424509,"maxMem":536870912,"disk":614000000,"maxDisk":4143784447,"uptimeS":54,"seenAt":"2026-11-29T07:29:38.582+00:00"},
{"nodeId":"01a2262e-1821-7079-8326-6d4f75932afa","vmid":102,"kind":"lxc","name":"web-fail-exec","status":"running","lock":null,"tags":"homeport-35a0cec0eddb","cpu":0.006,"maxCpu":1,"mem":78741067,"maxMem":536870912,"disk":590000000,"maxDisk":4143784447,"uptimeS":357,"seenAt":"2026-11-29T07:29:38.582+00:00"}
]$rows$);
INSERT INTO "NodeObservation" SELECT * FROM json_populate_recordset(NULL::"NodeObservation", $rows$[
{"nodeId":"01a2262e-1821-7079-8326-6d4f75932afa","cpu":0.03875,"maxCpu":8,"mem":6184752906,"maxMem":34359738368,"disk":7945689498,"maxDisk":100931731456,"uptimeS":4104,"seenAt":"2026-11-29T07:29:38.582+00:00"}
]$rows$);
INSERT INTO "Organization" SELECT * FROM json_populate_recordset(NULL::"Organization", $rows$[
{"id":"01a2262e-17b3-7458-b59f-8e681b444d1c","name":"Demo's organization","slug":"personal-01a2262e-176d-74f3-bd38-9803135235f8","createdAt":"2026-11-29T07:21:24.659+00:00"},
{"id":"01a2262f-f1e5-73f7-a7c1-2260c15c2cf5","name":"Ada's organization","slug":"personal-01a2262f-f140-7388-8d13-6f7602c2fa3e","createdAt":"2026-11-29T07:23:26.053+00:00"}
]$rows$);
INSERT INTO "OrganizationMember" SELECT * FROM json_populate_recordset(NULL::"OrganizationMember", $rows$[
{"id":"01a2262e-17c2-70dc-9825-1b8e808348d8","organizationId":"01a2262e-17b3-7458-b59f-8e681b444d1c","userId":"01a2262e-176d-74f3-bd38-9803135235f8","role":"OWNER"},
{"id":"01a2262f-f1ed-733e-8e23-a9cb0f6ae19a","organizationId":"01a2262f-f1e5-73f7-a7c1-2260c15c2cf5","userId":"01a2262f-f140-7388-8d13-6f7602c2fa3e","role":"OWNER"}
]$rows$);
INSERT INTO "Project" SELECT * FROM json_populate_recordset(NULL::"Project", $rows$[
{"id":"01a2262e-17d5-737a-96fa-346453cf94b8","organizationId":"01a2262e-17b3-7458-b59f-8e681b444d1c","name":"default","slug":"default","createdAt":"2026-11-29T07:21:24.693+00:00"},
{"id":"01a2262f-f204-75fc-97de-caa45c9a7f7f","organizationId":"01a2262f-f1e5-73f7-a7c1-2260c15c2cf5","name":"default","slug":"default","createdAt":"2026-11-29T07:23:26.084+00:00"}
]$rows$);
INSERT INTO "ProjectMember" SELECT * FROM json_populate_recordset(NULL::"ProjectMember", $rows$[
{"id":"01a2262e-17d8-7468-9b89-cfaba62bd2e8","projectId":"01a2262e-17d5-737a-96fa-346453cf94b8","userId":"01a2262e-176d-74f3-bd38-9803135235f8","role":"ADMIN","inheritedFromOrg":true},
{"id":"01a2262f-f214-7277-a1c0-3606768e340e","projectId":"01a2262f-f204-75fc-97de-caa45c9a7f7f","userId":"01a2262f-f140-7388-8d13-6f7602c2fa3e","role":"ADMIN","inheritedFromOrg":true}
]$rows$);
INSERT INTO "ProxmoxNode" SELECT * FROM json_populate_recordset(NULL::"ProxmoxNode", $rows$[
{"id":"01a2262e-1821-7079-8326-6d4f75932afa","userId":"01a2262e-176d-74f3-bd38-9803135235f8","name":"lab","host":"127.0.0.1","port":8006,"pveName":"pve","tokenId":"root@pam!homeport","tokenSecret":"k1.7T+Z2XRn9ZlF4H4Y.u+YesD9r/hagTAGogVf7CROIze1/wtkYnydvm1uTfL9aEYv0CShN85tdWW68bsP3mDsI8w==","sshUser":"root","sshPort":2222,"sshPassword":"k1.6Enb6nqEjgBIJ/LN.7buDFotaNK7/brR9CuPdf3gfiLtTMmP6rYlG2BsvFaS7zWtZYxQ+Xw==","sshPrivateKey":null,"secretsSetAt":"2026-11-29T07:21:24.771+00:00","tlsFingerprint":"A6:CE:F6:C1:8F:14:04:E0:1F:75:F9:CB:BE:A7:D0:5B:E9:03:AD:DD:8C:8A:AF:FD:76:1B:49:AD:5E:55:D0:AF","sshHostKey":"SHA256:YngYfXoA8E4lBaWEVSRYpaO0ZJ8GQU9w9Cal1o5M1Ew","seenTlsFingerprint":"A6:CE:F6:C1:8F:14:04:E0:1F:75:F9:CB:BE:A7:D0:5B:E9:03:AD:DD:8C:8A:AF:FD:76:1B:49:AD:5E:55:D0:AF","seenSshHostKey":"SHA256:YngYfXoA8E4lBaWEVSRYpaO0ZJ8GQU9w9Cal1o5M1Ew","seenCertificate":{"names": ["127.0.0.1", "0:0:0:0:0:0:0:1", "localhost", "pve"], "issuer": "CN=pve, O=Homeport lab", "subject": "CN=pve, O=Homeport lab", "notAfter": "2028-11-28T07:21:13.000Z", "notBefore": "2026-11-28T07:21:13.000Z", "fingerprint": "A6:CE:F6:C1:8F:14:04:E0:1F:75:F9:CB:BE:A7:D0:5B:E9:03:AD:DD:8C:8A:AF:FD:76:1B:49:AD:5E:55:D0:AF"},"isDefault":true,"state":"online","stateReason":null,"pveVersion":"9.2.11","report":{"lines": [{"id": "api", "label": "API reachable", "state": "ok", "detail": "signed in as root@pam!homeport"}, {"id": "version", "label": "Proxmox VE version", "state": "ok", "detail": "9.2.11"}, {"id": "privileges", "label": "Privileges", "state": "ok", "detail": "all 12 that are needed"}, {"id": "ssh", "label": "SSH sign-in", "state": "ok", "detail": "signed in, host key as confirmed"}, {"id": "pct", "label": "pct on the node", "state": "ok", "detail": "answers"}, {"id": "storage", "label": "Storage for containers", "state": "ok", "detail": "local-lvm"}, {"id": "templates", "label": "Storage for OS templates", "state": "ok", "detail": "local"}, {"id": "bridges", "label": "Bridges", "state": "ok", "detail": "vmbr0"}, {"id": "os-templates", "label": "OS templates", "state": "ok", "detail": "debian-12-standard_12.12-1_amd64.tar.zst, debian-13-standard_13.1-2_amd64.tar.zst"}]},"inventory":{"bridges": [{"cidr": "10.77.0.1/24", "name": "vmbr0"}], "storages": [{"name": "local", "type": "dir", "totalBytes": 100931731456, "forTemplates": true, "forContainers": false, "availableBytes": 92986041958}, {"name": "local-lvm", "type": "lvmthin", "totalBytes": 373662154752, "forTemplates": false, "forContainers": true, "availableBytes": 373662154752}], "osTemplates": [{"volid": "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst", "sizeBytes": 126129049}, {"volid": "local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst", "sizeBytes": 129710398}]},"probedAt":"2026-11-29T07:21:25.825+00:00","probing":false,"lastSeenAt":"2026-11-29T07:29:38.582+00:00","lookedAt":null,"createdAt":"2026-11-29T07:21:24.819+00:00","updatedAt":"2026-11-29T07:29:38.686+00:00"}
]$rows$);
INSERT INTO "RateLimit" SELECT * FROM json_populate_recordset(NULL::"RateLimit", $rows$[
{"key":"sign-in:account:8893d3c58e424e981d82394f68b62397","tokens":59,"refilledAt":"2026-11-29T07:23:24.46+00:00"},
{"key":"sign-in:address:127.0.0.1","tokens":39,"refilledAt":"2026-11-29T07:28:35.129+00:00"},
{"key":"sign-up:address:127.0.0.1","tokens":19,"refilledAt":"2026-11-29T07:23:25.604+00:00"}
]$rows$);
INSERT INTO "Run" SELECT * FROM json_populate_recordset(NULL::"Run", $rows$[
{"id":"01a2262f-fa12-7093-96b3-1bc76e2c43a9","kind":"provision","state":"done","version":10,"containerId":"01a2262f-f9c2-72b9-b53a-6e8fc30e136a","nodeId":"01a2262e-1821-7079-8326-6d4f75932afa","userId":"01a2262e-176d-74f3-bd38-9803135235f8","requestKey":"827e9ab8-9fe6-4409-8c72-215d88f7cadf","input":{"tags": [], "vlan": null, "vmid": null, "cores": 1, "bridge": "vmbr0", "nodeId": "01a2262e-1821-7079-8326-6d4f75932afa", "diskGib": 4, "nesting": true, "network": {"mode": "dhcp"}, "storage": "local-lvm", "swapMib": 0, "hostname": "redis-1", "memoryMib": 512, "osTemplate": "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst", "scriptsOff": [], "nameservers": [], "packagesOff": [], "startOnBoot": true, "searchDomain": "", "sshPublicKey": "", "unprivileged": true, "templateRevisionId": "01a2262e-0070-777d-adf2-89923a7e8632"},"error":null,"waitingFor":null,"cancelRequestedAt":null,"dispatchedAt":"2026-11-29T07:23:28.752+00:00","startedAt":"2026-11-29T07:23:28.752+00:00","endedAt":"2026-11-29T07:23:37.934+00:00","createdAt":"2026-11-29T07:23:28.147+00:00"},
{"id":"01a2262f-fd34-71fd-84b4-8c6fe7f4eb75","kind":"provision","state":"awaiting_decision","version":4,"containerId":"01a2262f-fce5-74be-89f7-69e4c523119d","nodeId":"01a2262e-1821-7079-8326-6d4f75932afa","userId":"01a2262e-176d-74f3-bd38-9803135235f8","requestKey":"6f440956-f72a-415e-ad17-e10a9d968e3f","input":{"tags": ["web", "blue"], "vlan": 7, "vmid": 250, "cores": 1, "bridge": "vmbr0", "nodeId": "01a2262e-1821-7079-8326-6d4f75932afa", "diskGib": 4, "nesting": false, "network": {"mode": "static", "address": "10.10.10.50/24", "gateway": "10.10.10.1"}, "storage": "local-lvm", "swapMib": 256, "hostname": "web-full", "memoryMib": 512, "osTemplate": "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst", "scriptsOff": [], "nameservers": ["1.1.1.1"], "packagesOff": [], "startOnBoot": false, "searchDomain": "lab.example", "sshPublicKey": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFakeKeyFakeKeyFakeKeyFakeKeyFakeKeyFak ada@lab", "unprivileged": true, "templateRevisionId": "01a2262d-ffac-70cf-85e9-379e99e2af4b"},"error":"Proxmox refused it: SSH public key validation error","waitingFor":"your decision","cancelRequestedAt":null,"dispatchedAt":"2026-11-29T07:23:29.798+00:00","startedAt":"2026-11-29T07:23:29.798+00:00","endedAt":null,"createdAt":"2026-11-29T07:23:28.948+00:00"},
{"id":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","kind":"provision","state":"done","version":11,"containerId":"01a2262f-ff38-73f3-8eb9-216939279d65","nodeId":"01a2262e-1821-7079-8326-6d4f75932afa","userId":"01a2262e-176d-74f3-bd38-9803135235f8","requestKey":"0ea31ea2-90e2-4390-a6af-a2fb08c46c34","input":{"tags": [], "vlan": null, "vmid": null, "cores": 1, "bridge": "vmbr0", "nodeId": "01a2262e-1821-7079-8326-6d4f75932afa", "diskGib": 4, "nesting": true, "network": {"mode": "dhcp"}, "storage": "local-lvm", "swapMib": 0, "hostname": "gone-1", "memoryMib": 512, "osTemplate": "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst", "scriptsOff": [], "nameservers": [], "packagesOff": [], "startOnBoot": true, "searchDomain": "", "sshPublicKey": "", "unprivileged": true, "templateRevisionId": "01a2262d-feec-779d-bc74-fad095333d78"},"error":null,"waitingFor":null,"cancelRequestedAt":null,"dispatchedAt":"2026-11-29T07:23:29.997+00:00","startedAt":"2026-11-29T07:23:29.997+00:00","endedAt":"2026-11-29T07:23:40.461+00:00","createdAt":"2026-11-29T07:23:29.469+00:00"},
{"id":"01a22630-009c-756c-a620-acc60e9a6007","kind":"provision","state":"awaiting_decision","version":6,"containerId":"01a22630-0091-7427-a712-35a0cec0eddb","nodeId":"01a2262e-1821-7079-8326-6d4f75932afa","userId":"01a2262e-176d-74f3-bd38-9803135235f8","requestKey":"701c8450-a577-4262-af7d-7e7c09730d60","input":{"tags": [], "vlan": null, "vmid": null, "cores": 1, "bridge": "vmbr0", "nodeId": "01a2262e-1821-7079-8326-6d4f75932afa", "diskGib": 4, "nesting": true, "network": {"mode": "dhcp"}, "storage": "local-lvm", "swapMib": 0, "hostname": "web-fail-exec", "memoryMib": 512, "osTemplate": "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst", "scriptsOff": [], "nameservers": [], "packagesOff": [], "startOnBoot": true, "searchDomain": "", "sshPublicKey": "", "unprivileged": true, "templateRevisionId": "01a2262e-0037-732f-a7e5-65d386e26458"},"error":"The system inside CT 102 did not finish booting within 300 s.","waitingFor":"your decision","cancelRequestedAt":null,"dispatchedAt":"2026-11-29T07:23:30.499+00:00","startedAt":"2026-11-29T07:23:30.499+00:00","endedAt":null,"createdAt":"2026-11-29T07:23:29.82+00:00"},
{"id":"01a22634-ac2d-757c-b50c-8282307b5be2","kind":"stop","state":"done","version":3,"containerId":"01a2262f-f9c2-72b9-b53a-6e8fc30e136a","nodeId":"01a2262e-1821-7079-8326-6d4f75932afa","userId":"01a2262e-176d-74f3-bd38-9803135235f8","requestKey":"dee186d9-2660-4311-83e6-6daf20c3ef5f","input":{},"error":null,"waitingFor":null,"cancelRequestedAt":null,"dispatchedAt":"2026-11-29T07:28:36.175+00:00","startedAt":"2026-11-29T07:28:36.175+00:00","endedAt":"2026-11-29T07:28:36.801+00:00","createdAt":"2026-11-29T07:28:35.885+00:00"},
{"id":"01a22634-b2de-7249-939e-39bf3631bd02","kind":"start","state":"done","version":4,"containerId":"01a2262f-f9c2-72b9-b53a-6e8fc30e136a","nodeId":"01a2262e-1821-7079-8326-6d4f75932afa","userId":"01a2262e-176d-74f3-bd38-9803135235f8","requestKey":"a32548e4-156f-4604-8158-bc7f90e4a516","input":{},"error":null,"waitingFor":null,"cancelRequestedAt":null,"dispatchedAt":"2026-11-29T07:28:37.877+00:00","startedAt":"2026-11-29T07:28:37.877+00:00","endedAt":"2026-11-29T07:28:39.669+00:00","createdAt":"2026-11-29T07:28:37.598+00:00"},
{"id":"01a22634-bc59-70de-a3ce-5bc6401a2ad2","kind":"destroy","state":"done","version":5,"containerId":"01a2262f-ff38-73f3-8eb9-216939279d65","nodeId":"01a2262e-1821-7079-8326-6d4f75932afa","userId":"01a2262e-176d-74f3-bd38-9803135235f8","requestKey":"3f0e8553-09b6-4863-9823-fec03b0db8f7","input":{},"error":null,"waitingFor":null,"cancelRequestedAt":null,"dispatchedAt":"2026-11-29T07:28:40.198+00:00","startedAt":"2026-11-29T07:28:40.198+00:00","endedAt":"2026-11-29T07:28:41.449+00:00","createdAt":"2026-11-29T07:28:40.025+00:00"},
{"id":"01a22634-c392-714b-a2ed-439c45b781ac","kind":"provision","state":"cancelled","version":4,"containerId":"01a22634-c38e-74ea-b8f2-29703e9c114f","nodeId":"01a2262e-1821-7079-8326-6d4f75932afa","userId":"01a2262e-176d-74f3-bd38-9803135235f8","requestKey":"4019c887-1fc6-4bba-82f7-55d5dfba2b0c","input":{"tags": [], "vlan": null, "vmid": null, "cores": 1, "bridge": "vmbr0", "nodeId": "01a2262e-1821-7079-8326-6d4f75932afa", "diskGib": 4, "nesting": true, "network": {"mode": "dhcp"}, "storage": "local-lvm", "swapMib": 0, "hostname": "never-1", "memoryMib": 512, "osTemplate": "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst", "scriptsOff": [], "nameservers": [], "packagesOff": [], "startOnBoot": true, "searchDomain": "", "sshPublicKey": "", "unprivileged": true, "templateRevisionId": "01a2262d-fe9c-76a8-abc5-1d872b8c4594"},"error":null,"waitingFor":null,"cancelRequestedAt":"2026-11-29T07:28:41.983+00:00","dispatchedAt":"2026-11-29T07:28:41.994+00:00","startedAt":"2026-11-29T07:28:41.994+00:00","endedAt":"2026-11-29T07:28:42.227+00:00","createdAt":"2026-11-29T07:28:41.874+00:00"}
]$rows$);
INSERT INTO "RunLog" SELECT * FROM json_populate_recordset(NULL::"RunLog", $rows$[
{"id":10,"runId":"01a22630-009c-756c-a620-acc60e9a6007","stepId":"01a22630-00a7-773d-ba67-d9dc8a861063","attempt":1,"stream":"task","byteOffset":0,"text":"  Logical volume \"vm-102-disk-0\" created.\n","createdAt":"2026-11-29T07:23:33.12+00:00"},
{"id":12,"runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","stepId":"01a2262f-ff3f-747e-bddf-2fbad12f5e68","attempt":1,"stream":"task","byteOffset":103,"text":"Filesystem UUID: 00000000-0000-0000-0000-000000000000\nSuperblock backups stored on blocks: \n\t32768, 98304, 163840, 229376, 294912, 819200, 884736\nextracting archive '/var/lib/vz/template/cache/debian-12-standard_12.12-1_amd64.tar.zst'\nTotal bytes read: 552919040 (528MiB, 266MiB/s)\n","createdAt":"2026-11-29T07:23:33.208+00:00"},
{"id":14,"runId":"01a22630-009c-756c-a620-acc60e9a6007","stepId":"01a22630-00a7-773d-ba67-d9dc8a861063","attempt":1,"stream":"task","byteOffset":42,"text":"Creating filesystem with 1048576 4k blocks and 262144 inodes\nFilesystem UUID: 00000000-0000-0000-0000-000000000000\nSuperblock backups stored on blocks: \n","createdAt":"2026-11-29T07:23:33.415+00:00"},
{"id":16,"runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","stepId":"01a2262f-ff3f-747e-bddf-2fbad12f5e68","attempt":1,"stream":"task","byteOffset":385,"text":"Detected container architecture: amd64\nCreating SSH host key 'ssh_host_rsa_key' - this may take some time ...\ndone: SHA256:3T8CepQwCck7qfBVEPH91QcUOayi5Fb2jkhW1p7AXRA root@gone-1\nCreating SSH host key 'ssh_host_ecdsa_key' - this may take some time ...\ndone: SHA256:OSspp9rDSybVMqq9wQyl9WgDq04Zg3SxEFaLAIgeZEk root@gone-1\n","createdAt":"2026-11-29T07:23:33.643+00:00"},
{"id":18,"runId":"01a22630-009c-756c-a620-acc60e9a6007","stepId":"01a22630-00a7-773d-ba67-d9dc8a861063","attempt":1,"stream":"task","byteOffset":195,"text":"\t32768, 98304, 163840, 229376, 294912, 819200, 884736\nextracting archive '/var/lib/vz/template/cache/debian-12-standard_12.12-1_amd64.tar.zst'\nTotal bytes read: 552919040 (528MiB, 266MiB/s)\nDetected container architecture: amd64\nCreating SSH host key 'ssh_host_rsa_key' - this may take some time ...\n","createdAt":"2026-11-29T07:23:33.823+00:00"},
{"id":2,"runId":"01a2262f-fa12-7093-96b3-1bc76e2c43a9","stepId":"01a2262f-fa23-769b-b949-11227ef232a5","attempt":1,"stream":"task","byteOffset":0,"text":"  Logical volume \"vm-100-disk-0\" created.\nCreating filesystem with 1048576 4k blocks and 262144 inodes\nFilesystem UUID: 00000000-0000-0000-0000-000000000000\nSuperblock backups stored on blocks: \n","createdAt":"2026-11-29T07:23:30.639+00:00"},
{"id":20,"runId":"01a2262f-fa12-7093-96b3-1bc76e2c43a9","stepId":"01a2262f-fa23-769b-b949-148864ff2f41","attempt":1,"stream":"task","byteOffset":0,"text":"TASK OK\n","createdAt":"2026-11-29T07:23:33.932+00:00"},
{"id":22,"runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","stepId":"01a2262f-ff3f-747e-bddf-2fbad12f5e68","attempt":1,"stream":"task","byteOffset":706,"text":"Creating SSH host key 'ssh_host_ed25519_key' - this may take some time ...\ndone: SHA256:PkUfQcCtbEUoBt8TShVm7XXyw7VO8w2AcffQ7Dku6cU root@gone-1\nTASK OK\n","createdAt":"2026-11-29T07:23:34.291+00:00"},
{"id":24,"runId":"01a22630-009c-756c-a620-acc60e9a6007","stepId":"01a22630-00a7-773d-ba67-d9dc8a861063","attempt":1,"stream":"task","byteOffset":495,"text":"done: SHA256:OrpSVUNPksENWyXfoHiANFxjR60eSNHucRYD6vvqabk root@web-fail-exec\nCreating SSH host key 'ssh_host_ecdsa_key' - this may take some time ...\ndone: SHA256:FFMpRzxnOyAotrAaW8r5f6lizVGX8SXLZcPdDWaz1n0 root@web-fail-exec\nCreating SSH host key 'ssh_host_ed25519_key' - this may take some time ...\ndone: SHA256:L8YZtgg3+IoqfGQCITKVXyUGPk/2um9HuKxeQZZKOpg root@web-fail-exec\nTASK OK\n","createdAt":"2026-11-29T07:23:34.564+00:00"},
{"id":26,"runId":"01a2262f-fa12-7093-96b3-1bc76e2c43a9","stepId":"01a2262f-fa23-769b-b949-1c940d68006d","attempt":1,"stream":"output","byteOffset":0,"text":"Hit:1 http://deb.debian.org/debian bookworm InRelease\nReading package lists...\n","createdAt":"2026-11-29T07:23:36.024+00:00"},
{"id":28,"runId":"01a2262f-fa12-7093-96b3-1bc76e2c43a9","stepId":"01a2262f-fa23-769b-b949-1c940d68006d","attempt":1,"stream":"output","byteOffset":79,"text":"Installing: redis-server\n","createdAt":"2026-11-29T07:23:36.109+00:00"},
{"id":30,"runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","stepId":"01a2262f-ff3f-747e-bddf-30f4a8a214a7","attempt":1,"stream":"task","byteOffset":0,"text":"TASK OK\n","createdAt":"2026-11-29T07:23:36.11+00:00"},
{"id":32,"runId":"01a22630-009c-756c-a620-acc60e9a6007","stepId":"01a22630-00a8-716d-a7bb-8c206d0d118a","attempt":1,"stream":"task","byteOffset":0,"text":"TASK OK\n","createdAt":"2026-11-29T07:23:36.201+00:00"},
{"id":34,"runId":"01a2262f-fa12-7093-96b3-1bc76e2c43a9","stepId":"01a2262f-fa23-769b-b949-1c940d68006d","attempt":1,"stream":"output","byteOffset":104,"text":"Selecting previously unselected package redis-server.\nUnpacking redis-server ...\nSetting up redis-server ...\n","createdAt":"2026-11-29T07:23:36.349+00:00"},
{"id":36,"runId":"01a2262f-fa12-7093-96b3-1bc76e2c43a9","stepId":"01a2262f-fa23-769b-b949-23add61a0d52","attempt":1,"stream":"output","byteOffset":0,"text":"Service redis (redis) registered.\n","createdAt":"2026-11-29T07:23:37.322+00:00"},
{"id":38,"runId":"01a2262f-fa12-7093-96b3-1bc76e2c43a9","stepId":"01a2262f-fa23-769b-b949-23add61a0d52","attempt":1,"stream":"output","byteOffset":34,"text":"Redis listens on port 6379 and asks for its password.\n","createdAt":"2026-11-29T07:23:37.436+00:00"},
{"id":4,"runId":"01a2262f-fa12-7093-96b3-1bc76e2c43a9","stepId":"01a2262f-fa23-769b-b949-11227ef232a5","attempt":1,"stream":"task","byteOffset":195,"text":"\t32768, 98304, 163840, 229376, 294912, 819200, 884736\nextracting archive '/var/lib/vz/template/cache/debian-12-standard_12.12-1_amd64.tar.zst'\nTotal bytes read: 552919040 (528MiB, 266MiB/s)\nDetected container architecture: amd64\n","createdAt":"2026-11-29T07:23:31.446+00:00"},
{"id":40,"runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","stepId":"01a2262f-ff3f-747e-bddf-3837afce084d","attempt":1,"stream":"output","byteOffset":0,"text":"Hit:1 http://deb.debian.org/debian bookworm InRelease\nReading package lists...\n","createdAt":"2026-11-29T07:23:37.571+00:00"},
{"id":42,"runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","stepId":"01a2262f-ff3f-747e-bddf-3837afce084d","attempt":1,"stream":"output","byteOffset":79,"text":"Installing: ca-certificates curl less\n","createdAt":"2026-11-29T07:23:37.625+00:00"},
{"id":44,"runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","stepId":"01a2262f-ff3f-747e-bddf-3837afce084d","attempt":1,"stream":"output","byteOffset":117,"text":"Selecting previously unselected package ca-certificates.\nUnpacking ca-certificates ...\nSetting up ca-certificates ...\n","createdAt":"2026-11-29T07:23:37.89+00:00"},
{"id":46,"runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","stepId":"01a2262f-ff3f-747e-bddf-3837afce084d","attempt":1,"stream":"output","byteOffset":235,"text":"Selecting previously unselected package curl.\nUnpacking curl ...\nSetting up curl ...\n","createdAt":"2026-11-29T07:23:38.063+00:00"},
{"id":48,"runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","stepId":"01a2262f-ff3f-747e-bddf-3837afce084d","attempt":1,"stream":"output","byteOffset":320,"text":"Selecting previously unselected package less.\nUnpacking less ...\nSetting up less ...\n","createdAt":"2026-11-29T07:23:38.253+00:00"},
{"id":50,"runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","stepId":"01a2262f-ff3f-747e-bddf-3f76133d0953","attempt":1,"stream":"output","byteOffset":0,"text":" on gone-1 (127.77.72.72)\n","createdAt":"2026-11-29T07:23:38.678+00:00"},
{"id":52,"runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","stepId":"01a2262f-ff3f-747e-bddf-3f76133d0953","attempt":1,"stream":"output","byteOffset":26,"text":"The base system is ready.\n","createdAt":"2026-11-29T07:23:38.755+00:00"},
{"id":54,"runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","stepId":"01a2262f-ff3f-747e-bddf-43ed7f6644dc","attempt":1,"stream":"output","byteOffset":0,"text":"Hit:1 http://deb.debian.org/debian bookworm InRelease\nReading package lists...\n","createdAt":"2026-11-29T07:23:39.479+00:00"},
{"id":56,"runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","stepId":"01a2262f-ff3f-747e-bddf-43ed7f6644dc","attempt":1,"stream":"output","byteOffset":79,"text":"Installing: unattended-upgrades\n","createdAt":"2026-11-29T07:23:39.557+00:00"},
{"id":58,"runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","stepId":"01a2262f-ff3f-747e-bddf-43ed7f6644dc","attempt":1,"stream":"output","byteOffset":111,"text":"Selecting previously unselected package unattended-upgrades.\nUnpacking unattended-upgrades ...\nSetting up unattended-upgrades ...\n","createdAt":"2026-11-29T07:23:39.763+00:00"},
{"id":6,"runId":"01a2262f-fa12-7093-96b3-1bc76e2c43a9","stepId":"01a2262f-fa23-769b-b949-11227ef232a5","attempt":1,"stream":"task","byteOffset":424,"text":"Creating SSH host key 'ssh_host_rsa_key' - this may take some time ...\ndone: SHA256:gGiokCxPibOhi1d4bTMmSwsLuAscoksHN2GHFmJwoMo root@redis-1\nCreating SSH host key 'ssh_host_ecdsa_key' - this may take some time ...\ndone: SHA256:QNlB31ZOd+9q2nUzgnuySoTaJoO3n+xWdpsW9WaLk1U root@redis-1\nCreating SSH host key 'ssh_host_ed25519_key' - this may take some time ...\ndone: SHA256:v8P+Kp+5SaM8WYTMdyEYs9QVhuocyS8+4V3Lt1lTEhk root@redis-1\nTASK OK\n","createdAt":"2026-11-29T07:23:32.449+00:00"},
{"id":60,"runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","stepId":"01a2262f-ff3f-747e-bddf-43ed7f6644dc","attempt":1,"stream":"output","byteOffset":241,"text":"Security updates install themselves every day.\n","createdAt":"2026-11-29T07:23:40.013+00:00"},
{"id":62,"runId":"01a22634-ac2d-757c-b50c-8282307b5be2","stepId":"01a22634-ac33-73d9-b36a-1fa52a13bba3","attempt":1,"stream":"task","byteOffset":0,"text":"TASK OK\n","createdAt":"2026-11-29T07:28:36.587+00:00"},
{"id":64,"runId":"01a22634-b2de-7249-939e-39bf3631bd02","stepId":"01a22634-b2e1-70ba-8895-0bfde49dd551","attempt":1,"stream":"task","byteOffset":0,"text":"TASK OK\n","createdAt":"2026-11-29T07:28:39.187+00:00"},
{"id":66,"runId":"01a22634-bc59-70de-a3ce-5bc6401a2ad2","stepId":"01a22634-bc65-7139-b507-0f49d95e486c","attempt":1,"stream":"task","byteOffset":0,"text":"TASK OK\n","createdAt":"2026-11-29T07:28:40.831+00:00"},
{"id":68,"runId":"01a22634-bc59-70de-a3ce-5bc6401a2ad2","stepId":"01a22634-bc65-7139-b507-11075818e31d","attempt":1,"stream":"task","byteOffset":0,"text":"  Logical volume \"vm-101-disk-0\" successfully removed.\npurging CT 101 from related configurations..\nTASK OK\n","createdAt":"2026-11-29T07:28:41.287+00:00"},
{"id":8,"runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","stepId":"01a2262f-ff3f-747e-bddf-2fbad12f5e68","attempt":1,"stream":"task","byteOffset":0,"text":"  Logical volume \"vm-101-disk-0\" created.\nCreating filesystem with 1048576 4k blocks and 262144 inodes\n","createdAt":"2026-11-29T07:23:32.843+00:00"}
]$rows$);
INSERT INTO "RunStep" SELECT * FROM json_populate_recordset(NULL::"RunStep", $rows$[
{"id":"01a2262f-fa23-769b-b949-0f281e45d338","runId":"01a2262f-fa12-7093-96b3-1bc76e2c43a9","position":0,"name":"reserve","title":"Reserve a VMID","state":"done","attempt":1,"tries":1,"upid":null,"error":null,"detail":"VMID 100","warnings":0,"startedAt":"2026-11-29T07:23:28.948+00:00","endedAt":"2026-11-29T07:23:29.894+00:00","journal":{}},
{"id":"01a2262f-fa23-769b-b949-11227ef232a5","runId":"01a2262f-fa12-7093-96b3-1bc76e2c43a9","position":1,"name":"create","title":"Create the container","state":"done","attempt":1,"tries":1,"upid":"UPID:pve:000003E9:0005B39F:6B0BD2F2:vzcreate:100:root@pam!homeport:","error":null,"detail":"CT 100","warnings":0,"startedAt":"2026-11-29T07:23:29.941+00:00","endedAt":"2026-11-29T07:23:33.031+00:00","journal":{"logs": {"UPID:pve:000003E9:0005B39F:6B0BD2F2:vzcreate:100:root@pam!homeport:": 0}, "tasks": {}, "create": {"upid": "UPID:pve:000003E9:0005B39F:6B0BD2F2:vzcreate:100:root@pam!homeport:", "vmid": 100, "since": 1795937010, "judged": [], "clearing": false}, "troubles": {}}},
{"id":"01a2262f-fa23-769b-b949-148864ff2f41","runId":"01a2262f-fa12-7093-96b3-1bc76e2c43a9","position":2,"name":"start","title":"Start it","state":"done","attempt":1,"tries":1,"upid":"UPID:pve:000003EC:0005B4BD:6B0BD2F5:vzstart:100:root@pam!homeport:","error":null,"detail":null,"warnings":0,"startedAt":"2026-11-29T07:23:33.039+00:00","endedAt":"2026-11-29T07:23:34.017+00:00","journal":{"logs": {"UPID:pve:000003EC:0005B4BD:6B0BD2F5:vzstart:100:root@pam!homeport:": 0}, "tasks": {}, "troubles": {}}},
{"id":"01a2262f-fa23-769b-b949-1b2fd0e9188f","runId":"01a2262f-fa12-7093-96b3-1bc76e2c43a9","position":3,"name":"ready","title":"Wait until it is ready","state":"done","attempt":1,"tries":1,"upid":null,"error":null,"detail":"127.77.72.71","warnings":0,"startedAt":"2026-11-29T07:23:34.023+00:00","endedAt":"2026-11-29T07:23:34.909+00:00","journal":{}},
{"id":"01a2262f-fa23-769b-b949-1c940d68006d","runId":"01a2262f-fa12-7093-96b3-1bc76e2c43a9","position":4,"name":"packages","title":"Install 1 package","state":"done","attempt":1,"tries":1,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":"2026-11-29T07:23:34.915+00:00","endedAt":"2026-11-29T07:23:36.474+00:00","journal":{"logs": {}, "tasks": {}, "troubles": {}, "scriptStartedAt": 1795937015541}},
{"id":"01a2262f-fa23-769b-b949-23add61a0d52","runId":"01a2262f-fa12-7093-96b3-1bc76e2c43a9","position":5,"name":"script-configure","title":"Set the password and keep data","state":"done","attempt":1,"tries":1,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":"2026-11-29T07:23:36.478+00:00","endedAt":"2026-11-29T07:23:37.593+00:00","journal":{"logs": {}, "tasks": {}, "troubles": {}, "scriptStartedAt": 1795937016964}},
{"id":"01a2262f-fa23-769b-b949-26c0226e4c62","runId":"01a2262f-fa12-7093-96b3-1bc76e2c43a9","position":6,"name":"discover","title":"Discover services","state":"done","attempt":1,"tries":1,"upid":null,"error":null,"detail":"redis (6379)","warnings":0,"startedAt":"2026-11-29T07:23:37.598+00:00","endedAt":"2026-11-29T07:23:37.752+00:00","journal":{}},
{"id":"01a2262f-fa23-769b-b949-2976edb7a994","runId":"01a2262f-fa12-7093-96b3-1bc76e2c43a9","position":7,"name":"finish","title":"Finish","state":"done","attempt":1,"tries":1,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":"2026-11-29T07:23:37.755+00:00","endedAt":"2026-11-29T07:23:37.899+00:00","journal":{}},
{"id":"01a2262f-fd47-76af-9e73-e735b915a4d5","runId":"01a2262f-fd34-71fd-84b4-8c6fe7f4eb75","position":0,"name":"reserve","title":"Reserve a VMID","state":"done","attempt":1,"tries":1,"upid":null,"error":null,"detail":"VMID 250","warnings":0,"startedAt":"2026-11-29T07:23:30.215+00:00","endedAt":"2026-11-29T07:23:30.493+00:00","journal":{}},
{"id":"01a2262f-fd47-76af-9e73-ebe5749f1f99","runId":"01a2262f-fd34-71fd-84b4-8c6fe7f4eb75","position":1,"name":"create","title":"Create the container","state":"failed","attempt":1,"tries":1,"upid":null,"error":"Proxmox refused it: SSH public key validation error","detail":null,"warnings":0,"startedAt":"2026-11-29T07:23:30.505+00:00","endedAt":"2026-11-29T07:23:31.033+00:00","journal":{"logs": {}, "tasks": {}, "create": {"vmid": 250, "since": 1795937010, "judged": [], "clearing": false}, "troubles": {"proxmox-invalid": 1}}},
{"id":"01a2262f-fd47-76af-9e73-ed41a8c83e28","runId":"01a2262f-fd34-71fd-84b4-8c6fe7f4eb75","position":2,"name":"start","title":"Start it","state":"pending","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}},
{"id":"01a2262f-fd47-76af-9e73-f3776d556901","runId":"01a2262f-fd34-71fd-84b4-8c6fe7f4eb75","position":3,"name":"ready","title":"Wait until it is ready","state":"pending","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}},
{"id":"01a2262f-fd47-76af-9e73-f45f1792ebe5","runId":"01a2262f-fd34-71fd-84b4-8c6fe7f4eb75","position":4,"name":"files","title":"Deploy 2 files","state":"pending","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}},
{"id":"01a2262f-fd47-76af-9e73-fbab5feb771e","runId":"01a2262f-fd34-71fd-84b4-8c6fe7f4eb75","position":5,"name":"packages","title":"Install 1 package","state":"pending","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}},
{"id":"01a2262f-fd47-76af-9e73-fcba27f9889d","runId":"01a2262f-fd34-71fd-84b4-8c6fe7f4eb75","position":6,"name":"script-site","title":"Publish the site","state":"pending","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}},
{"id":"01a2262f-fd47-76af-9e74-01e2ba013c33","runId":"01a2262f-fd34-71fd-84b4-8c6fe7f4eb75","position":7,"name":"discover","title":"Discover services","state":"pending","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}},
{"id":"01a2262f-fd47-76af-9e74-07dda4dde11d","runId":"01a2262f-fd34-71fd-84b4-8c6fe7f4eb75","position":8,"name":"finish","title":"Finish","state":"pending","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}},
{"id":"01a2262f-ff3f-747e-bddf-2997f1101454","runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","position":0,"name":"reserve","title":"Reserve a VMID","state":"done","attempt":1,"tries":1,"upid":null,"error":null,"detail":"VMID 101","warnings":0,"startedAt":"2026-11-29T07:23:30.367+00:00","endedAt":"2026-11-29T07:23:31.044+00:00","journal":{}},
{"id":"01a2262f-ff3f-747e-bddf-2fbad12f5e68","runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","position":1,"name":"create","title":"Create the container","state":"done","attempt":1,"tries":1,"upid":"UPID:pve:000003EA:0005B482:6B0BD2F4:vzcreate:101:root@pam!homeport:","error":null,"detail":"CT 101","warnings":0,"startedAt":"2026-11-29T07:23:31.057+00:00","endedAt":"2026-11-29T07:23:34.992+00:00","journal":{"logs": {"UPID:pve:000003EA:0005B482:6B0BD2F4:vzcreate:101:root@pam!homeport:": 0}, "tasks": {}, "create": {"upid": "UPID:pve:000003EA:0005B482:6B0BD2F4:vzcreate:101:root@pam!homeport:", "vmid": 101, "since": 1795937012, "judged": [], "clearing": false}, "troubles": {}}},
{"id":"01a2262f-ff3f-747e-bddf-30f4a8a214a7","runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","position":2,"name":"start","title":"Start it","state":"done","attempt":1,"tries":1,"upid":"UPID:pve:000003ED:0005B59D:6B0BD2F7:vzstart:101:root@pam!homeport:","error":null,"detail":null,"warnings":0,"startedAt":"2026-11-29T07:23:35.047+00:00","endedAt":"2026-11-29T07:23:36.324+00:00","journal":{"logs": {"UPID:pve:000003ED:0005B59D:6B0BD2F7:vzstart:101:root@pam!homeport:": 0}, "tasks": {}, "troubles": {}}},
{"id":"01a2262f-ff3f-747e-bddf-34dec809b68f","runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","position":3,"name":"ready","title":"Wait until it is ready","state":"done","attempt":1,"tries":1,"upid":null,"error":null,"detail":"127.77.72.72","warnings":0,"startedAt":"2026-11-29T07:23:36.333+00:00","endedAt":"2026-11-29T07:23:36.724+00:00","journal":{}},
{"id":"01a2262f-ff3f-747e-bddf-3837afce084d","runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","position":4,"name":"packages","title":"Install 3 packages","state":"done","attempt":1,"tries":1,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":"2026-11-29T07:23:36.74+00:00","endedAt":"2026-11-29T07:23:38.35+00:00","journal":{"logs": {}, "tasks": {}, "troubles": {}, "scriptStartedAt": 1795937017056}},
{"id":"01a2262f-ff3f-747e-bddf-3f76133d0953","runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","position":5,"name":"script-base","title":"Set up the base system","state":"done","attempt":1,"tries":1,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":"2026-11-29T07:23:38.352+00:00","endedAt":"2026-11-29T07:23:38.849+00:00","journal":{"logs": {}, "tasks": {}, "troubles": {}, "scriptStartedAt": 1795937018501}},
{"id":"01a2262f-ff3f-747e-bddf-43ed7f6644dc","runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","position":6,"name":"script-unattended-upgrades","title":"Install security updates by themselves","state":"done","attempt":1,"tries":1,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":"2026-11-29T07:23:38.85+00:00","endedAt":"2026-11-29T07:23:40.19+00:00","journal":{"logs": {}, "tasks": {}, "troubles": {}, "scriptStartedAt": 1795937019010}},
{"id":"01a2262f-ff3f-747e-bddf-473531421543","runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","position":7,"name":"discover","title":"Discover services","state":"done","attempt":1,"tries":1,"upid":null,"error":null,"detail":"no services","warnings":0,"startedAt":"2026-11-29T07:23:40.191+00:00","endedAt":"2026-11-29T07:23:40.417+00:00","journal":{}},
{"id":"01a2262f-ff3f-747e-bddf-498b84c5bf75","runId":"01a2262f-ff3d-71ec-b751-5fed8dd06fc6","position":8,"name":"finish","title":"Finish","state":"done","attempt":1,"tries":1,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":"2026-11-29T07:23:40.423+00:00","endedAt":"2026-11-29T07:23:40.459+00:00","journal":{}},
{"id":"01a22630-00a7-773d-ba67-d537f4e2a27d","runId":"01a22630-009c-756c-a620-acc60e9a6007","position":0,"name":"reserve","title":"Reserve a VMID","state":"done","attempt":1,"tries":1,"upid":null,"error":null,"detail":"VMID 102","warnings":0,"startedAt":"2026-11-29T07:23:30.761+00:00","endedAt":"2026-11-29T07:23:32.868+00:00","journal":{}},
{"id":"01a22630-00a7-773d-ba67-d9dc8a861063","runId":"01a22630-009c-756c-a620-acc60e9a6007","position":1,"name":"create","title":"Create the container","state":"done","attempt":1,"tries":1,"upid":"UPID:pve:000003EB:0005B4B4:6B0BD2F5:vzcreate:102:root@pam!homeport:","error":null,"detail":"CT 102","warnings":0,"startedAt":"2026-11-29T07:23:32.871+00:00","endedAt":"2026-11-29T07:23:35.079+00:00","journal":{"logs": {"UPID:pve:000003EB:0005B4B4:6B0BD2F5:vzcreate:102:root@pam!homeport:": 0}, "tasks": {}, "create": {"upid": "UPID:pve:000003EB:0005B4B4:6B0BD2F5:vzcreate:102:root@pam!homeport:", "vmid": 102, "since": 1795937013, "judged": [], "clearing": false}, "troubles": {}}},
{"id":"01a22630-00a8-716d-a7bb-8c206d0d118a","runId":"01a22630-009c-756c-a620-acc60e9a6007","position":2,"name":"start","title":"Start it","state":"done","attempt":1,"tries":1,"upid":"UPID:pve:000003EE:0005B5A2:6B0BD2F7:vzstart:102:root@pam!homeport:","error":null,"detail":null,"warnings":0,"startedAt":"2026-11-29T07:23:35.27+00:00","endedAt":"2026-11-29T07:23:36.479+00:00","journal":{"logs": {"UPID:pve:000003EE:0005B5A2:6B0BD2F7:vzstart:102:root@pam!homeport:": 0}, "tasks": {}, "troubles": {}}},
{"id":"01a22630-00a8-716d-a7bb-90dbd27e903e","runId":"01a22630-009c-756c-a620-acc60e9a6007","position":3,"name":"ready","title":"Wait until it is ready","state":"failed","attempt":1,"tries":1,"upid":null,"error":"The system inside CT 102 did not finish booting within 300 s.","detail":null,"warnings":0,"startedAt":"2026-11-29T07:23:36.481+00:00","endedAt":"2026-11-29T07:28:36.823+00:00","journal":{"logs": {}, "tasks": {}, "troubles": {"step": 1}}},
{"id":"01a22630-00a8-716d-a7bb-951c267d0d59","runId":"01a22630-009c-756c-a620-acc60e9a6007","position":4,"name":"packages","title":"Install 1 package","state":"pending","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}},
{"id":"01a22630-00a8-716d-a7bb-983eadcfd9c4","runId":"01a22630-009c-756c-a620-acc60e9a6007","position":5,"name":"script-network","title":"Let the network in","state":"pending","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}},
{"id":"01a22630-00a8-716d-a7bb-9ed18613391f","runId":"01a22630-009c-756c-a620-acc60e9a6007","position":6,"name":"script-database","title":"Make the database and its user","state":"pending","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}},
{"id":"01a22630-00a8-716d-a7bb-a052f576761e","runId":"01a22630-009c-756c-a620-acc60e9a6007","position":7,"name":"discover","title":"Discover services","state":"pending","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}},
{"id":"01a22630-00a9-7029-8e52-74a982b64c89","runId":"01a22630-009c-756c-a620-acc60e9a6007","position":8,"name":"finish","title":"Finish","state":"pending","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}},
{"id":"01a22634-ac33-73d9-b36a-1fa52a13bba3","runId":"01a22634-ac2d-757c-b50c-8282307b5be2","position":0,"name":"stop","title":"Stop the container","state":"done","attempt":1,"tries":1,"upid":"UPID:pve:000003EF:00062B29:6B0BD424:vzstop:100:root@pam!homeport:","error":null,"detail":null,"warnings":0,"startedAt":"2026-11-29T07:28:36.245+00:00","endedAt":"2026-11-29T07:28:36.775+00:00","journal":{"logs": {"UPID:pve:000003EF:00062B29:6B0BD424:vzstop:100:root@pam!homeport:": 0}, "tasks": {}, "troubles": {}}},
{"id":"01a22634-b2e1-70ba-8895-0bfde49dd551","runId":"01a22634-b2de-7249-939e-39bf3631bd02","position":0,"name":"start","title":"Start the container","state":"done","attempt":1,"tries":1,"upid":"UPID:pve:000003F0:00062C01:6B0BD426:vzstart:100:root@pam!homeport:","error":null,"detail":null,"warnings":0,"startedAt":"2026-11-29T07:28:38.385+00:00","endedAt":"2026-11-29T07:28:39.373+00:00","journal":{"logs": {"UPID:pve:000003F0:00062C01:6B0BD426:vzstart:100:root@pam!homeport:": 0}, "tasks": {}, "troubles": {}}},
{"id":"01a22634-b2e1-70ba-8895-0f66b614e8f3","runId":"01a22634-b2de-7249-939e-39bf3631bd02","position":1,"name":"ready","title":"Wait until it is ready","state":"done","attempt":1,"tries":1,"upid":null,"error":null,"detail":"127.77.72.71","warnings":0,"startedAt":"2026-11-29T07:28:39.374+00:00","endedAt":"2026-11-29T07:28:39.646+00:00","journal":{}},
{"id":"01a22634-bc65-7139-b507-0f49d95e486c","runId":"01a22634-bc59-70de-a3ce-5bc6401a2ad2","position":0,"name":"stop","title":"Stop it if it runs","state":"done","attempt":1,"tries":1,"upid":"UPID:pve:000003F1:00062CD0:6B0BD428:vzstop:101:root@pam!homeport:","error":null,"detail":null,"warnings":0,"startedAt":"2026-11-29T07:28:40.332+00:00","endedAt":"2026-11-29T07:28:40.904+00:00","journal":{"logs": {"UPID:pve:000003F1:00062CD0:6B0BD428:vzstop:101:root@pam!homeport:": 0}, "tasks": {}, "troubles": {}}},
{"id":"01a22634-bc65-7139-b507-11075818e31d","runId":"01a22634-bc59-70de-a3ce-5bc6401a2ad2","position":1,"name":"destroy","title":"Destroy the container and its disks","state":"done","attempt":1,"tries":1,"upid":"UPID:pve:000003F2:00062CFB:6B0BD428:vzdestroy:101:root@pam!homeport:","error":null,"detail":null,"warnings":0,"startedAt":"2026-11-29T07:28:40.905+00:00","endedAt":"2026-11-29T07:28:41.359+00:00","journal":{"logs": {"UPID:pve:000003F2:00062CFB:6B0BD428:vzdestroy:101:root@pam!homeport:": 0}, "tasks": {}, "troubles": {}}},
{"id":"01a22634-bc65-7139-b507-16f78594032b","runId":"01a22634-bc59-70de-a3ce-5bc6401a2ad2","position":2,"name":"release","title":"Give its VMID back","state":"done","attempt":1,"tries":1,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":"2026-11-29T07:28:41.36+00:00","endedAt":"2026-11-29T07:28:41.445+00:00","journal":{}},
{"id":"01a22634-c39a-7642-a951-02b4e96f8e02","runId":"01a22634-c392-714b-a2ed-439c45b781ac","position":0,"name":"reserve","title":"Reserve a VMID","state":"skipped","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}},
{"id":"01a22634-c39a-7642-a951-060b4f095716","runId":"01a22634-c392-714b-a2ed-439c45b781ac","position":1,"name":"create","title":"Create the container","state":"skipped","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}},
{"id":"01a22634-c39a-7642-a951-0bf1fefca5a9","runId":"01a22634-c392-714b-a2ed-439c45b781ac","position":2,"name":"start","title":"Start it","state":"skipped","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}},
{"id":"01a22634-c39a-7642-a951-0f8178097c49","runId":"01a22634-c392-714b-a2ed-439c45b781ac","position":3,"name":"ready","title":"Wait until it is ready","state":"skipped","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}},
{"id":"01a22634-c39a-7642-a951-128b7f0627d3","runId":"01a22634-c392-714b-a2ed-439c45b781ac","position":4,"name":"files","title":"Deploy 2 files","state":"skipped","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}},
{"id":"01a22634-c39a-7642-a951-161eb92be4a7","runId":"01a22634-c392-714b-a2ed-439c45b781ac","position":5,"name":"packages","title":"Install 1 package","state":"skipped","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}},
{"id":"01a22634-c39a-7642-a951-1b528f003eb1","runId":"01a22634-c392-714b-a2ed-439c45b781ac","position":6,"name":"script-site","title":"Publish the site","state":"skipped","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}},
{"id":"01a22634-c39a-7642-a951-1c108a64fc6b","runId":"01a22634-c392-714b-a2ed-439c45b781ac","position":7,"name":"discover","title":"Discover services","state":"skipped","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}},
{"id":"01a22634-c39a-7642-a951-2343919c9033","runId":"01a22634-c392-714b-a2ed-439c45b781ac","position":8,"name":"finish","title":"Finish","state":"skipped","attempt":1,"tries":0,"upid":null,"error":null,"detail":null,"warnings":0,"startedAt":null,"endedAt":null,"journal":{}}
]$rows$);
INSERT INTO "Session" SELECT * FROM json_populate_recordset(NULL::"Session", $rows$[
{"id":"7c2309d828985ab1d50e33e28ec46949680ee6b37708bde59c438d7a56c32fc7","userId":"01a2262f-f140-7388-8d13-6f7602c2fa3e","expiresAt":"2026-12-13T07:23:26.139+00:00","createdAt":"2026-11-29T07:23:26.139+00:00","lastSeenAt":"2026-11-29T07:23:26.139+00:00","ip":"127.0.0.1","userAgent":"node"},
{"id":"9d4e84f8aee60d7efca2b03e721d3d3ea914b4dc880052744ef5cd5a6b502e09","userId":"01a2262e-176d-74f3-bd38-9803135235f8","expiresAt":"2026-12-13T07:23:25.15+00:00","createdAt":"2026-11-29T07:23:25.15+00:00","lastSeenAt":"2026-11-29T07:23:25.15+00:00","ip":"127.0.0.1","userAgent":"node"},
{"id":"aa18961c1115682db5871c90141bb5fd58dba9e6c6075ede6147747b251f4397","userId":"01a2262e-176d-74f3-bd38-9803135235f8","expiresAt":"2026-12-13T07:28:35.228+00:00","createdAt":"2026-11-29T07:28:35.227+00:00","lastSeenAt":"2026-11-29T07:28:35.227+00:00","ip":"127.0.0.1","userAgent":"node"}
]$rows$);
INSERT INTO "Template" SELECT * FROM json_populate_recordset(NULL::"Template", $rows$[
{"id":"01a2262d-fe41-74ad-b7d9-5ffffae2418c","name":"caddy","retiredAt":null,"createdAt":"2026-11-29T07:21:18.145+00:00"},
{"id":"01a2262d-fed4-722a-b01a-9f5b822d9d4f","name":"debian","retiredAt":null,"createdAt":"2026-11-29T07:21:18.292+00:00"},
{"id":"01a2262d-ff18-766c-9ec9-15981ee2fcf0","name":"mariadb","retiredAt":null,"createdAt":"2026-11-29T07:21:18.36+00:00"},
{"id":"01a2262d-ff73-7168-b384-fdfe8d1873d4","name":"nginx","retiredAt":null,"createdAt":"2026-11-29T07:21:18.454+00:00"},
{"id":"01a2262d-ffe3-769e-9005-64b96bd30716","name":"nodejs","retiredAt":null,"createdAt":"2026-11-29T07:21:18.563+00:00"},
{"id":"01a2262e-002a-713d-981d-7064a71d8f71","name":"postgresql","retiredAt":null,"createdAt":"2026-11-29T07:21:18.643+00:00"},
{"id":"01a2262e-005a-72cb-a6c3-94326a3589cb","name":"redis","retiredAt":null,"createdAt":"2026-11-29T07:21:18.683+00:00"},
{"id":"01a2262e-00a4-757f-a9da-865b47b368dc","name":"wireguard","retiredAt":null,"createdAt":"2026-11-29T07:21:18.756+00:00"}
]$rows$);
INSERT INTO "TemplateRevision" SELECT * FROM json_populate_recordset(NULL::"TemplateRevision", $rows$[
{"id":"01a2262d-fe9c-76a8-abc5-1d872b8c4594","templateId":"01a2262d-fe41-74ad-b7d9-5ffffae2418c","revision":1,"hash":"3ea98135346df4e3c8a390499aa0160bb9a46856aa12425d6199c6ad23406ad3","definition":{"os": {"family": "debian", "version": "12"}, "icon": "server", "name": "caddy", "tags": ["web", "http", "proxy"], "files": [{"mode": "0644", "owner": "root:root", "title": "First page (the host name is filled in)", "policy": "REPLACE", "target": "/var/www/homeport/index.html.in", "content": "<!doctype html>\n<html lang=\"en\">\n  <head>\n    <meta charset=\"utf-8\">\n    <meta name=\"generator\" content=\"homeport\">\n    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n    <title>@HOSTNAME@</title>\n    <style>\n      :root { color-scheme: light dark; }\n      body { font: 1rem/1.6 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; }\n      main { max-width: 34rem; padding: 2rem; }\n      h1 { font-size: 2rem; margin: 0 0 .5rem; }\n      code { font-family: ui-monospace, monospace; background: rgb(128 128 128 / .18); padding: .1rem .35rem; border-radius: .3rem; }\n    </style>\n  </head>\n  <body>\n    <main>\n      <h1>@HOSTNAME@ is up</h1>\n      <p>This page is served by Caddy in a container that Homeport made.</p>\n      <p>Put your own site in <code>/var/www/homeport</code>.</p>\n    </main>\n  </body>\n</html>\n"}, {"mode": "0644", "owner": "root:root", "title": "Caddy's configuration", "policy": "BACKUP", "target": "/etc/caddy/Caddyfile", "content": ":80 {\n\troot * /var/www/homeport\n\tencode gzip\n\trespond /health \"ok\"\n\t@source path /index.html.in\n\trespond @source 404\n\tfile_server\n}\n"}], "ports": [{"kind": "http", "name": "web", "path": "/", "port": 80}], "title": "Caddy", "scripts": [{"name": "site", "title": "Publish the site", "content": ". /usr/local/lib/homeport/helpers\n\n# A page that a person has put there is theirs.\nif [ -e /var/www/homeport/index.html ] && ! grep -q 'content=\"homeport\"' /var/www/homeport/index.html; then\n  log 'Keeping the page that is there.'\nelse\n  sed \"s/@HOSTNAME@/$HOMEPORT_HOSTNAME/g\" /var/www/homeport/index.html.in >/var/www/homeport/index.html\n  log \"Page written for $HOMEPORT_HOSTNAME.\"\nfi\ncaddy validate --adapter caddyfile --config /etc/caddy/Caddyfile\nsystemctl enable caddy\nsystemctl restart caddy\nwait_for_port 80\nservice web http 80 /\nlog \"The site answers on http://$HOMEPORT_ADDRESS/\"\n", "optional": false, "repeatable": true, "timeoutMinutes": 5}], "summary": "A web server and reverse proxy with a one-page configuration.", "category": "Web", "defaults": {"cores": 1, "diskGib": 4, "nesting": true, "swapMib": 512, "memoryMib": 512, "unprivileged": true}, "estimate": {"seconds": 20, "downloadMib": 22}, "packages": [{"name": "caddy", "manager": "apt"}], "description": "[Caddy](https://caddyserver.com) from Debian, serving a static site on port 80.\n\nEdit `/etc/caddy/Caddyfile` and run `systemctl reload caddy`. Name a public host in it and Caddy gets a certificate by itself.\n"},"createdAt":"2026-11-29T07:21:18.236+00:00"},
{"id":"01a2262d-feec-779d-bc74-fad095333d78","templateId":"01a2262d-fed4-722a-b01a-9f5b822d9d4f","revision":1,"hash":"9fdb408aa27778112ca48c52c32e62561eba10cc00cdf9b9cfba61136a485155","definition":{"os": {"family": "debian", "version": "12"}, "icon": "box", "name": "debian", "tags": ["debian", "base"], "files": [], "ports": [], "title": "Debian 12", "scripts": [{"name": "base", "title": "Set up the base system", "content": ". /usr/local/lib/homeport/helpers\n\n# Minimal images have no locale set; UTF-8 everywhere saves trouble later.\nprintf 'LANG=C.UTF-8\\n' >/etc/default/locale\nlog \"$(sed -n 's/^PRETTY_NAME=\"\\(.*\\)\"$/\\1/p' /etc/os-release) on $HOMEPORT_HOSTNAME ($HOMEPORT_ADDRESS)\"\nif [ -x /usr/sbin/sshd ]; then\n  service ssh ssh 22\nfi\nlog 'The base system is ready.'\n", "optional": false, "repeatable": true, "timeoutMinutes": 10}, {"name": "unattended-upgrades", "title": "Install security updates by themselves", "content": ". /usr/local/lib/homeport/helpers\n\nensure_packages unattended-upgrades\ncat >/etc/apt/apt.conf.d/20auto-upgrades <<'END'\nAPT::Periodic::Update-Package-Lists \"1\";\nAPT::Periodic::Unattended-Upgrade \"1\";\nEND\nsystemctl enable --now apt-daily.timer apt-daily-upgrade.timer\nlog 'Security updates install themselves every day.'\n", "optional": true, "repeatable": true, "timeoutMinutes": 15}], "summary": "A plain Debian 12 with security updates that install themselves.", "category": "System", "defaults": {"cores": 1, "diskGib": 4, "nesting": true, "swapMib": 512, "memoryMib": 512, "unprivileged": true}, "estimate": {"seconds": 20, "downloadMib": 19}, "packages": [{"name": "ca-certificates", "manager": "apt"}, {"name": "curl", "manager": "apt"}, {"name": "less", "manager": "apt"}], "description": "A clean Debian 12 (bookworm) to build on: certificates, `curl` and the usual small tools.\n\nSecurity updates are installed every day without asking. That step is optional: leave it out to update by hand.\n"},"createdAt":"2026-11-29T07:21:18.317+00:00"},
{"id":"01a2262d-ff31-714e-9beb-7365137d9373","templateId":"01a2262d-ff18-766c-9ec9-15981ee2fcf0","revision":1,"hash":"b53a24e9e551502b693389a0a6850c7be5ee0ec8b8259dc40600c6fb282af59d","definition":{"os": {"family": "debian", "version": "12"}, "icon": "database", "name": "mariadb", "tags": ["database", "sql"], "files": [{"mode": "0644", "owner": "root:root", "title": "Server settings", "policy": "BACKUP", "target": "/etc/mysql/mariadb.conf.d/60-homeport.cnf", "content": "[mariadbd]\nbind-address = *\nskip-name-resolve\ncharacter-set-server = utf8mb4\ncollation-server = utf8mb4_general_ci\n"}], "ports": [{"kind": "mysql", "name": "mariadb", "port": 3306}], "title": "MariaDB", "scripts": [{"name": "database", "title": "Make the database and its user", "content": ". /usr/local/lib/homeport/helpers\n\nsystemctl enable mariadb\nsystemctl restart mariadb\nwait_for_port 3306 60\npassword=$(saved_secret mariadb-app)\n\n# Statements go through stdin: a password must not be seen in the list of processes.\nmariadb --batch <<END\nCREATE DATABASE IF NOT EXISTS app;\nCREATE USER IF NOT EXISTS 'app'@'%' IDENTIFIED BY '$password';\nALTER USER 'app'@'%' IDENTIFIED BY '$password';\nGRANT ALL PRIVILEGES ON app.* TO 'app'@'%';\nEND\n\nservice mariadb mysql 3306\ncredential mariadb user app\ncredential mariadb database app\ncredential mariadb password \"$password\"\ncredential mariadb url \"mysql://app:$password@$HOMEPORT_ADDRESS:3306/app\"\nlog 'Database app is ready; its password is among the credentials.'\n", "optional": false, "repeatable": true, "timeoutMinutes": 5}], "summary": "A MariaDB 10.11 server with a database, a user and a password of their own.", "category": "Database", "defaults": {"cores": 2, "diskGib": 8, "nesting": true, "swapMib": 512, "memoryMib": 1024, "unprivileged": true}, "estimate": {"seconds": 30, "downloadMib": 39}, "packages": [{"name": "mariadb-server", "manager": "apt"}], "description": "MariaDB 10.11 from Debian, reachable from the network with a password. `root` signs in inside the container only, without a password.\n\nA database `app` and a user `app` are made; the password is generated in the container and shown under *Credentials*.\n"},"createdAt":"2026-11-29T07:21:18.385+00:00"},
{"id":"01a2262d-ffac-70cf-85e9-379e99e2af4b","templateId":"01a2262d-ff73-7168-b384-fdfe8d1873d4","revision":1,"hash":"910f740962234f9d46eace34db12e50665e06f619827fac5fbdb1e6ca763c274","definition":{"os": {"family": "debian", "version": "12"}, "icon": "globe", "name": "nginx", "tags": ["web", "http"], "files": [{"mode": "0644", "owner": "root:root", "title": "First page (the host name is filled in)", "policy": "REPLACE", "target": "/var/www/homeport/index.html.in", "content": "<!doctype html>\n<html lang=\"en\">\n  <head>\n    <meta charset=\"utf-8\">\n    <meta name=\"generator\" content=\"homeport\">\n    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n    <title>@HOSTNAME@</title>\n    <style>\n      :root { color-scheme: light dark; }\n      body { font: 1rem/1.6 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; }\n      main { max-width: 34rem; padding: 2rem; }\n      h1 { font-size: 2rem; margin: 0 0 .5rem; }\n      code { font-family: ui-monospace, monospace; background: rgb(128 128 128 / .18); padding: .1rem .35rem; border-radius: .3rem; }\n    </style>\n  </head>\n  <body>\n    <main>\n      <h1>@HOSTNAME@ is up</h1>\n      <p>This page is served by nginx in a container that Homeport made.</p>\n      <p>Put your own site in <code>/var/www/homeport</code>.</p>\n    </main>\n  </body>\n</html>\n"}, {"mode": "0644", "owner": "root:root", "title": "Site configuration", "policy": "BACKUP", "target": "/etc/nginx/sites-available/homeport", "content": "server {\n    listen 80 default_server;\n    listen [::]:80 default_server;\n    root /var/www/homeport;\n    index index.html;\n    server_tokens off;\n\n    location / {\n        try_files $uri $uri/ =404;\n    }\n\n    # The page is made from this one.\n    location = /index.html.in {\n        return 404;\n    }\n}\n"}], "ports": [{"kind": "http", "name": "web", "path": "/", "port": 80}], "title": "nginx", "scripts": [{"name": "site", "title": "Publish the site", "content": ". /usr/local/lib/homeport/helpers\n\n# A page that a person has put there is theirs.\nif [ -e /var/www/homeport/index.html ] && ! grep -q 'content=\"homeport\"' /var/www/homeport/index.html; then\n  log 'Keeping the page that is there.'\nelse\n  sed \"s/@HOSTNAME@/$HOMEPORT_HOSTNAME/g\" /var/www/homeport/index.html.in >/var/www/homeport/index.html\n  log \"Page written for $HOMEPORT_HOSTNAME.\"\nfi\nrm -f /etc/nginx/sites-enabled/default\nln -sf ../sites-available/homeport /etc/nginx/sites-enabled/homeport\nnginx -t\nsystemctl enable nginx\nsystemctl restart nginx\nwait_for_port 80\nservice web http 80 /\nlog \"The site answers on http://$HOMEPORT_ADDRESS/\"\n", "optional": false, "repeatable": true, "timeoutMinutes": 5}], "summary": "A web server that serves a small page of its own at once.", "category": "Web", "defaults": {"cores": 1, "diskGib": 4, "nesting": true, "swapMib": 512, "memoryMib": 512, "unprivileged": true}, "estimate": {"seconds": 18, "downloadMib": 10}, "packages": [{"name": "nginx", "manager": "apt"}], "description": "[nginx](https://nginx.org) from Debian, with one site on port 80.\n\nThe site lives in `/var/www/homeport`; its configuration is `/etc/nginx/sites-available/homeport`. A page that you have replaced is kept\nwhen the script runs again.\n"},"createdAt":"2026-11-29T07:21:18.508+00:00"},
{"id":"01a2262d-fffc-7658-80dd-a8a93df5b1f8","templateId":"01a2262d-ffe3-769e-9005-64b96bd30716","revision":1,"hash":"1ee282ef82871c1489f76ef1d493101d2ea0c5590accecc537b3b0d3caca644d","definition":{"os": {"family": "debian", "version": "12"}, "icon": "hexagon", "name": "nodejs", "tags": ["javascript", "http"], "files": [{"mode": "0644", "owner": "root:root", "title": "First application", "policy": "DEFAULT", "target": "/opt/app/server.js", "content": "// A first application: it says who and where it is. Put your own in its place.\nconst http = require(\"node:http\");\nconst os = require(\"node:os\");\n\nconst port = Number(process.env.PORT ?? 3000);\n\nconst server = http.createServer((request, response) => {\n  if (request.url === \"/health\") return response.end(\"ok\\n\");\n  response.setHeader(\"content-type\", \"application/json\");\n  return response.end(`${JSON.stringify({ hello: os.hostname(), node: process.version, uptimeS: Math.round(process.uptime()) })}\\n`);\n});\n\nserver.listen(port, () => console.log(`listening on port ${port}`));\nprocess.on(\"SIGTERM\", () => server.close(() => process.exit(0)));\n"}, {"mode": "0644", "owner": "root:root", "title": "Service that runs it", "policy": "BACKUP", "target": "/etc/systemd/system/app.service", "content": "[Unit]\nDescription=The application in /opt/app\nAfter=network.target\n\n[Service]\nUser=app\nWorkingDirectory=/opt/app\nEnvironmentFile=-/etc/default/app\nEnvironment=NODE_ENV=production\nExecStart=/usr/bin/node server.js\nRestart=on-failure\nRestartSec=1\nNoNewPrivileges=yes\n\n[Install]\nWantedBy=multi-user.target\n"}, {"mode": "0644", "owner": "root:root", "title": "Settings of the application", "policy": "DEFAULT", "target": "/etc/default/app", "content": "PORT=3000\n"}], "ports": [{"kind": "http", "name": "app", "path": "/", "port": 3000}], "title": "Node.js", "scripts": [{"name": "user", "title": "Make the application's user", "content": ". /usr/local/lib/homeport/helpers\n\nif ! getent passwd app >/dev/null; then\n  useradd --system --user-group --home-dir /opt/app --no-create-home --shell /usr/sbin/nologin app\nfi\nlog \"The application runs as the user app, with Node.js $(node --version).\"\n", "optional": false, "repeatable": true, "timeoutMinutes": 5}, {"name": "service", "title": "Start the application", "content": ". /usr/local/lib/homeport/helpers\n\nsystemctl daemon-reload\nsystemctl enable app\nsystemctl restart app\nwait_for_port 3000\nservice app http 3000 /\nlog \"The application answers on http://$HOMEPORT_ADDRESS:3000/\"\n", "optional": false, "repeatable": true, "timeoutMinutes": 5}], "summary": "A host for a Node.js application, with a service that keeps it running.", "category": "Application", "defaults": {"cores": 1, "diskGib": 6, "nesting": true, "swapMib": 512, "memoryMib": 512, "unprivileged": true}, "estimate": {"seconds": 22, "downloadMib": 31}, "packages": [{"name": "nodejs", "manager": "apt"}, {"name": "ca-certificates", "manager": "apt"}], "description": "Node.js 18 from Debian and a systemd service `app` that runs `/opt/app/server.js` under a user of its own, restarts it when it fails and\nstarts it with the container.\n\nA small application answers on port 3000 until you put yours in `/opt/app` and run `systemctl restart app`. Settings go to\n`/etc/default/app`.\n"},"createdAt":"2026-11-29T07:21:18.588+00:00"},
{"id":"01a2262e-0037-732f-a7e5-65d386e26458","templateId":"01a2262e-002a-713d-981d-7064a71d8f71","revision":1,"hash":"1f9c37198a5a36718a2e10fc63a576f0e00bddf478f1b24bb6a7b46373874571","definition":{"os": {"family": "debian", "version": "12"}, "icon": "database", "name": "postgresql", "tags": ["database", "sql"], "files": [], "ports": [{"kind": "postgresql", "name": "postgresql", "port": 5432}], "title": "PostgreSQL", "scripts": [{"name": "network", "title": "Let the network in", "content": ". /usr/local/lib/homeport/helpers\n\nconfig=/etc/postgresql/15/main\n[ -d \"$config\" ] || fail \"PostgreSQL 15 has no cluster in $config.\"\ncat >\"$config/conf.d/homeport.conf\" <<'END'\nlisten_addresses = '*'\npassword_encryption = 'scram-sha-256'\nEND\nrule='host all all samenet scram-sha-256'\nif ! grep -qxF \"$rule\" \"$config/pg_hba.conf\"; then\n  printf '\\n# The container'\"'\"'s own networks, with a password.\\n%s\\n' \"$rule\" >>\"$config/pg_hba.conf\"\nfi\nsystemctl enable postgresql\nsystemctl restart postgresql@15-main\nwait_for_port 5432 60\nlog 'PostgreSQL listens on port 5432.'\n", "optional": false, "repeatable": true, "timeoutMinutes": 5}, {"name": "database", "title": "Make the database and its user", "content": ". /usr/local/lib/homeport/helpers\n\npassword=$(saved_secret postgresql-app)\nas_postgres() { runuser -u postgres -- psql -X -q -v ON_ERROR_STOP=1 \"$@\"; }\n\n# Statements go through stdin: a password must not be seen in the list of processes.\nas_postgres <<END\nDO \\$\\$ BEGIN\n  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN CREATE ROLE app LOGIN; END IF;\nEND \\$\\$;\nALTER ROLE app PASSWORD '$password';\nSELECT 'CREATE DATABASE app OWNER app' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'app')\n\\gexec\nEND\n\nservice postgresql postgresql 5432\ncredential postgresql user app\ncredential postgresql database app\ncredential postgresql password \"$password\"\ncredential postgresql url \"postgresql://app:$password@$HOMEPORT_ADDRESS:5432/app\"\nlog 'Database app is ready; its password is among the credentials.'\n", "optional": false, "repeatable": true, "timeoutMinutes": 5}], "summary": "A PostgreSQL 15 server with a database, a user and a password of their own.", "category": "Database", "defaults": {"cores": 2, "diskGib": 8, "nesting": true, "swapMib": 512, "memoryMib": 1024, "unprivileged": true}, "estimate": {"seconds": 35, "downloadMib": 82}, "packages": [{"name": "postgresql", "manager": "apt"}], "description": "PostgreSQL 15 from Debian, reachable from the container's own network with a password (SCRAM).\n\nA database `app` and a role `app` that owns it are made; the password is generated in the container and shown under *Credentials*.\n"},"createdAt":"2026-11-29T07:21:18.647+00:00"},
{"id":"01a2262e-0070-777d-adf2-89923a7e8632","templateId":"01a2262e-005a-72cb-a6c3-94326a3589cb","revision":1,"hash":"41506cf83a91478ceeff028ad39a6dae467733c70081f3a0fea0b62e99badbde","definition":{"os": {"family": "debian", "version": "12"}, "icon": "zap", "name": "redis", "tags": ["database", "cache"], "files": [], "ports": [{"kind": "redis", "name": "redis", "port": 6379}], "title": "Redis", "scripts": [{"name": "configure", "title": "Set the password and keep data", "content": ". /usr/local/lib/homeport/helpers\n\npassword=$(saved_secret redis)\numask 077\ncat >/etc/redis/homeport.conf.new <<END\nbind * -::*\nprotected-mode yes\nrequirepass $password\nappendonly yes\nEND\nchown redis:redis /etc/redis/homeport.conf.new\nchmod 640 /etc/redis/homeport.conf.new\nmv /etc/redis/homeport.conf.new /etc/redis/homeport.conf\nif ! grep -qx 'include /etc/redis/homeport.conf' /etc/redis/redis.conf; then\n  printf '\\ninclude /etc/redis/homeport.conf\\n' >>/etc/redis/redis.conf\nfi\nsystemctl enable redis-server\nsystemctl restart redis-server\nwait_for_port 6379\nservice redis redis 6379\ncredential redis password \"$password\"\ncredential redis url \"redis://:$password@$HOMEPORT_ADDRESS:6379/0\"\nlog 'Redis listens on port 6379 and asks for its password.'\n", "optional": false, "repeatable": true, "timeoutMinutes": 5}], "summary": "An in-memory store with a password, kept on disk.", "category": "Database", "defaults": {"cores": 1, "diskGib": 4, "nesting": true, "swapMib": 512, "memoryMib": 512, "unprivileged": true}, "estimate": {"seconds": 16, "downloadMib": 11}, "packages": [{"name": "redis-server", "manager": "apt"}], "description": "Redis 7 from Debian, reachable from the network with a generated password. Every write goes to an append-only file, so that a restart\nloses nothing.\n"},"createdAt":"2026-11-29T07:21:18.704+00:00"},
{"id":"01a2262e-00b8-713d-b7a5-951619c93bb8","templateId":"01a2262e-00a4-757f-a9da-865b47b368dc","revision":1,"hash":"a8169575064ca8d6790608f9b6d072b83ba93ecc32e91f0a2a97773f36a73b9a","definition":{"os": {"family": "debian", "version": "12"}, "icon": "shield", "name": "wireguard", "tags": ["network", "vpn"], "files": [], "ports": [{"kind": "wireguard", "name": "wireguard", "port": 51820}], "title": "WireGuard", "scripts": [{"name": "keys", "title": "Make the keys", "content": ". /usr/local/lib/homeport/helpers\n\numask 077\nmkdir -p /etc/wireguard/keys\nfor name in server client; do\n  if [ ! -s \"/etc/wireguard/keys/$name\" ]; then\n    wg genkey >\"/etc/wireguard/keys/$name.new\"\n    mv \"/etc/wireguard/keys/$name.new\" \"/etc/wireguard/keys/$name\"\n  fi\ndone\nif [ ! -s /etc/wireguard/keys/shared ]; then\n  wg genpsk >/etc/wireguard/keys/shared.new\n  mv /etc/wireguard/keys/shared.new /etc/wireguard/keys/shared\nfi\nlog 'Keys are in /etc/wireguard/keys (root only).'\n", "optional": false, "repeatable": true, "timeoutMinutes": 5}, {"name": "configure", "title": "Write the server and client configuration", "content": ". /usr/local/lib/homeport/helpers\n\numask 077\nkeys=/etc/wireguard/keys\nserver_public=$(wg pubkey <\"$keys/server\")\nclient_public=$(wg pubkey <\"$keys/client\")\n\nif [ -e /etc/wireguard/wg0.conf ]; then\n  log 'Keeping /etc/wireguard/wg0.conf as it is: it may have peers of your own.'\nelse\n  cat >/etc/wireguard/wg0.conf.new <<END\n[Interface]\nAddress = 10.8.0.1/24\nListenPort = 51820\nPrivateKey = $(cat \"$keys/server\")\nPostUp = sysctl -q -w net.ipv4.ip_forward=1\nPostUp = nft 'add table ip homeport; add chain ip homeport out { type nat hook postrouting priority 100; }; add rule ip homeport out ip saddr 10.8.0.0/24 oifname != \"wg0\" masquerade'\nPostDown = nft delete table ip homeport\n\n[Peer]\nPublicKey = $client_public\nPresharedKey = $(cat \"$keys/shared\")\nAllowedIPs = 10.8.0.2/32\nEND\n  mv /etc/wireguard/wg0.conf.new /etc/wireguard/wg0.conf\n  log 'Server configuration written to /etc/wireguard/wg0.conf (root only).'\nfi\n\nclient_config=\"[Interface]\nAddress = 10.8.0.2/32\nPrivateKey = $(cat \"$keys/client\")\n\n[Peer]\nPublicKey = $server_public\nPresharedKey = $(cat \"$keys/shared\")\nEndpoint = $HOMEPORT_ADDRESS:51820\nAllowedIPs = 10.8.0.0/24\nPersistentKeepalive = 25\"\n\nservice wireguard wireguard 51820\ncredential wireguard public-key \"$server_public\"\ncredential wireguard client-config \"$client_config\"\nlog 'The configuration of the first client is among the credentials.'\n", "optional": false, "repeatable": true, "timeoutMinutes": 5}, {"name": "start", "title": "Start the tunnel", "content": ". /usr/local/lib/homeport/helpers\n\nsystemctl enable wg-quick@wg0\n# Only the kernel can say whether it has WireGuard: a container cannot load modules.\nif ! ip link add homeport-probe type wireguard 2>/dev/null; then\n  warn \"This node's kernel has no WireGuard, so the tunnel is not up. Run 'modprobe wireguard' on the node and restart the container; everything else is ready.\"\n  exit 0\nfi\nip link del homeport-probe\nsystemctl restart wg-quick@wg0\nwg show wg0 listen-port\nlog 'The tunnel is up on UDP port 51820.'\n", "optional": false, "repeatable": true, "timeoutMinutes": 5}], "summary": "A VPN server with keys of its own and a first client ready to import.", "category": "Network", "defaults": {"cores": 1, "diskGib": 4, "nesting": true, "swapMib": 256, "memoryMib": 256, "unprivileged": true}, "estimate": {"seconds": 18, "downloadMib": 10}, "packages": [{"name": "wireguard-tools", "manager": "apt"}, {"name": "nftables", "manager": "apt"}, {"name": "iproute2", "manager": "apt"}], "description": "A WireGuard server on UDP port 51820 with the network `10.8.0.0/24`. Keys are made in the container; the configuration of a first client\nis shown under *Credentials*, ready for the WireGuard app.\n\nThe node's kernel must have WireGuard (Proxmox VE has; `modprobe wireguard` loads it). Where it is missing, everything is set up and the run\nsays that the tunnel waits for it.\n"},"createdAt":"2026-11-29T07:21:18.776+00:00"}
]$rows$);
INSERT INTO "User" SELECT * FROM json_populate_recordset(NULL::"User", $rows$[
{"id":"01a2262e-176d-74f3-bd38-9803135235f8","email":"demo@homeport.local","passwordHash":"$argon2id$v=19$m=19456,t=2,p=1$4CeEY9tQOfqZdBDhi7ASSQ$woIPLHP9d52iUIMSMMoszspPPA7Jaws5/5poDfL1y3s","name":"Demo","role":"USER","status":"ACTIVE","emailVerifiedAt":null,"createdAt":"2026-11-29T07:21:24.59+00:00","updatedAt":"2026-11-29T07:21:24.59+00:00"},
{"id":"01a2262f-f140-7388-8d13-6f7602c2fa3e","email":"ada@example.com","passwordHash":"$argon2id$v=19$m=19456,t=2,p=1$2RN8x6+JAUEnYcOIlctuiA$UeSV7J87FNmAtzSq54LuY2cf+33rP5kRf6z3OTDzGXc","name":"Ada","role":"USER","status":"ACTIVE","emailVerifiedAt":null,"createdAt":"2026-11-29T07:23:25.888+00:00","updatedAt":"2026-11-29T07:23:25.888+00:00"}
]$rows$);
INSERT INTO "_prisma_migrations" SELECT * FROM json_populate_recordset(NULL::"_prisma_migrations", $rows$[
{"id":"355d3c39-2d54-4b87-a9d8-701c386d3451","checksum":"c1b6c52d29e9933850e74419ec0579563744bfe9c69fb2cb6098faf97b22a596","finished_at":"2026-11-29T07:21:09.259+00:00","migration_name":"20261121084500_audit_log_order","logs":null,"rolled_back_at":null,"started_at":"2026-11-29T07:21:09.248+00:00","applied_steps_count":1},
{"id":"444f5105-6cf9-4e86-bab7-76c4796be0d1","checksum":"4b0c7faf1f07699b91b1faeff6a1099676a4c682e83d37933dddf92f0a2ef6b3","finished_at":"2026-11-29T07:21:09.279+00:00","migration_name":"20261121085500_step_journal","logs":null,"rolled_back_at":null,"started_at":"2026-11-29T07:21:09.264+00:00","applied_steps_count":1},
{"id":"59a87e71-a748-403f-8561-a4972238d524","checksum":"eaca38b50427dd41a34cb77964b863f8db13e2cedbe578cafa6160a8e6fa2a51","finished_at":"2026-11-29T07:21:09.216+00:00","migration_name":"20261121080000_first","logs":null,"rolled_back_at":null,"started_at":"2026-11-29T07:21:08.937+00:00","applied_steps_count":1},
{"id":"8f07b3de-be17-4d73-b361-b09e8c90bb7c","checksum":"fd8bead44077adc30cfa66188b2cbce22b843775b3646d8dcbb2593e22c3c33d","finished_at":"2026-11-29T07:21:09.242+00:00","migration_name":"20261121083500_run_log_order","logs":null,"rolled_back_at":null,"started_at":"2026-11-29T07:21:09.224+00:00","applied_steps_count":1}
]$rows$);
SELECT setval('"AuditLog_id_seq"', 28);
SELECT setval('"ContainerEvent_id_seq"', 6);
SELECT setval('"RunLog_id_seq"', 68);

SET session_replication_role = origin;
