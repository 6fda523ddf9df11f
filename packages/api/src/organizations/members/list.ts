// Who belongs to an organization, the highest role first; every member sees it.
import { hasAnyFactor } from "@homeport/db/confirmed-factor";
import type { OrganizationRole } from "@homeport/db/types";
import { may } from "@homeport/domain/access/permission";
import { Roles } from "@homeport/domain/access/rank";
import { requireOrganization } from "../../access/organizations";
import type { MemberContext } from "../../context";

export interface OrganizationMemberView {
  userId: string;
  name: string;
  email: string;
  role: OrganizationRole;
  /** Whether their account asks for a second factor; null: for whoever manages members alone. */
  secondFactor: boolean | null;
}

export async function listMembers(ctx: MemberContext, organizationId: string): Promise<OrganizationMemberView[]> {
  const mine = await requireOrganization(ctx, { organizationId, permission: "organization:read" });
  const rows = await ctx.db.organizationMember.findMany({
    where: { organizationId },
    select: {
      userId: true,
      role: true,
      user: {
        select: {
          name: true,
          email: true,
          secondFactor: { select: { confirmedAt: true } },
          _count: { select: { passkeys: true } },
        },
      },
    },
  });
  return rows
    .map(({ userId, role, user: { name, email, ...factors } }) => ({
      userId,
      role,
      name,
      email,
      secondFactor: may(mine, "member:write") ? hasAnyFactor(factors) : null,
    }))
    .sort((a, b) => Roles.indexOf(a.role) - Roles.indexOf(b.role) || a.name.localeCompare(b.name, "en"));
}
