// Templates: all that can be picked.
import type { Metadata } from "next";
import { TemplatesPage } from "@/features/templates/templates-page";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Templates" };

export default async function Page() {
  await trpcServer.templates.list.prefetch();
  return (
    <HydrateClient>
      <TemplatesPage />
    </HydrateClient>
  );
}
