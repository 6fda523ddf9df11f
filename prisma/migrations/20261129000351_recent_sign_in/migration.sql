-- When the person last gave their password in this session: revealing secrets, changing a node's and destroying ask for a recent one.
ALTER TABLE "Session" ADD COLUMN "authenticatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now();
UPDATE "Session" SET "authenticatedAt" = "createdAt";
