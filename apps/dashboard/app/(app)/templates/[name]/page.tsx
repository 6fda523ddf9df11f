// One template and everything that it does.
import type { Metadata } from "next";
import { TemplatePage } from "@/features/templates/template-page";
import { HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Template" };

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  const name = decodeURIComponent((await params).name);
  await trpcServer.templates.get.prefetch({ name });
  return (
    <HydrateClient>
      <TemplatePage name={name} />
    </HydrateClient>
  );
}
