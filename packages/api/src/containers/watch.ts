// A tick whenever the person's containers, their runs or what was seen of them changed; the reader asks for the list again.
import type { MemberContext } from "../context";
import { freshly, inProject } from "../access/owned";
import { requireProject } from "../access/projects";
import { streamed } from "../streamed";
import { idsOf, type WakeEvent } from "../wake";
import { openWakeQueue } from "../wake-queue";
import { keepViewing } from "./keep-viewing";

export interface InProject {
  projectId: string;
}

export interface ContainersTick {
  at: Date;
  /** Which ones; absent: any of them. */
  containerIds?: string[];
  /** Nothing but what a node saw of its guests. */
  seenOnly?: true;
}

export function watchContainers(
  ctx: MemberContext,
  asked: InProject,
  signal: AbortSignal | undefined,
): AsyncGenerator<ContainersTick, void, void> {
  return streamed(ctx, { path: "containers.watch", signal, events: (until) => containerTicks(ctx, asked, until) });
}

const wanted = new Set<WakeEvent["topic"]>(["container", "run", "guests", "again"]);

/** The first tick comes at once: whatever changed before the subscription was in force is read then. */
export async function* containerTicks(
  ctx: MemberContext,
  { projectId }: InProject,
  signal: AbortSignal | undefined,
): AsyncGenerator<ContainersTick, void, void> {
  await requireProject(ctx, { projectId, permission: "container:read" });
  const queue = openWakeQueue(ctx.wake, signal, ({ topic }) => wanted.has(topic));
  const stopViewing = keepViewing(ctx, projectId);
  try {
    yield { at: ctx.clock() };
    for await (const batch of queue.batches) {
      const tick = await tickFor(ctx, projectId, batch);
      if (tick) yield tick;
    }
  } finally {
    stopViewing();
    queue.close();
  }
}

/** Which of the changed things are the person's; membership is read anew, as it may have changed while they watch. */
async function tickFor(
  ctx: MemberContext,
  projectId: string,
  batch: readonly WakeEvent[],
): Promise<ContainersTick | undefined> {
  const at = ctx.clock();
  if (batch.some(({ topic }) => topic === "again")) return { at };
  const rows = await ctx.db.container.findMany({
    where: {
      AND: [await inProject(freshly(ctx), "container", { projectId, permission: "container:read" })],
      OR: [
        { id: { in: idsOf(batch, "container") } },
        { runs: { some: { id: { in: idsOf(batch, "run") } } } },
        { nodeId: { in: idsOf(batch, "guests") }, lifecycle: { not: "deleted" } },
      ],
    },
    select: { id: true },
  });
  if (rows.length === 0) return undefined;
  const seenOnly = batch.every(({ topic }) => topic === "guests");
  return { at, containerIds: rows.map(({ id }) => id), ...(seenOnly ? { seenOnly } : {}) };
}
