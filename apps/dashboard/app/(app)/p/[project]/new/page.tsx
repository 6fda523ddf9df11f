// The wizard that makes a container.
import type { Metadata } from "next";
import { NewContainer } from "@/features/containers/wizard/new-container";
import { pageProject } from "@/lib/project/page-project";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "New container" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { id: projectId } = await pageProject(params);
  await Promise.all([
    trpcServer.templates.list.prefetch(),
    trpcServer.nodes.list.prefetch(),
    trpcServer.containers.list.prefetch({ projectId }),
  ]);
  return (
    <HydrateClient>
      <NewContainer />
    </HydrateClient>
  );
}
