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
