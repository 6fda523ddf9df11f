// Node: one of the person's nodes.
import type { Metadata } from "next";
import { NodePage } from "@/features/nodes/node-page";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Node" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  await trpcServer.nodes.get.prefetch({ id });
  return <HydrateClient><NodePage id={id} /></HydrateClient>;
}
