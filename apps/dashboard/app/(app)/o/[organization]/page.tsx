// Who belongs to an organization, and its projects.
import type { Metadata } from "next";
import { MembersCard } from "@/features/organizations/members-card";
import { ProjectsCard } from "@/features/organizations/projects-card";
import { pageOrganization } from "@/lib/organization/page-organization";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Organization" };

export default async function Page({ params }: { params: Promise<{ organization: string }> }) {
  const organization = await pageOrganization(params);
  await trpcServer.organizations.members.prefetch({ id: organization.id });
  return (
    <HydrateClient>
      <MembersCard organization={organization} />
      <ProjectsCard organization={organization} />
    </HydrateClient>
  );
}
