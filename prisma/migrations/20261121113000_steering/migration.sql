-- Runs that are steered, planned, limited, repeated and reconciled: attempts, decisions, turns, plans, batches, orphans.
-- CreateEnum
CREATE TYPE "OrphanKind" AS ENUM ('guest_without_row', 'container_gone', 'run_without_workflow', 'workflow_without_row', 'dead_lock');

-- CreateEnum
CREATE TYPE "OrphanState" AS ENUM ('open', 'ignored', 'resolved');

-- AlterEnum
ALTER TYPE "RunState" ADD VALUE 'paused';

-- AlterTable
ALTER TABLE "ProxmoxNode" ADD COLUMN     "createsAtOnce" INTEGER NOT NULL DEFAULT 2,
ADD COLUMN     "tasksAtOnce" INTEGER NOT NULL DEFAULT 4,
ADD COLUMN     "vmidFrom" INTEGER,
ADD COLUMN     "vmidTo" INTEGER;

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "againOfId" UUID,
ADD COLUMN     "batchId" UUID,
ADD COLUMN     "logsDroppedAt" TIMESTAMPTZ(3),
ADD COLUMN     "pauseRequestedAt" TIMESTAMPTZ(3),
ADD COLUMN     "planHash" TEXT;

-- CreateTable
CREATE TABLE "Installation" (
    "only" BOOLEAN NOT NULL DEFAULT true,
    "id" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Installation_pkey" PRIMARY KEY ("only")
);

-- CreateTable
CREATE TABLE "Orphan" (
    "id" UUID NOT NULL,
    "kind" "OrphanKind" NOT NULL,
    "state" "OrphanState" NOT NULL DEFAULT 'open',
    "subject" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "nodeId" UUID,
    "vmid" INTEGER,
    "containerId" UUID,
    "runId" UUID,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "resolution" TEXT,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolvedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Orphan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RunAttempt" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "stepId" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "state" "StepState" NOT NULL DEFAULT 'running',
    "error" TEXT,
    "detail" TEXT,
    "edit" JSONB,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RunAttempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RunDecision" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "requestKey" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "step" TEXT,
    "edit" JSONB,
    "userId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deliveredAt" TIMESTAMPTZ(3),

    CONSTRAINT "RunDecision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Turn" (
    "id" UUID NOT NULL,
    "nodeId" UUID NOT NULL,
    "pool" TEXT NOT NULL,
    "runId" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "grantedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Turn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Plan" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "document" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Batch" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "nodeId" UUID NOT NULL,
    "templateRevisionId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "requestKey" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Batch_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Orphan_userId_state_idx" ON "Orphan"("userId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "Orphan_subject_key" ON "Orphan"("subject");

-- CreateIndex
CREATE INDEX "RunAttempt_runId_idx" ON "RunAttempt"("runId");

-- CreateIndex
CREATE UNIQUE INDEX "RunAttempt_stepId_attempt_key" ON "RunAttempt"("stepId", "attempt");

-- CreateIndex
CREATE UNIQUE INDEX "RunDecision_runId_requestKey_key" ON "RunDecision"("runId", "requestKey");

-- CreateIndex
CREATE INDEX "Turn_nodeId_pool_askedAt_idx" ON "Turn"("nodeId", "pool", "askedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Turn_runId_step_key" ON "Turn"("runId", "step");

-- CreateIndex
CREATE INDEX "Plan_createdAt_idx" ON "Plan"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Plan_userId_hash_key" ON "Plan"("userId", "hash");

-- CreateIndex
CREATE INDEX "Batch_projectId_createdAt_idx" ON "Batch"("projectId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Batch_userId_requestKey_key" ON "Batch"("userId", "requestKey");

-- CreateIndex
CREATE INDEX "Run_batchId_idx" ON "Run"("batchId");

-- AddForeignKey
ALTER TABLE "Orphan" ADD CONSTRAINT "Orphan_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Orphan" ADD CONSTRAINT "Orphan_nodeId_fkey" FOREIGN KEY ("nodeId") REFERENCES "ProxmoxNode"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "Batch"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_againOfId_fkey" FOREIGN KEY ("againOfId") REFERENCES "Run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunAttempt" ADD CONSTRAINT "RunAttempt_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunAttempt" ADD CONSTRAINT "RunAttempt_stepId_fkey" FOREIGN KEY ("stepId") REFERENCES "RunStep"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunDecision" ADD CONSTRAINT "RunDecision_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunDecision" ADD CONSTRAINT "RunDecision_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Turn" ADD CONSTRAINT "Turn_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Turn" ADD CONSTRAINT "Turn_nodeId_fkey" FOREIGN KEY ("nodeId") REFERENCES "ProxmoxNode"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Plan" ADD CONSTRAINT "Plan_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Batch" ADD CONSTRAINT "Batch_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Batch" ADD CONSTRAINT "Batch_nodeId_fkey" FOREIGN KEY ("nodeId") REFERENCES "ProxmoxNode"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Batch" ADD CONSTRAINT "Batch_templateRevisionId_fkey" FOREIGN KEY ("templateRevisionId") REFERENCES "TemplateRevision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Batch" ADD CONSTRAINT "Batch_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Below: what the schema language cannot say.
ALTER TABLE "ProxmoxNode" ADD CONSTRAINT "proxmox_node_vmid_range" CHECK (("vmidFrom" IS NULL) = ("vmidTo" IS NULL) AND ("vmidFrom" IS NULL OR ("vmidFrom" >= 100 AND "vmidTo" <= 999999999 AND "vmidFrom" <= "vmidTo")));
ALTER TABLE "ProxmoxNode" ADD CONSTRAINT "proxmox_node_limits" CHECK ("createsAtOnce" BETWEEN 1 AND 64 AND "tasksAtOnce" BETWEEN 1 AND 64);
ALTER TABLE "RunAttempt" ADD CONSTRAINT "run_attempt_error_length" CHECK (octet_length("error") <= 512);
ALTER TABLE "RunDecision" ADD CONSTRAINT "run_decision_known" CHECK ("decision" IN ('retry', 'skip', 'undo', 'pause', 'resume', 'cancel'));
ALTER TABLE "Installation" ADD CONSTRAINT "installation_one_row" CHECK ("only");
INSERT INTO "Installation" ("id") VALUES (gen_random_uuid());

-- The attempts that were made before they were kept: the one that each step is at.
INSERT INTO "RunAttempt" ("id", "runId", "stepId", "attempt", "state", "error", "detail", "startedAt", "endedAt")
  SELECT gen_random_uuid(), "runId", "id", "attempt", "state", "error", "detail", "startedAt", "endedAt" FROM "RunStep" WHERE "startedAt" IS NOT NULL;

CREATE TRIGGER "orphan_announce" AFTER INSERT OR UPDATE ON "Orphan" FOR EACH ROW WHEN (NEW."nodeId" IS NOT NULL) EXECUTE FUNCTION "announce_row"('node', 'nodeId');
