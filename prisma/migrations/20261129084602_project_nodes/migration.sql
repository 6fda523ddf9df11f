-- A node belongs to a person and is private; its owner can share it into projects.
CREATE TABLE "ProjectNode" (
  "projectId" UUID NOT NULL,
  "nodeId" UUID NOT NULL,
  "sharedById" UUID NOT NULL,
  "sharedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "ProjectNode_pkey" PRIMARY KEY ("projectId", "nodeId")
);
CREATE INDEX "ProjectNode_nodeId_idx" ON "ProjectNode"("nodeId");
ALTER TABLE "ProjectNode" ADD CONSTRAINT "ProjectNode_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ProjectNode" ADD CONSTRAINT "ProjectNode_nodeId_fkey" FOREIGN KEY ("nodeId") REFERENCES "ProxmoxNode"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ProjectNode" ADD CONSTRAINT "ProjectNode_sharedById_fkey" FOREIGN KEY ("sharedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Only by its owner, and only a node that is there: neither a draft nor one that was removed.
CREATE FUNCTION "project_node_owner"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM "ProxmoxNode"
    WHERE "id" = NEW."nodeId" AND "userId" = NEW."sharedById" AND "retiredAt" IS NULL AND "draftUntil" IS NULL
  ) THEN
    RAISE EXCEPTION 'only a saved node is shared, and by its owner' USING ERRCODE = 'check_violation', CONSTRAINT = 'project_node_owner';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "project_node_owner" BEFORE INSERT OR UPDATE ON "ProjectNode" FOR EACH ROW EXECUTE FUNCTION "project_node_owner"();

-- A node that is removed is shared no more.
CREATE FUNCTION "proxmox_node_unshare"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "ProjectNode" WHERE "nodeId" = NEW."id";
  RETURN NULL;
END $$;
CREATE TRIGGER "proxmox_node_unshare" AFTER UPDATE OF "retiredAt" ON "ProxmoxNode" FOR EACH ROW
  WHEN (NEW."retiredAt" IS NOT NULL) EXECUTE FUNCTION "proxmox_node_unshare"();
