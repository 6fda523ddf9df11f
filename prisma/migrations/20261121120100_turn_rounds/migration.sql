-- Turns are given round by round, one to each person in a round: what a person was given before must be known.
-- AlterTable
ALTER TABLE "Turn" ADD COLUMN     "round" INTEGER NOT NULL DEFAULT 0;
