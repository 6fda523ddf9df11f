// What is done to an open invitation by those who may invite: a new link in the place of the old one, or the end.
import type { DbOrTransaction } from "@homeport/db/client";
import type { OrganizationRole } from "@homeport/db/types";
import { may } from "@homeport/domain/access/permission";
import { isAbove, Roles } from "@homeport/domain/access/rank";
import { AppError } from "@homeport/domain/error";
import { inOrganization } from "../access/organizations";
import { owned } from "../access/owned";
import type { MemberContext } from "../context";
import { requireRank } from "../organizations/members/require-rank";
import { newLink, type IssuedInvitation } from "./create";
import { mailInvitation } from "./mail-invitation";
import { invited, openInvitation } from "./open-invitation";

interface Open {
  id: string;
  organizationId: string;
  email: string | null;
}

async function ofOpen<T>(
  ctx: MemberContext,
  id: string,
  change: (transaction: DbOrTransaction, invitation: Open) => Promise<T>,
): Promise<T> {
  const { row } = await owned(ctx, { noun: "invitation", id, permission: "member:write" }, { organizationId: true });
  const asked = { organizationId: row.organizationId, permission: "member:write" } as const;
  return inOrganization(ctx, asked, async (transaction, mine) => {
    const { role, acceptedAt, revokedAt, ...invitation } = await transaction.invitation.findUniqueOrThrow({
      where: { id },
      select: { id: true, organizationId: true, email: true, role: true, acceptedAt: true, revokedAt: true },
    });
    requireRank(mine, role, row.organizationId);
    if (acceptedAt !== null) throw ended("It was accepted meanwhile.");
    if (revokedAt !== null) throw ended("It was revoked meanwhile.");
    return change(transaction, invitation);
  });
}

/** The old link ends. Whoever does it is who invites from now on. */
export async function renewInvitation(ctx: MemberContext, id: string): Promise<IssuedInvitation> {
  await ctx.auth.limitInvitations(ctx.userId);
  const { row } = await owned(ctx, { noun: "invitation", id, permission: "member:write" }, { email: true });
  const mayMail = row.email !== null && (await ctx.auth.mayMailTo(row.email));
  return ofOpen(ctx, id, async (transaction, { organizationId, email }) => {
    const { token, ...link } = newLink(ctx);
    await transaction.invitation.update({
      where: { id },
      data: { ...link, invitedById: ctx.userId },
      select: { id: true },
    });
    await ctx.audit(transaction, {
      action: "invitation.renew",
      target: { type: "invitation", id, name: invited(email) },
      organizationId,
    });
    const { expiresAt } = link;
    return { id, token, expiresAt, mailed: await mailInvitation(ctx, transaction, { id, token, expiresAt, mayMail }) };
  });
}

export async function revokeInvitation(ctx: MemberContext, id: string): Promise<{ id: string }> {
  return ofOpen(ctx, id, async (transaction, { organizationId, email }) => {
    await transaction.invitation.update({ where: { id }, data: { revokedAt: ctx.clock() }, select: { id: true } });
    await ctx.audit(transaction, {
      action: "invitation.revoke",
      target: { type: "invitation", id, name: invited(email) },
      organizationId,
    });
    return { id };
  });
}

/** `why` says how it ended. */
export function ended(why: string): AppError {
  return new AppError("invitation.ended", `This invitation is not open any more. ${why}`);
}

/**
 * Of somebody whose role in the organization changes, or who leaves (null): what they could not invite to now is revoked with it. The caller holds
 * the organization's lock.
 */
export async function revokeBeyond(
  transaction: DbOrTransaction,
  {
    organizationId,
    userId,
    role,
    at,
  }: { organizationId: string; userId: string; role: OrganizationRole | null; at: Date },
): Promise<void> {
  const still = role !== null && may(role, "member:write") ? Roles.filter((one) => !isAbove(one, role)) : [];
  await transaction.invitation.updateMany({
    where: { organizationId, invitedById: userId, ...openInvitation, role: { notIn: still } },
    data: { revokedAt: at },
  });
}

/** Those for somebody's address: who has joined needs none, and who was removed does not come back by an older one. */
export async function revokeFor(
  transaction: DbOrTransaction,
  { organizationId, userId, at }: { organizationId: string; userId: string; at: Date },
): Promise<void> {
  const { email } = await transaction.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } });
  await transaction.invitation.updateMany({
    where: { organizationId, email, ...openInvitation },
    data: { revokedAt: at },
  });
}
