-- What a project may use of a node that is shared into it. Shares from before go on as they were, privileged containers included.
ALTER TABLE "ProjectNode"
  ADD COLUMN "storages" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "bridges" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "templates" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "vmidFrom" INTEGER,
  ADD COLUMN "vmidTo" INTEGER,
  ADD COLUMN "privileged" BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN "containers" INTEGER,
  ADD COLUMN "cores" INTEGER,
  ADD COLUMN "memoryMib" INTEGER,
  ADD COLUMN "diskGib" INTEGER;
ALTER TABLE "ProjectNode" ALTER COLUMN "privileged" SET DEFAULT false;
ALTER TABLE "ProjectNode" ADD CONSTRAINT "project_node_vmids"
  CHECK (num_nonnulls("vmidFrom", "vmidTo") <> 1 AND ("vmidFrom" IS NULL OR ("vmidFrom" >= 100 AND "vmidTo" >= "vmidFrom")));
ALTER TABLE "ProjectNode" ADD CONSTRAINT "project_node_quota"
  CHECK (LEAST("containers", "cores", "memoryMib", "diskGib") >= 0);

-- How much the containers of one organization, of one project, or of one person may take altogether.
CREATE TABLE "Quota" (
  "id" UUID NOT NULL,
  "organizationId" UUID,
  "projectId" UUID,
  "userId" UUID,
  "containers" INTEGER,
  "cores" INTEGER,
  "memoryMib" INTEGER,
  "diskGib" INTEGER,
  CONSTRAINT "Quota_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "quota_of_one" CHECK (num_nonnulls("organizationId", "projectId", "userId") = 1),
  CONSTRAINT "quota_limits" CHECK (num_nonnulls("containers", "cores", "memoryMib", "diskGib") > 0 AND LEAST("containers", "cores", "memoryMib", "diskGib") >= 0)
);
CREATE UNIQUE INDEX "Quota_organizationId_key" ON "Quota"("organizationId");
CREATE UNIQUE INDEX "Quota_projectId_key" ON "Quota"("projectId");
CREATE UNIQUE INDEX "Quota_userId_key" ON "Quota"("userId");
ALTER TABLE "Quota" ADD CONSTRAINT "Quota_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Quota" ADD CONSTRAINT "Quota_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Quota" ADD CONSTRAINT "Quota_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a person has created is counted over all projects.
CREATE INDEX "Container_createdById_idx" ON "Container"("createdById");
