// The organizations that a person belongs to, with their role there: what is done to an organization itself begins with it.
import type { DbOrTransaction } from "@homeport/db/client";
import type { OrganizationRole } from "@homeport/db/types";
import { AppError } from "@homeport/domain/error";
import { may, type Permission } from "@homeport/domain/access/permission";
import type { MemberContext } from "../context";
import { notFound } from "./not-found";

/** The role by organization. */
export type Organizations = ReadonlyMap<string, OrganizationRole>;

/** Nobody has none. */
export async function readOrganizations(db: DbOrTransaction, userId: string | undefined): Promise<Organizations> {
  if (userId === undefined) return new Map();
  const rows = await db.organizationMember.findMany({
    where: { userId, organization: { retiredAt: null } },
    select: { organizationId: true, role: true },
  });
  return new Map(rows.map(({ organizationId, role }) => [organizationId, role]));
}

/** The ids of those in which the person may do this. */
export function organizationsWith(organizations: Organizations, permission: Permission): string[] {
  return [...organizations].filter(([, role]) => may(role, permission)).map(([id]) => id);
}

interface Asked {
  organizationId: string;
  permission: Permission;
}

/** The caller's role; `not_found` for strangers, `forbidden` for members without the right. */
export async function requireOrganization(
  { organizations }: Pick<MemberContext, "organizations">,
  { organizationId, permission }: Asked,
): Promise<OrganizationRole> {
  const role = (await organizations()).get(organizationId);
  if (role === undefined) throw notFound("organization");
  if (!may(role, permission)) throw new AppError("role.forbids", "Your role in this organization does not allow it.");
  return role;
}

/**
 * Whoever changes an organization or its members does it here, one after the other: who may do what is read behind the lock, so that a
 * role that was taken away a moment ago gives nothing. The organization's lock comes before the audit log's everywhere.
 */
export async function inOrganization<T>(
  { db, userId }: Pick<MemberContext, "db" | "userId">,
  asked: Asked,
  change: (transaction: DbOrTransaction, role: OrganizationRole) => Promise<T>,
): Promise<T> {
  return db.$transaction(async (transaction) => {
    await lockOrganization(transaction, asked.organizationId);
    const role = await requireOrganization({ organizations: () => readOrganizations(transaction, userId) }, asked);
    return change(transaction, role);
  });
}

export async function lockOrganization(transaction: DbOrTransaction, organizationId: string): Promise<void> {
  await transaction.$queryRaw`SELECT 1 FROM "Organization" WHERE "id" = ${organizationId}::uuid FOR NO KEY UPDATE`;
}
