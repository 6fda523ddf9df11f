-- What a step meant to do before it did it: after a lost answer, the engine looks for its own task before it asks again.
ALTER TABLE "RunStep" ADD COLUMN "journal" JSONB NOT NULL DEFAULT '{}';
