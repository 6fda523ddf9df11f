// What all tabs of one container share: its head and the tabs.
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ContainerShell } from "@/features/containers/page/container-shell";
import { pageId } from "@/lib/page-id";
import { requireInProject } from "@/lib/project/page-project";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Container" };

export default async function Layout({
  params,
  children,
}: {
  params: Promise<{ project: string; id: string }>;
  children: ReactNode;
}) {
  const id = await pageId(params);
  await Promise.all([
    requireInProject(params, "container", { id, path: `/containers/${id}` }),
    trpcServer.containers.get.prefetch({ id }),
  ]);
  return (
    <HydrateClient>
      <ContainerShell id={id}>{children}</ContainerShell>
    </HydrateClient>
  );
}
