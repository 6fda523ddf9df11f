// Who belongs to an organization, the highest role first; every member sees it.
import type { OrganizationRole } from "@homeport/db/types";
import { Roles } from "@homeport/domain/access/rank";
import { requireOrganization } from "../../access/organizations";
import type { MemberContext } from "../../context";

export interface OrganizationMemberView {
  userId: string;
  name: string;
  email: string;
  role: OrganizationRole;
}

export async function listMembers(ctx: MemberContext, organizationId: string): Promise<OrganizationMemberView[]> {
  await requireOrganization(ctx, { organizationId, permission: "organization:read" });
  const rows = await ctx.db.organizationMember.findMany({
    where: { organizationId },
    select: { userId: true, role: true, user: { select: { name: true, email: true } } },
  });
  return rows
    .map(({ userId, role, user }) => ({ userId, role, ...user }))
    .sort((a, b) => Roles.indexOf(a.role) - Roles.indexOf(b.role) || a.name.localeCompare(b.name, "en"));
}
