// Several containers at once.
import type { Metadata } from "next";
import { NewBatch } from "@/features/batches/new-batch";
import { pageProject } from "@/lib/project/page-project";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "New batch" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { id: projectId } = await pageProject(params);
  await Promise.all([
    trpcServer.templates.list.prefetch(),
    trpcServer.nodes.list.prefetch(),
    trpcServer.containers.list.prefetch({ projectId }),
  ]);
  return (
    <HydrateClient>
      <NewBatch />
    </HydrateClient>
  );
}
