// What the project in the address is called, and who is in it.
import type { Metadata } from "next";
import { may } from "@homeport/domain/access/permission";
import { ProjectSettings } from "@/features/projects/project-settings";
import { pageProject } from "@/lib/project/page-project";
import { api, HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Project settings" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { id, organization } = await pageProject(params);
  const [organizations] = await Promise.all([
    api.organizations.list(),
    trpcServer.projects.members.prefetch({ projectId: id }),
  ]);
  const role = organizations.find((one) => one.id === organization.id)?.role;
  return (
    <HydrateClient>
      <ProjectSettings runsOrganization={role !== undefined && may(role, "organization:write")} />
    </HydrateClient>
  );
}
