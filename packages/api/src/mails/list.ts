// Mails that went out, wait, were given up or are kept, newest first, for who set this installation up. None shows its text here.
import type { Prisma } from "@homeport/db/client";
import type { MemberContext } from "../context";

const select = {
  id: true,
  to: true,
  kind: true,
  state: true,
  tries: true,
  nextTryAt: true,
  lapsesAt: true,
  failure: true,
  response: true,
  createdAt: true,
  settledAt: true,
} as const satisfies Prisma.MailSelect;

/** `lapsed`: the link in it has ended. */
export type MailView = Prisma.MailGetPayload<{ select: typeof select }> & { lapsed: boolean };

export interface MailList {
  /** Whether mails are sent; else they are kept here. */
  mailServer: boolean;
  items: MailView[];
  nextCursor: string | null;
}

export async function listMails(
  { db, clock, config }: MemberContext,
  { limit, cursor }: { limit: number; cursor?: string | null | undefined },
): Promise<MailList> {
  const rows = await db.mail.findMany({
    where: cursor === null || cursor === undefined ? {} : { id: { lt: cursor } },
    select,
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const now = clock();
  const items = rows.slice(0, limit).map((row) => ({ ...row, lapsed: row.lapsesAt <= now }));
  return {
    mailServer: config.mailServer === true,
    items,
    nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
  };
}
