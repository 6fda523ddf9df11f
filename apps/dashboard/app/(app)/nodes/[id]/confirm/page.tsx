// Is this the machine?: one of the person's nodes.
import type { Metadata } from "next";
import { ConfirmNode } from "@/features/nodes/confirm-node";
import { pageId } from "@/lib/page-id";
import { HydrateClient, requireFound, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Is this the machine?" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const id = await pageId(params);
  await trpcServer.nodes.get.prefetch({ id });
  requireFound("nodes.get");
  return (
    <HydrateClient>
      <ConfirmNode id={id} />
    </HydrateClient>
  );
}
