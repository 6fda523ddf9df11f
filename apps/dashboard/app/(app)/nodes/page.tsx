// Nodes: all of the person's.
import type { Metadata } from "next";
import { NodesPage } from "@/features/nodes/nodes-page";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Nodes" };

export default async function Page() {
  await trpcServer.nodes.list.prefetch();
  return (
    <HydrateClient>
      <NodesPage />
    </HydrateClient>
  );
}
