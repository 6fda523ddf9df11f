// What an organization is called, and what its roles may.
import type { Metadata } from "next";
import { OrganizationSettings } from "@/features/organizations/organization-settings";
import { pageOrganization } from "@/lib/organization/page-organization";

export const metadata: Metadata = { title: "Organization settings" };

export default async function Page({ params }: { params: Promise<{ organization: string }> }) {
  return <OrganizationSettings organization={await pageOrganization(params)} />;
}
