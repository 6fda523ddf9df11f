-- Of the workers that believe they do a step, one may write of it: the last that said so.
ALTER TABLE "RunStep" ADD COLUMN "writer" UUID;

-- Each workflow of a run opens it once.
ALTER TABLE "Run" ADD COLUMN "executionId" UUID;

-- A worker that was given up for dead and woke again could set a run that had ended back to "waiting". Nobody works on such a run.
UPDATE "Run" SET "state" = 'failed', "waitingFor" = NULL, "error" = COALESCE("error", 'A late worker had overwritten how it ended.'), "version" = "version" + 1
  WHERE "endedAt" IS NOT NULL AND "state" IN ('queued', 'running', 'waiting', 'awaiting_decision', 'paused');
UPDATE "Run" SET "endedAt" = now(), "version" = "version" + 1
  WHERE "endedAt" IS NULL AND "state" NOT IN ('queued', 'running', 'waiting', 'awaiting_decision', 'paused');
ALTER TABLE "Run" ADD CONSTRAINT "run_ended_once_final" CHECK (("endedAt" IS NULL) = ("state" IN ('queued', 'running', 'waiting', 'awaiting_decision', 'paused')));
