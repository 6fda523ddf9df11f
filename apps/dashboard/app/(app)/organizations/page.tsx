// Organizations: all that the person belongs to.
import type { Metadata } from "next";
import { OrganizationsPage } from "@/features/organizations/organizations-page";
import { api } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Organizations" };

export default async function Page() {
  return <OrganizationsPage items={await api.organizations.list()} />;
}
