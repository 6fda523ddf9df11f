-- What Temporal calls the workflow of a run, for people to read. Runs of before keep the run's own id, which they were begun with.
ALTER TABLE "Run" ADD COLUMN "workflowId" TEXT;
CREATE UNIQUE INDEX "Run_workflowId_key" ON "Run"("workflowId");
