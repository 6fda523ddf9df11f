// What a person sees of an organization, with their role there.
import type { Prisma } from "@homeport/db/client";
import type { OrganizationRole } from "@homeport/db/types";
import type { MemberContext } from "../context";

const select = {
  id: true,
  /** Names it in addresses: no two organizations of an installation share one. */
  slug: true,
  name: true,
  personalOfId: true,
  requiresSecondFactor: true,
  _count: { select: { members: true } },
} as const satisfies Prisma.OrganizationSelect;

export interface OrganizationView {
  id: string;
  slug: string;
  name: string;
  role: OrganizationRole;
  /** Whose own it is, who neither leaves nor deletes it; null: nobody's. */
  personalOfId: string | null;
  members: number;
  /** Who has no second factor sees nothing of it. */
  requiresSecondFactor: boolean;
}

/** Those of the caller's that are named so, or all of them; oldest first. */
export async function readOrganizationViews(
  ctx: MemberContext,
  named: { slug?: string } = {},
): Promise<OrganizationView[]> {
  const roles = await ctx.organizations();
  const rows = await ctx.db.organization.findMany({
    where: { id: { in: [...roles.keys()] }, ...named },
    select,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.flatMap(({ _count, ...row }) => {
    const role = roles.get(row.id)?.role;
    return role === undefined ? [] : [{ ...row, role, members: _count.members }];
  });
}
