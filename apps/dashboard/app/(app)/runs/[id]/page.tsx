// One run, live.
import type { Metadata } from "next";
import { RunPage } from "@/features/runs/run-page";
import { pageId } from "@/lib/page-id";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Run" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const id = await pageId(params);
  await trpcServer.runs.get.prefetch({ id });
  // Another run is another page: its log begins anew.
  return (
    <HydrateClient>
      <RunPage key={id} id={id} />
    </HydrateClient>
  );
}
