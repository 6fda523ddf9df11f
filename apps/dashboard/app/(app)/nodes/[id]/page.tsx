// Node: one of the person's nodes.
import type { Metadata } from "next";
import { NodePage } from "@/features/nodes/node-page";
import { pageId } from "@/lib/page-id";
import { HydrateClient, requireFound, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Node" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const id = await pageId(params);
  await trpcServer.nodes.get.prefetch({ id });
  requireFound("nodes.get");
  return (
    <HydrateClient>
      <NodePage id={id} />
    </HydrateClient>
  );
}
