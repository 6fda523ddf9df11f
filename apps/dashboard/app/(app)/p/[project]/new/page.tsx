// The wizard that makes a container.
import { may } from "@homeport/domain/access/permission";
import type { Metadata } from "next";
import { NewContainer } from "@/features/containers/wizard/new-container";
import { OnlyLooking } from "@/components/only-looking";
import { pageProject } from "@/lib/project/page-project";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "New container" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { id: projectId, role } = await pageProject(params);
  if (!may(role, "container:write")) return <OnlyLooking role={role} />;
  await Promise.all([trpcServer.templates.list.prefetch(), trpcServer.nodes.usable.prefetch({ projectId })]);
  return (
    <HydrateClient>
      <NewContainer />
    </HydrateClient>
  );
}
