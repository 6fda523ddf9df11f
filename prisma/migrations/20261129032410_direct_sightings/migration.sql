-- What an operation saw of a guest holds against the polls of every process, not only of its own.
CREATE TABLE "DirectSighting" (
    "nodeId" UUID NOT NULL,
    "vmid" INTEGER NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DirectSighting_pkey" PRIMARY KEY ("nodeId","vmid")
);
ALTER TABLE "DirectSighting" ADD CONSTRAINT "DirectSighting_nodeId_fkey" FOREIGN KEY ("nodeId") REFERENCES "ProxmoxNode"("id") ON DELETE CASCADE ON UPDATE CASCADE;
