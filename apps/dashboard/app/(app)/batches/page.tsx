// All batches.
import type { Metadata } from "next";
import { BatchesList } from "@/features/batches/batches-list";
import { BATCHES_PAGE } from "@/features/batches/page-size";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Batches" };

export default async function Page() {
  await trpcServer.batches.list.prefetchInfinite({ limit: BATCHES_PAGE });
  return (
    <HydrateClient>
      <BatchesList />
    </HydrateClient>
  );
}
