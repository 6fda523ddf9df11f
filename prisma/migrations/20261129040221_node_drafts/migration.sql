-- A node is tested before it is saved: until then it is a draft, and its secrets go when the draft ends.
ALTER TABLE "ProxmoxNode" ADD COLUMN "draftUntil" TIMESTAMPTZ(3), ADD COLUMN "replacesId" UUID, ADD COLUMN "draftFields" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "ProxmoxNode" ADD CONSTRAINT "ProxmoxNode_replacesId_fkey" FOREIGN KEY ("replacesId") REFERENCES "ProxmoxNode"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "ProxmoxNode_draftUntil_idx" ON "ProxmoxNode"("draftUntil");
CREATE INDEX "ProxmoxNode_replacesId_idx" ON "ProxmoxNode"("replacesId");
ALTER TABLE "ProxmoxNode" ADD CONSTRAINT "proxmox_node_draft" CHECK ("draftUntil" IS NOT NULL OR "replacesId" IS NULL);
ALTER TABLE "ProxmoxNode" ADD CONSTRAINT "proxmox_node_draft_is_no_default" CHECK ("draftUntil" IS NULL OR NOT "isDefault");
DROP INDEX "proxmox_node_live_name";
CREATE UNIQUE INDEX "proxmox_node_live_name" ON "ProxmoxNode" ("userId", "name") WHERE "retiredAt" IS NULL AND "draftUntil" IS NULL;
