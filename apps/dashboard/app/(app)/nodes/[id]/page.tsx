// Node: one of the person's nodes.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { NodePage } from "@/features/nodes/node-page";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Node" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  await trpcServer.nodes.get.prefetch({ id });
  return <HydrateClient><NodePage id={id} /></HydrateClient>;
}
