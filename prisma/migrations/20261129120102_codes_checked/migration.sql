-- What a person reads is stored as a code: a bare sentence is refused. Resolutions of older releases that no migration knew stay as they are.
ALTER TABLE "Run" ADD CONSTRAINT "run_waiting_for_code" CHECK ("waitingFor" IS NULL OR (jsonb_typeof("waitingFor") = 'object' AND "waitingFor" ? 'on'));
ALTER TABLE "Orphan" ADD CONSTRAINT "orphan_resolution_code" CHECK ("resolution" ~ '^[a-z_]+$') NOT VALID;
