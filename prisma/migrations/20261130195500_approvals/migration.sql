-- A container that is beyond a quota can be asked for: whoever could raise that quota approves it or refuses.
CREATE TYPE "ApprovalDecision" AS ENUM ('approved', 'refused', 'withdrawn');
CREATE TABLE "Approval" (
  "id" UUID NOT NULL,
  "projectId" UUID NOT NULL,
  "nodeId" UUID NOT NULL,
  "userId" UUID NOT NULL,
  "input" JSONB NOT NULL,
  "reason" TEXT NOT NULL,
  "beyond" TEXT[] NOT NULL,
  "given" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  "decision" "ApprovalDecision",
  "decidedAt" TIMESTAMPTZ(3),
  "decidedById" UUID,
  "answer" TEXT NOT NULL DEFAULT '',
  "runId" UUID,
  CONSTRAINT "Approval_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "approval_decided" CHECK (num_nonnulls("decision", "decidedAt", "decidedById") IN (0, 3)),
  CONSTRAINT "approval_run" CHECK (("decision" IS NOT DISTINCT FROM 'approved') = ("runId" IS NOT NULL)),
  CONSTRAINT "approval_text_length" CHECK (length("reason") <= 2000 AND length("answer") <= 2000)
);
CREATE UNIQUE INDEX "Approval_runId_key" ON "Approval"("runId");
CREATE INDEX "Approval_projectId_idx" ON "Approval"("projectId");
CREATE INDEX "Approval_nodeId_idx" ON "Approval"("nodeId");
CREATE INDEX "approval_open" ON "Approval"("expiresAt") WHERE "decision" IS NULL;
CREATE INDEX "Approval_userId_idx" ON "Approval"("userId");
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_nodeId_fkey" FOREIGN KEY ("nodeId") REFERENCES "ProxmoxNode"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- To those who can approve it, and to who asked.
ALTER TYPE "MailKind" ADD VALUE 'approval_wanted';
ALTER TYPE "MailKind" ADD VALUE 'approval_decided';
