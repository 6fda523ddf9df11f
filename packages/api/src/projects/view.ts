// What a person sees of a project, with their role there.
import type { Prisma } from "@homeport/db/client";
import type { OrganizationRole } from "@homeport/db/types";

export const projectView = {
  id: true,
  slug: true,
  name: true,
  organization: { select: { id: true, name: true } },
} as const satisfies Prisma.ProjectSelect;

export interface ProjectView {
  id: string;
  /** Names it in addresses: no two projects of an installation share one. */
  slug: string;
  name: string;
  organization: { id: string; name: string };
  role: OrganizationRole;
}
