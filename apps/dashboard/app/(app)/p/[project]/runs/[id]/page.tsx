// One run, live.
import type { Metadata } from "next";
import { RunPage } from "@/features/runs/run-page";
import { pageId } from "@/lib/page-id";
import { requireInProject } from "@/lib/project/page-project";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Run" };

export default async function Page({ params }: { params: Promise<{ project: string; id: string }> }) {
  const id = await pageId(params);
  await Promise.all([
    requireInProject(params, "run", { id, path: `/runs/${id}` }),
    trpcServer.runs.get.prefetch({ id }),
  ]);
  // Another run is another page: its log begins anew.
  return (
    <HydrateClient>
      <RunPage key={id} id={id} />
    </HydrateClient>
  );
}
