// The organizations that a person belongs to, with their role there: what is done to an organization itself begins with it.
import type { Db } from "@homeport/db/client";
import type { OrganizationRole } from "@homeport/db/types";
import { AppError } from "@homeport/domain/error";
import { may, type Permission } from "@homeport/domain/access/permission";
import type { MemberContext } from "../context";
import { notFound } from "./not-found";

/** The role by organization. */
export type Organizations = ReadonlyMap<string, OrganizationRole>;

/** Nobody has none. */
export async function readOrganizations(db: Db, userId: string | undefined): Promise<Organizations> {
  if (userId === undefined) return new Map();
  const rows = await db.organizationMember.findMany({
    where: { userId },
    select: { organizationId: true, role: true },
  });
  return new Map(rows.map(({ organizationId, role }) => [organizationId, role]));
}

/** `not_found` for strangers, `forbidden` for members without the right. */
export async function requireOrganization(
  { organizations }: Pick<MemberContext, "organizations">,
  { organizationId, permission }: { organizationId: string; permission: Permission },
): Promise<void> {
  const role = (await organizations()).get(organizationId);
  if (role === undefined) throw notFound("organization");
  if (!may(role, permission)) throw new AppError("role.forbids", "Your role in this organization does not allow it.");
}
