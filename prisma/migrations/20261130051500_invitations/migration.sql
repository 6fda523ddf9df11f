-- A link that makes one person a member of an organization, and of one of its projects where that was chosen.
CREATE TABLE "Invitation" (
  "id" UUID NOT NULL,
  "organizationId" UUID NOT NULL,
  "role" "OrganizationRole" NOT NULL,
  "projectId" UUID,
  "projectRole" "ProjectRole",
  "email" CITEXT,
  "tokenHash" TEXT NOT NULL,
  "invitedById" UUID NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  "acceptedById" UUID,
  "acceptedAt" TIMESTAMPTZ(3),
  "revokedAt" TIMESTAMPTZ(3),
  CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "invitation_accepted_by_somebody" CHECK (("acceptedAt" IS NULL) = ("acceptedById" IS NULL)),
  CONSTRAINT "invitation_ends_once" CHECK ("acceptedAt" IS NULL OR "revokedAt" IS NULL),
  CONSTRAINT "invitation_role_of_a_project" CHECK ("projectRole" IS NULL OR "projectId" IS NOT NULL)
);
CREATE UNIQUE INDEX "Invitation_tokenHash_key" ON "Invitation"("tokenHash");
CREATE INDEX "Invitation_organizationId_idx" ON "Invitation"("organizationId");
CREATE INDEX "Invitation_projectId_idx" ON "Invitation"("projectId");
CREATE INDEX "Invitation_invitedById_idx" ON "Invitation"("invitedById");
CREATE INDEX "Invitation_acceptedById_idx" ON "Invitation"("acceptedById");
-- One open invitation for an address: a second one would leave the first one's link alive unseen.
CREATE UNIQUE INDEX "invitation_open_email" ON "Invitation"("organizationId", "email") WHERE "acceptedAt" IS NULL AND "revokedAt" IS NULL;
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_invitedById_fkey" FOREIGN KEY ("invitedById") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_acceptedById_fkey" FOREIGN KEY ("acceptedById") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
