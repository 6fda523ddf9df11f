// Home: the person's containers.
import type { Metadata } from "next";
import { ContainersHome } from "@/features/containers/containers-home";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Containers" };

export default async function Page() {
  await Promise.all([trpcServer.containers.list.prefetch(), trpcServer.nodes.list.prefetch()]);
  return (
    <HydrateClient>
      <ContainersHome />
    </HydrateClient>
  );
}
