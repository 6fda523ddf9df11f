// Edit a node: one of the person's nodes.
import type { Metadata } from "next";
import { EditNode } from "@/features/nodes/edit-node";
import { foundOr404 } from "@/lib/not-there";
import { pageId } from "@/lib/page-id";
import { api, HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Edit a node" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const id = await pageId(params);
  await Promise.all([foundOr404(api.nodes.get({ id })), trpcServer.nodes.get.prefetch({ id })]);
  return (
    <HydrateClient>
      <EditNode id={id} />
    </HydrateClient>
  );
}
