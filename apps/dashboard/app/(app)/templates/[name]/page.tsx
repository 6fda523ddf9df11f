// One template and everything that it does.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TemplatePage } from "@/features/templates/template-page";
import { decoded } from "@/lib/project/address";
import { HydrateClient, requireFound, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Template" };

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  const name = decoded((await params).name);
  // No template could be called so: it is asked of nobody.
  if (!/^[\w.-]+$/.test(name)) notFound();
  await trpcServer.templates.get.prefetch({ name });
  requireFound("templates.get");
  return (
    <HydrateClient>
      <TemplatePage name={name} />
    </HydrateClient>
  );
}
