// What the project in the address is called, and who is in it.
import type { Metadata } from "next";
import { ProjectSettings } from "@/features/projects/project-settings";
import { pageProject } from "@/lib/project/page-project";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Project settings" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { id } = await pageProject(params);
  await trpcServer.projects.members.prefetch({ projectId: id });
  return (
    <HydrateClient>
      <ProjectSettings />
    </HydrateClient>
  );
}
