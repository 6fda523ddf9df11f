// Several containers at once.
import type { Metadata } from "next";
import { NewBatch } from "@/features/batches/new-batch";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "New batch" };

export default async function Page() {
  await Promise.all([
    trpcServer.templates.list.prefetch(),
    trpcServer.nodes.list.prefetch(),
    trpcServer.containers.list.prefetch(),
  ]);
  return (
    <HydrateClient>
      <NewBatch />
    </HydrateClient>
  );
}
