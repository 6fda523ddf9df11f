// One batch, live.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { BatchPage } from "@/features/batches/batch-page";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Batch" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  await trpcServer.batches.get.prefetch({ id });
  return <HydrateClient><BatchPage id={id} /></HydrateClient>;
}
