-- Whose guest an untagged one is was read from its configuration: remembered, so that it is not read again at every look.
ALTER TABLE "Container" ADD COLUMN "markSignature" TEXT, ADD COLUMN "markHolder" TEXT, ADD COLUMN "markReadAt" TIMESTAMPTZ(3);

-- A node may have far more guests than are kept.
ALTER TABLE "NodeObservation" ADD COLUMN "guestsSeen" INTEGER, ADD COLUMN "guestsKept" INTEGER;
