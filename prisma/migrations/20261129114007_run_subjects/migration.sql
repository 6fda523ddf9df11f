-- A run is about a subject and belongs to a project by itself, so that it can be about something else than a container.
CREATE TYPE "RunSubject" AS ENUM ('container');

ALTER TABLE "Run" ADD COLUMN "projectId" UUID, ADD COLUMN "subjectType" "RunSubject", ADD COLUMN "subjectId" UUID;
UPDATE "Run" SET "projectId" = container."projectId", "subjectType" = 'container', "subjectId" = container."id"
  FROM "Container" AS container WHERE container."id" = "Run"."containerId";
ALTER TABLE "Run" ALTER COLUMN "projectId" SET NOT NULL, ALTER COLUMN "subjectType" SET NOT NULL, ALTER COLUMN "subjectId" SET NOT NULL,
  ALTER COLUMN "containerId" DROP NOT NULL;

-- The container is the subject where the subject is one, and nothing else is there.
ALTER TABLE "Run" ADD CONSTRAINT "run_subject_container"
  CHECK (("subjectType" = 'container' AND "containerId" IS NOT NULL AND "containerId" = "subjectId") OR ("subjectType" <> 'container' AND "containerId" IS NULL));

-- A run of a container is in that container's project, and moves with it.
CREATE UNIQUE INDEX "Container_id_projectId_key" ON "Container"("id", "projectId");
ALTER TABLE "Run" DROP CONSTRAINT "Run_containerId_fkey";
ALTER TABLE "Run" ADD CONSTRAINT "Run_containerId_projectId_fkey" FOREIGN KEY ("containerId", "projectId") REFERENCES "Container"("id", "projectId") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Run" ADD CONSTRAINT "Run_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "Run_projectId_id_idx" ON "Run"("projectId", "id");
