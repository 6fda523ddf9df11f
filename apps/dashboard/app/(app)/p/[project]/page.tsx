// Home: the person's containers.
import { may } from "@homeport/domain/access/permission";
import type { Metadata } from "next";
import { ContainersHome } from "@/features/containers/list/containers-home";
import { pageProject } from "@/lib/project/page-project";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Containers" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { id: projectId, role } = await pageProject(params);
  await Promise.all([
    trpcServer.containers.list.prefetch({ projectId }),
    trpcServer.nodes.list.prefetch(),
    may(role, "container:write") && trpcServer.nodes.usable.prefetch({ projectId }),
  ]);
  return (
    <HydrateClient>
      <ContainersHome />
    </HydrateClient>
  );
}
