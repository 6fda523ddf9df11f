// Mails that went out, wait, were given up or are kept, newest first, for who set this installation up. None shows its text here.
import type { Prisma } from "@homeport/db/client";
import { liveLinks } from "@homeport/records/live-links";
import type { MemberContext } from "../context";

const select = {
  id: true,
  to: true,
  kind: true,
  state: true,
  tries: true,
  nextTryAt: true,
  failure: true,
  response: true,
  createdAt: true,
} as const satisfies Prisma.MailSelect;

/** `lapsed`: nobody needs it any more: its link was used, has ended, or something took its place. */
export type MailView = Prisma.MailGetPayload<{ select: typeof select }> & { lapsed: boolean };

interface MailList {
  /** Whether mails are sent; else they are kept here. */
  mailServer: boolean;
  /** Mails wait, and nobody tries to send them. */
  stands: boolean;
  items: MailView[];
  nextCursor: string | null;
}

/** The worker looks every two seconds. */
const UNTRIED_MS = 60_000;

export async function listMails(
  { db, clock, config }: MemberContext,
  { limit, cursor }: { limit: number; cursor?: string | null | undefined },
): Promise<MailList> {
  const now = clock();
  const rows = await db.mail.findMany({
    where: cursor === null || cursor === undefined ? {} : { id: { lt: cursor } },
    select: { ...select, linkHash: true, lapsesAt: true },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const live = await liveLinks(db, { hashes: page.flatMap(({ linkHash }) => linkHash ?? []), now });
  const queued = { state: "queued" } as const;
  const [overdue, tried] = [
    await db.mail.findFirst({
      where: { ...queued, nextTryAt: { lt: new Date(now.getTime() - UNTRIED_MS) } },
      select: { id: true },
    }),
    // Whoever sends has one in hand, or has put one off: its time is still to come.
    await db.mail.findFirst({ where: { ...queued, tries: { gt: 0 }, nextTryAt: { gt: now } }, select: { id: true } }),
  ];
  return {
    mailServer: config.mailServer === true,
    stands: overdue !== null && tried === null,
    items: page.map(({ linkHash, lapsesAt, ...row }) => ({
      ...row,
      lapsed: lapsesAt <= now || (linkHash !== null && !live.has(linkHash)),
    })),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
