// Two runs, named by the query, side by side.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { ComparePage } from "@/features/runs/replay/compare-page";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";
import { uuid } from "@homeport/domain/text/uuid";

export const metadata: Metadata = { title: "Compare runs" };

const Asked = z.object({ a: uuid(), b: uuid() });

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { data } = Asked.safeParse(await searchParams);
  if (!data) notFound();
  await trpcServer.runs.compare.prefetch(data);
  return (
    <HydrateClient>
      <ComparePage {...data} />
    </HydrateClient>
  );
}
