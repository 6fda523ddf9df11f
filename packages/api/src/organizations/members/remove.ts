// Somebody belongs to an organization no more: they left, or were removed. Their roles in its projects end with it; what they made stays.
import type { DbOrTransaction } from "@homeport/db/client";
import { inOrganization } from "../../access/organizations";
import type { MemberContext } from "../../context";
import { revokeBeyond, revokeFor } from "../../invitations/settle";
import { personal, readMember, requireAnotherOwner, requireRank, type Member } from "./require-rank";

export async function removeMember(ctx: MemberContext, member: Member): Promise<{ id: string }> {
  const { userId, organizationId } = member;
  return inOrganization(ctx, { organizationId, permission: "member:write" }, async (transaction, mine) => {
    const { role, name, isTheirOwn } = await readMember(transaction, member);
    requireRank(mine, role, organizationId);
    if (isTheirOwn) throw personal();
    if (role === "OWNER") await requireAnotherOwner(transaction, member);
    await endMembership(ctx, transaction, member);
    await ctx.audit(transaction, {
      action: "member.remove",
      target: { type: "member", id: userId, name },
      organizationId,
      details: { role },
    });
    return { id: userId };
  });
}

/** One's own: every member may. */
export async function leaveOrganization(ctx: MemberContext, organizationId: string): Promise<{ id: string }> {
  const member = { userId: ctx.userId, organizationId };
  return inOrganization(ctx, { organizationId, permission: "organization:read" }, async (transaction, role) => {
    const { isTheirOwn } = await readMember(transaction, member);
    if (isTheirOwn) throw personal();
    if (role === "OWNER") await requireAnotherOwner(transaction, member);
    const { name } = await transaction.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: { name: true },
    });
    await endMembership(ctx, transaction, member);
    await ctx.audit(transaction, {
      action: "member.leave",
      target: { type: "organization", id: organizationId, name },
      organizationId,
      details: { role },
    });
    return { id: organizationId };
  });
}

async function endMembership(
  { clock }: Pick<MemberContext, "clock">,
  transaction: DbOrTransaction,
  { userId, organizationId }: Member,
): Promise<void> {
  await revokeBeyond(transaction, { organizationId, userId, role: null, at: clock() });
  await revokeFor(transaction, { organizationId, userId, at: clock() });
  await transaction.projectNode.deleteMany({ where: { sharedBy: { id: userId }, project: { organizationId } } });
  await transaction.projectMember.deleteMany({ where: { userId, project: { organizationId } } });
  await transaction.organizationMember.delete({
    where: { organizationId_userId: { organizationId, userId } },
    select: { id: true },
  });
}
