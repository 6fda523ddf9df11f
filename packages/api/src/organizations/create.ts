// A new organization; whoever makes it owns it.
import { lockAccount } from "@homeport/auth";
import type { DbOrTransaction } from "@homeport/db/client";
import { uniqueIndex } from "@homeport/db/known-error";
import { AppError } from "@homeport/domain/error";
import type { CreateOrganizationInput } from "@homeport/domain/organization/organization-input";
import { z } from "zod";
import type { MemberContext } from "../context";
import { madeOnce } from "../idempotency";
import { uuid } from "@homeport/domain/text/uuid";

/** That one person owns. */
export const MOST_ORGANIZATIONS = 50;
const Created = z.object({ id: uuid(), slug: z.string() });

/** A click that is sent again answers what the first one made. */
export async function createOrganization(
  ctx: MemberContext,
  { requestKey, ...input }: CreateOrganizationInput & { requestKey: string },
): Promise<z.infer<typeof Created>> {
  const { name, slug } = input;
  const request = { key: requestKey, action: "organizations.create", content: input, outcome: Created };
  return madeOnce(ctx, request, {
    // Creations of one person wait for each other here, so that none sees room that another takes.
    lock: (transaction) => lockAccount(transaction, ctx.userId),
    make: async (transaction) => {
      await requireRoom(transaction, ctx.userId);
      const organization = await transaction.organization.create({
        data: { name, slug, members: { create: { userId: ctx.userId, role: "OWNER" } } },
        select: { id: true, slug: true },
      });
      await ctx.audit(transaction, {
        action: "organization.create",
        target: { type: "organization", id: organization.id, name },
        organizationId: organization.id,
        details: { slug },
      });
      return organization;
    },
    clashes: isSlugTaken,
  }).catch((error: unknown) => {
    throw slugTaken(error, slug);
  });
}

async function requireRoom(transaction: DbOrTransaction, userId: string): Promise<void> {
  const count = await transaction.organizationMember.count({
    where: { userId, role: "OWNER", organization: { retiredAt: null } },
  });
  if (count >= MOST_ORGANIZATIONS)
    throw new AppError(
      "organization.too_many",
      `You own ${count} organizations, which is the most that one person can own.`,
    );
}

const isSlugTaken = (error: unknown): boolean => uniqueIndex(error) === "Organization_slug_key";

/** The error itself where it is about something else. */
export function slugTaken(error: unknown, slug: string): unknown {
  if (!isSlugTaken(error)) return error;
  const why = `Another organization has the address /o/${slug} already. Choose another.`;
  return new AppError("organization.slug_taken", why, { fields: { slug: why }, cause: error });
}
