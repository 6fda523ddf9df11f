// A tick whenever a node of the person changed; the reader asks for the list again.
import type { MemberContext } from "../context";
import { visible } from "../access/owned";
import { streamed } from "../streamed";
import { openWakeQueue } from "../wake-queue";

export interface NodesTick {
  at: Date;
  /** Nothing but what a node saw of itself and its guests. */
  seenOnly?: true;
}

export function watchNodes(ctx: MemberContext, signal: AbortSignal | undefined): AsyncGenerator<NodesTick, void, void> {
  return streamed(ctx, { path: "nodes.watch", signal, events: (until) => nodeTicks(ctx, until) });
}

/** The first tick comes at once: whatever changed before the subscription was in force is read then. */
export async function* nodeTicks(
  ctx: MemberContext,
  signal: AbortSignal | undefined,
): AsyncGenerator<NodesTick, void, void> {
  const { db, wake, clock } = ctx;
  const queue = openWakeQueue(wake, signal, ({ topic }) => topic === "node" || topic === "guests" || topic === "again");
  const ownIds = async (): Promise<Set<string>> =>
    new Set(
      (
        await db.proxmoxNode.findMany({ where: await visible(ctx, "nodeOrDraft", "node:read"), select: { id: true } })
      ).map(({ id }) => id),
    );
  try {
    let known = await ownIds();
    yield { at: clock() };
    for await (const batch of queue.batches) {
      const now = await ownIds();
      // A deleted node is no longer among the own: what was known a moment ago counts as well.
      const mine = batch.filter((event) => event.topic === "again" || now.has(event.id) || known.has(event.id));
      known = now;
      const seenOnly = mine.every(({ topic }) => topic === "guests");
      if (mine.length > 0) yield { at: clock(), ...(seenOnly ? { seenOnly } : {}) };
    }
  } finally {
    queue.close();
  }
}
