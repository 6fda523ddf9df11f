// A new project.
import type { Metadata } from "next";
import { NewProject } from "@/features/projects/new-project";
import { api } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "New project" };

export default async function Page() {
  return <NewProject organizations={await api.organizations.list()} />;
}
