// Asks all members of an organization for a second factor, or no more. Who has none loses sight of it at once, and nothing else.
import { lockAccount } from "@homeport/auth";
import { AppError } from "@homeport/domain/error";
import { hasFactor } from "../access/required-factor";
import { inOrganization } from "../access/organizations";
import type { MemberContext } from "../context";

export async function requireSecondFactor(
  ctx: MemberContext,
  { id, required }: { id: string; required: boolean },
): Promise<{ id: string; required: boolean }> {
  return inOrganization(ctx, { organizationId: id, permission: "ownership:write" }, async (transaction) => {
    const { name, requiresSecondFactor, personalOfId } = await transaction.organization.findUniqueOrThrow({
      where: { id },
      select: { name: true, requiresSecondFactor: true, personalOfId: true },
    });
    if (requiresSecondFactor === required) {
      ctx.audit.nothing("it is so already");
      return { id, required };
    }
    if (personalOfId !== null)
      throw new AppError(
        "organization.personal",
        "This is the person's own organization, which asks for nothing: they have to land somewhere.",
      );
    // It is not turned off meanwhile.
    await lockAccount(transaction, ctx.userId);
    if (required && !(await hasFactor(transaction, ctx.userId)))
      throw new AppError(
        "organization.own_factor",
        "Turn two-factor sign-in on for your own account first: without it you would be the first to lose sight of this organization.",
      );
    await transaction.organization.update({
      where: { id },
      data: { requiresSecondFactor: required },
      select: { id: true },
    });
    await ctx.audit(transaction, {
      action: required ? "organization.require_second_factor" : "organization.waive_second_factor",
      target: { type: "organization", id, name },
      organizationId: id,
    });
    return { id, required };
  });
}
