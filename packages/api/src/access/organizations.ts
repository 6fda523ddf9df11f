// The organizations that a person belongs to, with their role there: what is done to an organization itself begins with it.
import type { DbOrTransaction } from "@homeport/db/client";
import type { OrganizationRole } from "@homeport/db/types";
import { AppError } from "@homeport/domain/error";
import type { Permission } from "@homeport/domain/access/permission";
import type { MemberContext } from "../context";
import { notFound } from "./not-found";
import { letIn } from "./required-factor";
import { allows, type Holder, type Rights } from "./rights";

/** The rights by organization. */
export type Organizations = ReadonlyMap<string, Rights>;

/** Nobody has none, and neither has a token for some projects. */
export async function readOrganizations(db: DbOrTransaction, holder: Holder | null): Promise<Organizations> {
  if (holder === null || (holder.scope !== null && holder.scope.projectIds !== null)) return new Map();
  const { userId, scope } = holder;
  const rows = await db.organizationMember.findMany({
    where: { userId, organization: { retiredAt: null } },
    select: { organizationId: true, role: true, organization: { select: { requiresSecondFactor: true } } },
  });
  const mine = await letIn(db, holder, rows);
  return new Map(mine.map(({ organizationId, role }) => [organizationId, { role, scope }]));
}

/** The ids of those in which the person may do this. */
export function organizationsWith(organizations: Organizations, permission: Permission): string[] {
  return [...organizations].filter(([, rights]) => allows(rights, permission)).map(([id]) => id);
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
  const rights = (await organizations()).get(organizationId);
  if (rights === undefined) throw notFound("organization");
  if (!allows(rights, permission))
    throw new AppError("role.forbids", "Your role in this organization does not allow it.", {
      place: { organizationId },
    });
  return rights.role;
}

/**
 * Whoever changes an organization or its members does it here, one after the other: who may do what is read behind the lock, so that a
 * role that was taken away a moment ago gives nothing. The organization's lock comes before the audit log's everywhere.
 */
export async function inOrganization<T>(
  { db, userId, scope }: Pick<MemberContext, "db" | "userId" | "scope">,
  asked: Asked,
  change: (transaction: DbOrTransaction, role: OrganizationRole) => Promise<T>,
): Promise<T> {
  return db.$transaction(async (transaction) => {
    await lockOrganization(transaction, asked.organizationId);
    const role = await requireOrganization(
      { organizations: () => readOrganizations(transaction, { userId, scope }) },
      asked,
    );
    return change(transaction, role);
  });
}

export async function lockOrganization(transaction: DbOrTransaction, organizationId: string): Promise<void> {
  await transaction.$queryRaw`SELECT 1 FROM "Organization" WHERE "id" = ${organizationId}::uuid FOR NO KEY UPDATE`;
}
