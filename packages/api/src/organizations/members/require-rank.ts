// What the rank of two people allows, and that an organization keeps an owner.
import { withFactor } from "@homeport/db/confirmed-factor";
import type { DbOrTransaction } from "@homeport/db/client";
import type { OrganizationRole } from "@homeport/db/types";
import { isAbove, roleWithArticle } from "@homeport/domain/access/rank";
import { AppError } from "@homeport/domain/error";
import { notFound } from "../../access/not-found";

export interface Member {
  userId: string;
  organizationId: string;
}

/** Somebody's role and name; `not_found` for who is no member. The caller holds the organization's lock. */
export async function readMember(
  transaction: DbOrTransaction,
  { userId, organizationId }: Member,
): Promise<{ role: OrganizationRole; name: string; isTheirOwn: boolean }> {
  const row = await transaction.organizationMember.findUnique({
    where: { organizationId_userId: { organizationId, userId } },
    select: {
      role: true,
      user: { select: { name: true } },
      organization: { select: { personalOfId: true } },
    },
  });
  if (row === null) throw notFound("member");
  return { role: row.role, name: row.user.name, isTheirOwn: row.organization.personalOfId === userId };
}

/** Nobody gives a role above their own, nor touches somebody who has one. */
export function requireRank(mine: OrganizationRole, other: OrganizationRole, organizationId: string): void {
  if (isAbove(other, mine))
    throw new AppError(
      "role.forbids",
      `Your role in this organization does not allow it: you are ${roleWithArticle[mine]}, and this takes ${roleWithArticle[other]}.`,
      { place: { organizationId } },
    );
}

/** Before an owner stops being one. The caller holds the organization's lock; the database refuses it as well (organization_keeps_an_owner). */
export async function requireAnotherOwner(
  transaction: DbOrTransaction,
  { userId, organizationId }: Member,
): Promise<void> {
  const { requiresSecondFactor } = await transaction.organization.findUniqueOrThrow({
    where: { id: organizationId },
    select: { requiresSecondFactor: true },
  });
  // Who is kept out until they have a second factor could do nothing for it.
  const admitted = requiresSecondFactor ? { user: withFactor() } : {};
  const others = await transaction.organizationMember.count({
    where: { organizationId, role: "OWNER", userId: { not: userId }, ...admitted },
  });
  if (others === 0)
    throw new AppError(
      "organization.last_owner",
      `An organization keeps at least one owner${requiresSecondFactor ? " who has two-factor sign-in, as it requires it" : ""}: make somebody else an owner first.`,
    );
}

export function personal(): AppError {
  return new AppError(
    "organization.personal",
    "This is the person's own organization, which everybody has one of: they stay its owner.",
  );
}
