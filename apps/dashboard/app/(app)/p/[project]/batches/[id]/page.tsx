// One batch, live.
import type { Metadata } from "next";
import { BatchPage } from "@/features/batches/batch-page";
import { pageId } from "@/lib/page-id";
import { requireInProject } from "@/lib/project/page-project";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Batch" };

export default async function Page({ params }: { params: Promise<{ project: string; id: string }> }) {
  const id = await pageId(params);
  await Promise.all([
    requireInProject(params, "batch", { id, path: `/batches/${id}` }),
    trpcServer.batches.get.prefetch({ id }),
  ]);
  return (
    <HydrateClient>
      <BatchPage id={id} />
    </HydrateClient>
  );
}
