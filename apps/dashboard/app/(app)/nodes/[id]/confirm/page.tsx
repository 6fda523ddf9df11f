// Is this the machine?: one of the person's nodes.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { ConfirmNode } from "@/features/nodes/confirm-node";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Is this the machine?" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  await trpcServer.nodes.get.prefetch({ id });
  return <HydrateClient><ConfirmNode id={id} /></HydrateClient>;
}
