-- A project or an organization that was deleted: its record stays, with its runs and its lines of the audit log, and its slug is free again.
ALTER TABLE "Project" ADD COLUMN "retiredAt" TIMESTAMPTZ(3);
ALTER TABLE "Organization" ADD COLUMN "retiredAt" TIMESTAMPTZ(3);

-- Whoever retires a project holds its row for update: a container that is being made in it waits here, and is refused.
CREATE FUNCTION "container_project_is_live"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "Project" WHERE "id" = NEW."projectId" AND "retiredAt" IS NULL FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'project % is not there any more', NEW."projectId" USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'container_project_is_live';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "container_project_is_live" BEFORE INSERT OR UPDATE OF "projectId", "lifecycle" ON "Container" FOR EACH ROW
  WHEN (NEW."lifecycle" <> 'deleted') EXECUTE FUNCTION "container_project_is_live"();

-- And the other way round: none that holds something is retired.
CREATE FUNCTION "project_retires_empty"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "Container" WHERE "projectId" = NEW."id" AND "lifecycle" <> 'deleted') THEN
    RAISE EXCEPTION 'project % has containers', NEW."id" USING ERRCODE = 'check_violation', CONSTRAINT = 'project_retires_empty';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "project_retires_empty" BEFORE UPDATE OF "retiredAt" ON "Project" FOR EACH ROW
  WHEN (NEW."retiredAt" IS NOT NULL) EXECUTE FUNCTION "project_retires_empty"();
