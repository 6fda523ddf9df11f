-- Mails that go out: written in the transaction of what they tell of, sent by the worker, or kept where there is no mail server.
CREATE TYPE "MailKind" AS ENUM ('confirm_address', 'change_address', 'change_asked', 'address_changed', 'reset_password', 'password_changed', 'invitation');
CREATE TYPE "MailState" AS ENUM ('queued', 'sent', 'kept', 'dead');
CREATE TYPE "MailFailure" AS ENUM ('unreachable', 'untrusted', 'sign_in', 'not_accepted', 'later', 'refused', 'lapsed', 'unreadable');

CREATE TABLE "Mail" (
  "id" UUID NOT NULL,
  "to" CITEXT NOT NULL,
  "kind" "MailKind" NOT NULL,
  "content" TEXT,
  "linkHash" TEXT,
  "state" "MailState" NOT NULL,
  "tries" INTEGER NOT NULL DEFAULT 0,
  "nextTryAt" TIMESTAMPTZ(3) NOT NULL,
  "lapsesAt" TIMESTAMPTZ(3) NOT NULL,
  "failure" "MailFailure",
  "response" TEXT,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "settledAt" TIMESTAMPTZ(3),
  CONSTRAINT "Mail_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "mail_response_length" CHECK (length("response") <= 300),
  -- What was sent holds no link any more; what is to be sent holds one.
  CONSTRAINT "mail_content" CHECK (("state" <> 'sent' OR "content" IS NULL) AND ("state" <> 'queued' OR "content" IS NOT NULL)),
  CONSTRAINT "mail_settled" CHECK (("settledAt" IS NULL) = ("state" = 'queued'))
);
CREATE INDEX "Mail_createdAt_idx" ON "Mail"("createdAt");
CREATE INDEX "mail_queued" ON "Mail"("nextTryAt") WHERE "state" = 'queued';

CREATE TABLE "EmailVerificationToken" (
  "id" UUID NOT NULL,
  "userId" UUID NOT NULL,
  "email" CITEXT NOT NULL,
  "tokenHash" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  "usedAt" TIMESTAMPTZ(3),
  CONSTRAINT "EmailVerificationToken_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "EmailVerificationToken_tokenHash_key" ON "EmailVerificationToken"("tokenHash");
CREATE INDEX "EmailVerificationToken_userId_idx" ON "EmailVerificationToken"("userId");
ALTER TABLE "EmailVerificationToken" ADD CONSTRAINT "EmailVerificationToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "PasswordResetToken" (
  "id" UUID NOT NULL,
  "userId" UUID NOT NULL,
  "tokenHash" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  "usedAt" TIMESTAMPTZ(3),
  CONSTRAINT "PasswordResetToken_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "PasswordResetToken_tokenHash_key" ON "PasswordResetToken"("tokenHash");
CREATE INDEX "PasswordResetToken_userId_idx" ON "PasswordResetToken"("userId");
ALTER TABLE "PasswordResetToken" ADD CONSTRAINT "PasswordResetToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
