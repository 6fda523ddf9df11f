-- An organization can ask its members for a second factor: who has none sees nothing of it until they have.
ALTER TABLE "Organization" ADD COLUMN "requiresSecondFactor" BOOLEAN NOT NULL DEFAULT false;
-- Whoever has a personal organization stays in it.
ALTER TABLE "Organization" ADD CONSTRAINT "organization_personal_open" CHECK (NOT ("requiresSecondFactor" AND "personalOfId" IS NOT NULL));
