-- What the worker's last look at the audit log's chain found, for the Activity page and for the next look.
CREATE TABLE "AuditCheck" (
    "only" BOOLEAN NOT NULL DEFAULT true,
    "headId" BIGINT NOT NULL DEFAULT 0,
    "headHash" TEXT NOT NULL DEFAULT '',
    "headAt" TIMESTAMPTZ(3),
    "wholeAt" TIMESTAMPTZ(3) NOT NULL,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL,
    "verifiedAt" TIMESTAMPTZ(3),
    "brokenId" BIGINT,
    "brokenAt" TIMESTAMPTZ(3),
    "broken" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "AuditCheck_pkey" PRIMARY KEY ("only"),
    CONSTRAINT "audit_check_one_row" CHECK ("only")
);
