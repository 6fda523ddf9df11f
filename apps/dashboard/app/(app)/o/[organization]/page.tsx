// Who belongs to an organization, and its projects.
import type { Metadata } from "next";
import { may } from "@homeport/domain/access/permission";
import { InvitationsCard } from "@/features/organizations/invitations-card";
import { MembersCard } from "@/features/organizations/members-card";
import { ProjectsCard } from "@/features/organizations/projects-card";
import { pageOrganization } from "@/lib/organization/page-organization";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Organization" };

export default async function Page({ params }: { params: Promise<{ organization: string }> }) {
  const organization = await pageOrganization(params);
  const { id, role } = organization;
  const runs = may(role, "member:write");
  await Promise.all([
    trpcServer.organizations.members.prefetch({ id }),
    runs && trpcServer.invitations.list.prefetch({ organizationId: id }),
  ]);
  return (
    <HydrateClient>
      <MembersCard organization={organization} />
      {runs && <InvitationsCard organization={organization} />}
      <ProjectsCard organization={organization} />
    </HydrateClient>
  );
}
