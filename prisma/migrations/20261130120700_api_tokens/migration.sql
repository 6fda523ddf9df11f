-- Secrets by which a program acts as its person, within what each was given.
CREATE TABLE "ApiToken" (
  "id" UUID NOT NULL,
  "userId" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "prefix" TEXT NOT NULL,
  "tokenHash" TEXT NOT NULL,
  "permissions" TEXT[],
  "allProjects" BOOLEAN NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  "lastUsedAt" TIMESTAMPTZ(3),
  "lastUsedIp" TEXT,
  CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "ApiToken_tokenHash_key" ON "ApiToken"("tokenHash");
CREATE UNIQUE INDEX "ApiToken_userId_name_key" ON "ApiToken"("userId", "name");
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "ApiTokenProject" (
  "tokenId" UUID NOT NULL,
  "projectId" UUID NOT NULL,
  CONSTRAINT "ApiTokenProject_pkey" PRIMARY KEY ("tokenId", "projectId")
);
CREATE INDEX "ApiTokenProject_projectId_idx" ON "ApiTokenProject"("projectId");
ALTER TABLE "ApiTokenProject" ADD CONSTRAINT "ApiTokenProject_tokenId_fkey" FOREIGN KEY ("tokenId") REFERENCES "ApiToken"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ApiTokenProject" ADD CONSTRAINT "ApiTokenProject_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whoever streams by a session or a token that ends is told at once.
CREATE TRIGGER "session_announce" AFTER DELETE ON "Session" FOR EACH ROW EXECUTE FUNCTION "announce_row"('account', 'userId');
CREATE TRIGGER "api_token_announce" AFTER DELETE ON "ApiToken" FOR EACH ROW EXECUTE FUNCTION "announce_row"('account', 'userId');
