-- Passkeys (WebAuthn): public keys by which people sign in, and the challenges that are under way.
CREATE TABLE "Passkey" (
  "id" UUID NOT NULL,
  "userId" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "credentialId" TEXT NOT NULL,
  "publicKey" BYTEA NOT NULL,
  "counter" BIGINT NOT NULL DEFAULT 0,
  "transports" TEXT[],
  "rpId" TEXT NOT NULL,
  "backedUp" BOOLEAN NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "lastUsedAt" TIMESTAMPTZ(3),
  CONSTRAINT "Passkey_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Passkey_credentialId_key" ON "Passkey"("credentialId");
CREATE UNIQUE INDEX "Passkey_userId_name_key" ON "Passkey"("userId", "name");
ALTER TABLE "Passkey" ADD CONSTRAINT "Passkey_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TYPE "PasskeyPurpose" AS ENUM ('sign_in', 'register', 'confirm', 'renew_codes');
CREATE TABLE "PasskeyChallenge" (
  "hash" TEXT NOT NULL,
  "purpose" "PasskeyPurpose" NOT NULL,
  "sessionId" TEXT,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "PasskeyChallenge_pkey" PRIMARY KEY ("hash")
);
CREATE INDEX "PasskeyChallenge_sessionId_idx" ON "PasskeyChallenge"("sessionId");
CREATE INDEX "PasskeyChallenge_expiresAt_idx" ON "PasskeyChallenge"("expiresAt");
ALTER TABLE "PasskeyChallenge" ADD CONSTRAINT "PasskeyChallenge_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "Session"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- What is asked of somebody who is signed in is answered in the same session.
ALTER TABLE "PasskeyChallenge" ADD CONSTRAINT "passkey_challenge_session" CHECK (("purpose" = 'sign_in') = ("sessionId" IS NULL));

-- Recovery codes stand in for a passkey as for an app: they are the account's, whichever it has.
ALTER TABLE "RecoveryCode" DROP CONSTRAINT "RecoveryCode_userId_fkey";
ALTER TABLE "RecoveryCode" ADD CONSTRAINT "RecoveryCode_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- When a factor was last shown in a session, and by which passkey it was begun.
ALTER TABLE "Session" ADD COLUMN "factorAt" TIMESTAMPTZ(3), ADD COLUMN "passkeyId" UUID;
CREATE INDEX "Session_passkeyId_idx" ON "Session"("passkeyId");
ALTER TABLE "Session" ADD CONSTRAINT "Session_passkeyId_fkey" FOREIGN KEY ("passkeyId") REFERENCES "Passkey"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- By what authenticators know an account.
ALTER TABLE "User" ADD COLUMN "passkeyHandle" BYTEA;
CREATE UNIQUE INDEX "User_passkeyHandle_key" ON "User"("passkeyHandle");
