// One template and everything that it does.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TemplatePage } from "@/features/templates/template-page";
import { foundOr404 } from "@/lib/not-there";
import { decoded } from "@/lib/project/address";
import { api, HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Template" };

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  const name = decoded((await params).name);
  // No template could be called so: it is asked of nobody.
  if (!/^[\w.-]+$/.test(name)) notFound();
  await Promise.all([foundOr404(api.templates.get({ name })), trpcServer.templates.get.prefetch({ name })]);
  return (
    <HydrateClient>
      <TemplatePage name={name} />
    </HydrateClient>
  );
}
