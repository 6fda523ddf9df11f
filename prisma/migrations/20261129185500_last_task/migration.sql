-- The task of its workflow whose record moved the run last: a record of an earlier one, which comes late as its worker slept, is refused.
ALTER TABLE "Run" ADD COLUMN "lastTask" INTEGER NOT NULL DEFAULT 0;
