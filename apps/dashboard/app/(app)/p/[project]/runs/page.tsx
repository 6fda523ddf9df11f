// All runs.
import { RunState } from "@homeport/db/types";
import type { Metadata } from "next";
import { RunsList } from "@/features/runs/runs-list";
import { RUNS_PAGE } from "@/features/runs/runs-page-size";
import { pageProject } from "@/lib/project/page-project";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Runs" };

export default async function Page({
  params,
  searchParams,
}: {
  params: Promise<{ project: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { id: projectId } = await pageProject(params);
  const { state: asked } = await searchParams;
  const state = Object.values(RunState).find((one) => one === asked);
  await trpcServer.runs.list.prefetchInfinite({ projectId, limit: RUNS_PAGE, ...(state ? { state } : {}) });
  return (
    <HydrateClient>
      <RunsList />
    </HydrateClient>
  );
}
