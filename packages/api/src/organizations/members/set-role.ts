// Another role in the organization for one of its members, up to one's own.
import type { OrganizationRole } from "@homeport/db/types";
import { inOrganization } from "../../access/organizations";
import type { MemberContext } from "../../context";
import { revokeBeyond } from "../../invitations/settle";
import { personal, readMember, requireAnotherOwner, requireRank, type Member } from "./require-rank";

export async function setRole(
  ctx: MemberContext,
  { role, ...member }: Member & { role: OrganizationRole },
): Promise<{ role: OrganizationRole }> {
  const { userId, organizationId } = member;
  return inOrganization(ctx, { organizationId, permission: "member:write" }, async (transaction, mine) => {
    const { role: before, name, isTheirOwn } = await readMember(transaction, member);
    if (before === role) {
      ctx.audit.nothing("it is their role already");
      return { role };
    }
    requireRank(mine, before, organizationId);
    requireRank(mine, role, organizationId);
    if (isTheirOwn) throw personal();
    if (before === "OWNER") await requireAnotherOwner(transaction, member);
    await transaction.organizationMember.update({
      where: { organizationId_userId: { organizationId, userId } },
      data: { role },
      select: { role: true },
    });
    await revokeBeyond(transaction, { ...member, role, at: ctx.clock() });
    await ctx.audit(transaction, {
      action: "member.set_role",
      target: { type: "member", id: userId, name },
      organizationId,
      details: { roleBefore: before, role },
    });
    return { role };
  });
}
