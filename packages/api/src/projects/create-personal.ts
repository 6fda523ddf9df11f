// What a new person gets: an organization of their own and its project "default".
import { randomBytes } from "node:crypto";
import type { DbOrTransaction } from "@homeport/db/client";

/** Enough that two never meet, and short enough for an address. */
const SLUG_BYTES = 6;

export async function createPersonalOrganization(
  within: DbOrTransaction,
  { id, name }: { id: string; name: string },
): Promise<{ organizationId: string; projectId: string }> {
  const organization = await within.organization.create({
    // The person's id makes the slug unique without asking what others chose.
    data: {
      name: `${name}'s organization`,
      slug: `personal-${id}`,
      members: { create: { userId: id, role: "OWNER" } },
    },
    select: { id: true },
  });
  const project = await within.project.create({
    data: {
      organizationId: organization.id,
      name: "default",
      // Names it in addresses, where no two projects of an installation may share one.
      slug: `default-${randomBytes(SLUG_BYTES).toString("hex")}`,
      members: { create: { userId: id, role: "ADMIN", inheritedFromOrg: true } },
    },
    select: { id: true },
  });
  return { organizationId: organization.id, projectId: project.id };
}
