// A new project.
import type { Metadata } from "next";
import { NewProject } from "@/features/projects/new-project";
import { api } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "New project" };

export default async function Page({ searchParams }: { searchParams: Promise<{ organization?: string | string[] }> }) {
  const wanted = [(await searchParams).organization].flat()[0];
  return <NewProject organizations={await api.organizations.list()} wanted={wanted} />;
}
