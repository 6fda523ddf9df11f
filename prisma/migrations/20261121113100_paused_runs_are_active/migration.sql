-- A paused run still owns its container. Apart from the migration that adds the state: PostgreSQL refuses a new enum value in the transaction that made it.
DROP INDEX "run_one_active_per_container";
CREATE UNIQUE INDEX "run_one_active_per_container" ON "Run" ("containerId")
  WHERE "state" IN ('queued', 'running', 'waiting', 'awaiting_decision', 'paused');
