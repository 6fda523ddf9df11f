// A new organization.
import type { Metadata } from "next";
import { NewOrganization } from "@/features/organizations/new-organization";

export const metadata: Metadata = { title: "New organization" };

export default function Page() {
  return <NewOrganization />;
}
