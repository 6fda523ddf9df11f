// A node that nobody saved goes, and what was entered of it: its secrets were kept for its test only.
import type { Db } from "@homeport/db/client";
import { everyRow } from "../../../every-row";

/** Removes what has ended, row by row. Answers when the next one ends, in ms from `now`; null: there is none. */
export async function dropDrafts(
  db: Db,
  { now, page, mayGoOn }: { now: Date; page?: number; mayGoOn?: () => void },
): Promise<{ dropped: number; nextInMs: number | null }> {
  const ended = { draftUntil: { lt: now } };
  let dropped = 0;
  await everyRow(
    ({ after, take }) => {
      mayGoOn?.();
      return db.proxmoxNode.findMany({
        where: { ...ended, ...after },
        select: { id: true },
        orderBy: { id: "asc" },
        take,
      });
    },
    async ({ id }) => {
      // Saved, or tested again, since it was read: it stays.
      dropped += (await db.proxmoxNode.deleteMany({ where: { id, ...ended } })).count;
    },
    page,
  );
  const { _min: next } = await db.proxmoxNode.aggregate({ _min: { draftUntil: true } });
  return { dropped, nextInMs: next.draftUntil === null ? null : next.draftUntil.getTime() - now.getTime() };
}
