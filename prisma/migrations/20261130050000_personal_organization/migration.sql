-- Everybody has an organization of their own, which they neither leave nor delete. Which one it is was told by its slug, which can be changed now.
ALTER TABLE "Organization" ADD COLUMN "personalOfId" UUID;
UPDATE "Organization" SET "personalOfId" = "User"."id" FROM "User" WHERE "Organization"."slug" = 'personal-' || "User"."id"::text;
CREATE UNIQUE INDEX "Organization_personalOfId_key" ON "Organization"("personalOfId");
ALTER TABLE "Organization" ADD CONSTRAINT "Organization_personalOfId_fkey" FOREIGN KEY ("personalOfId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- And its slug was longer than one that a person may type: the random end of the id is enough.
UPDATE "Organization" SET "slug" = 'personal-' || right(replace("personalOfId"::text, '-', ''), 12) WHERE "personalOfId" IS NOT NULL;
