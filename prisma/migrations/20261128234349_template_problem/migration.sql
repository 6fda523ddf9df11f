-- A template that cannot be read is named with its reason, also when it never could be.
ALTER TABLE "Template" ADD COLUMN "problem" TEXT;
