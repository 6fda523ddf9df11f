// Who gets a mail that is about something of an organization's: whoever has shown that their address is theirs, and is let in.
import { withFactor } from "@homeport/db/confirmed-factor";
import type { DbOrTransaction, Prisma } from "@homeport/db/client";
import type { OrganizationRole } from "@homeport/db/types";

/** An organization can have very many administrators, and all of them see it on their page. */
const MOST_MANAGERS = 10;

export const reachable = { emailVerifiedAt: { not: null }, status: "ACTIVE" } as const satisfies Prisma.UserWhereInput;
export const address = { id: true, email: true } as const satisfies Prisma.UserSelect;
export type Reader = Prisma.UserGetPayload<{ select: typeof address }>;

/** Who is kept out until they have a second factor gets none. */
export async function reachableIn(within: DbOrTransaction, organizationId: string): Promise<Prisma.UserWhereInput> {
  const { requiresSecondFactor } = await within.organization.findUniqueOrThrow({
    where: { id: organizationId },
    select: { requiresSecondFactor: true },
  });
  return { ...reachable, AND: requiresSecondFactor ? [withFactor()] : [] };
}

/** Of those who have one of these roles in it, owners first. */
export async function managersOf(
  within: DbOrTransaction,
  { organizationId, roles }: { organizationId: string; roles: readonly OrganizationRole[] },
): Promise<Reader[]> {
  const members = await within.organizationMember.findMany({
    where: {
      organization: { id: organizationId },
      role: { in: [...roles] },
      user: await reachableIn(within, organizationId),
    },
    select: { user: { select: address } },
    orderBy: [{ role: "asc" }, { id: "asc" }], // owners first
    take: MOST_MANAGERS,
  });
  return members.map(({ user }) => user);
}
