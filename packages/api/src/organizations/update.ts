// An organization's name, and how addresses call it: those with its old slug lead nowhere from then on.
import type { UpdateOrganizationInput } from "@homeport/domain/organization/organization-input";
import { inOrganization } from "../access/organizations";
import type { MemberContext } from "../context";
import { slugTaken } from "./create";

export async function updateOrganization(
  ctx: MemberContext,
  { id, name, slug }: UpdateOrganizationInput,
): Promise<{ id: string; slug: string }> {
  const change = inOrganization(ctx, { organizationId: id, permission: "organization:write" }, async (transaction) => {
    const before = await transaction.organization.findUniqueOrThrow({
      where: { id },
      select: { name: true, slug: true },
    });
    if (before.name === name && before.slug === slug) {
      ctx.audit.nothing("it is called so already");
      return { id, slug };
    }
    await transaction.organization.update({ where: { id }, data: { name, slug }, select: { id: true } });
    await ctx.audit(transaction, {
      action: "organization.update",
      target: { type: "organization", id, name },
      organizationId: id,
      details: {
        ...(before.name === name ? {} : { nameBefore: before.name }),
        ...(before.slug === slug ? {} : { slugBefore: before.slug, slug }),
      },
    });
    return { id, slug };
  });
  return change.catch((error: unknown) => {
    throw slugTaken(error, slug);
  });
}
