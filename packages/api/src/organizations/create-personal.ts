// What a new person gets: an organization of their own and its project "default".
import type { DbOrTransaction } from "@homeport/db/client";

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
      slug: "default",
      members: { create: { userId: id, role: "ADMIN", inheritedFromOrg: true } },
    },
    select: { id: true },
  });
  return { organizationId: organization.id, projectId: project.id };
}
