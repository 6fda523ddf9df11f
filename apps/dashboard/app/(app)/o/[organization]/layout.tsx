// The pages of one organization, for its members.
import type { ReactNode } from "react";
import { OrganizationShell } from "@/features/organizations/organization-shell";
import { pageOrganization } from "@/lib/organization/page-organization";

export default async function OrganizationLayout({
  params,
  children,
}: {
  params: Promise<{ organization: string }>;
  children: ReactNode;
}) {
  return <OrganizationShell organization={await pageOrganization(params)}>{children}</OrganizationShell>;
}
