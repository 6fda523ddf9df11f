// Everybody with an account, newest first, for who set this installation up.
import { hasAnyFactor } from "@homeport/db/confirmed-factor";
import type { Prisma } from "@homeport/db/client";
import type { UserStatus } from "@homeport/db/types";
import type { Quota } from "@homeport/domain/quota/quota";
import type { MemberContext } from "../context";
import { quotaColumns } from "../quotas/columns";

const selectAt = (now: Date) =>
  ({
    id: true,
    name: true,
    email: true,
    status: true,
    emailVerifiedAt: true,
    createdAt: true,
    sessions: {
      where: { expiresAt: { gt: now } },
      select: { lastSeenAt: true },
      orderBy: { lastSeenAt: "desc" },
      take: 1,
    },
    secondFactor: { select: { confirmedAt: true } },
    quota: { select: quotaColumns },
    _count: { select: { passkeys: true, organizations: { where: { organization: { retiredAt: null } } } } },
  }) as const satisfies Prisma.UserSelect;

export interface PersonView {
  id: string;
  name: string;
  email: string;
  status: UserStatus;
  confirmedAt: Date | null;
  createdAt: Date;
  /** In a session that has not ended; null: signed in nowhere. */
  lastSeenAt: Date | null;
  organizations: number;
  /** Whether their account asks for more than the password at sign-in. */
  secondFactor: boolean;
  /** What they may have created; null: without a limit. */
  quota: Quota | null;
}

/** `search`: in names and addresses, in whatever letters. */
export async function listPeople(
  { db, clock }: MemberContext,
  { search, limit, cursor }: { search: string; limit: number; cursor?: string | null | undefined },
): Promise<{ items: PersonView[]; nextCursor: string | null }> {
  const rows = await db.user.findMany({
    where: {
      ...(search === "" ? {} : { OR: [{ name: holding(search) }, { email: holding(search) }] }),
      ...(cursor === null || cursor === undefined ? {} : { id: { lt: cursor } }),
    },
    select: selectAt(clock()),
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map(({ sessions, _count, emailVerifiedAt, secondFactor, ...person }) => ({
    ...person,
    confirmedAt: emailVerifiedAt,
    lastSeenAt: sessions[0]?.lastSeenAt ?? null,
    organizations: _count.organizations,
    secondFactor: hasAnyFactor({ secondFactor, _count }),
  }));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** Prisma hands `contains` to LIKE as it is: its signs are meant as signs. */
function holding(text: string) {
  return { contains: text.replaceAll(/[\\%_]/g, String.raw`\$&`), mode: "insensitive" } as const;
}
