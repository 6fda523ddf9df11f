-- When the reconciler last compared a node with the rows: what the Orphans page says about how fresh it is.
ALTER TABLE "ProxmoxNode" ADD COLUMN "reconciledAt" TIMESTAMPTZ(3);
