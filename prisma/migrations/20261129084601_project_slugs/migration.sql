-- A project's slug names it in addresses, so it is unique in the installation. Those that shared one ("default") get the end of their id.
UPDATE "Project" SET "slug" = "slug" || '-' || right(replace("id"::text, '-', ''), 12)
  WHERE "slug" IN (SELECT "slug" FROM "Project" GROUP BY "slug" HAVING count(*) > 1);
DROP INDEX "Project_organizationId_slug_key";
CREATE UNIQUE INDEX "Project_slug_key" ON "Project"("slug");
CREATE INDEX "Project_organizationId_idx" ON "Project"("organizationId");
