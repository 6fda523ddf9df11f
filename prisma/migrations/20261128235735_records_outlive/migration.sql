-- What was done stays on record: a node is retired, not deleted, and no delete of a node, a person, a project or a container takes runs along.
ALTER TABLE "ProxmoxNode" ADD COLUMN "retiredAt" TIMESTAMPTZ(3);

-- The name of a retired node is free again; nothing that could be used is kept of it.
DROP INDEX "ProxmoxNode_userId_name_key";
CREATE UNIQUE INDEX "proxmox_node_live_name" ON "ProxmoxNode" ("userId", "name") WHERE "retiredAt" IS NULL;
ALTER TABLE "ProxmoxNode" ADD CONSTRAINT "proxmox_node_retired" CHECK ("retiredAt" IS NULL OR ("tokenSecret" = '' AND "sshPassword" IS NULL AND "sshPrivateKey" IS NULL AND NOT "isDefault"));

ALTER TABLE "ProxmoxNode" DROP CONSTRAINT "ProxmoxNode_userId_fkey",
  ADD CONSTRAINT "ProxmoxNode_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Container" DROP CONSTRAINT "Container_projectId_fkey", DROP CONSTRAINT "Container_nodeId_fkey", DROP CONSTRAINT "Container_createdById_fkey",
  ADD CONSTRAINT "Container_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Container_nodeId_fkey" FOREIGN KEY ("nodeId") REFERENCES "ProxmoxNode"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Container_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Run" DROP CONSTRAINT "Run_containerId_fkey", DROP CONSTRAINT "Run_nodeId_fkey", DROP CONSTRAINT "Run_userId_fkey",
  ADD CONSTRAINT "Run_containerId_fkey" FOREIGN KEY ("containerId") REFERENCES "Container"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Run_nodeId_fkey" FOREIGN KEY ("nodeId") REFERENCES "ProxmoxNode"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Run_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Batch" DROP CONSTRAINT "Batch_projectId_fkey", DROP CONSTRAINT "Batch_nodeId_fkey", DROP CONSTRAINT "Batch_userId_fkey",
  ADD CONSTRAINT "Batch_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Batch_nodeId_fkey" FOREIGN KEY ("nodeId") REFERENCES "ProxmoxNode"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Batch_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Orphan" DROP CONSTRAINT "Orphan_userId_fkey", DROP CONSTRAINT "Orphan_nodeId_fkey",
  ADD CONSTRAINT "Orphan_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Orphan_nodeId_fkey" FOREIGN KEY ("nodeId") REFERENCES "ProxmoxNode"("id") ON DELETE SET NULL ON UPDATE CASCADE;
