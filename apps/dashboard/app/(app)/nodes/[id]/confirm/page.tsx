// Is this the machine?: one of the person's nodes.
import type { Metadata } from "next";
import { ConfirmNode } from "@/features/nodes/confirm-node";
import { foundOr404 } from "@/lib/not-there";
import { pageId } from "@/lib/page-id";
import { api, HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Is this the machine?" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const id = await pageId(params);
  await Promise.all([foundOr404(api.nodes.get({ id })), trpcServer.nodes.get.prefetch({ id })]);
  return (
    <HydrateClient>
      <ConfirmNode id={id} />
    </HydrateClient>
  );
}
