-- Two owners who leave at once each saw the other: the check now waits for whoever else is changing the organization's members.
CREATE OR REPLACE FUNCTION "organization_keeps_an_owner"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."role" <> 'OWNER' THEN
    RETURN NULL;
  END IF;
  -- Whoever changes members locks the organization before all else: the audit log's lock comes after it everywhere.
  PERFORM 1 FROM "Organization" WHERE "id" = OLD."organizationId" FOR NO KEY UPDATE;
  -- A statement of its own: it sees what was committed while the lock was waited for.
  IF FOUND AND NOT EXISTS (SELECT 1 FROM "OrganizationMember" WHERE "organizationId" = OLD."organizationId" AND "role" = 'OWNER') THEN
    RAISE EXCEPTION 'organization % would have no owner', OLD."organizationId" USING ERRCODE = '23514', CONSTRAINT = 'organization_keeps_an_owner';
  END IF;
  RETURN NULL;
END $$;
