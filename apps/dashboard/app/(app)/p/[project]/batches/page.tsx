// All batches.
import type { Metadata } from "next";
import { BatchesList } from "@/features/batches/batches-list";
import { BATCHES_PAGE } from "@/features/batches/page-size";
import { pageProject } from "@/lib/project/page-project";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Batches" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { id: projectId } = await pageProject(params);
  await trpcServer.batches.list.prefetchInfinite({ projectId, limit: BATCHES_PAGE });
  return (
    <HydrateClient>
      <BatchesList />
    </HydrateClient>
  );
}
