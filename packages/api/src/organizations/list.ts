// The organizations of a person, oldest first, with their role there.
import type { OrganizationRole } from "@homeport/db/types";
import type { MemberContext } from "../context";

export interface OrganizationView {
  id: string;
  name: string;
  role: OrganizationRole;
}

export async function listOrganizations(ctx: MemberContext): Promise<OrganizationView[]> {
  const roles = await ctx.organizations();
  const rows = await ctx.db.organization.findMany({
    where: { id: { in: [...roles.keys()] } },
    select: { id: true, name: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.flatMap((row) => {
    const role = roles.get(row.id);
    return role === undefined ? [] : [{ ...row, role }];
  });
}
