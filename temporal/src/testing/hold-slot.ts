// Holds every slot of a node's queue, as runs that never end would: who asks for one waits.
import type { Engine } from "../client";
import { sweepSlots } from "../sweeper";
import type { Fixture } from "./fixture";

const MOST = 4;

/** `pool`: "task", or "create:" and a storage. What is answered lets everybody in again, as the sweeper does. */
export async function holdSlot(fixture: Fixture, engine: Engine, pool: string): Promise<() => Promise<void>> {
  const { db, nodeId, userId } = fixture;
  const { tasksAtOnce, createsAtOnce } = await db.proxmoxNode.findUniqueOrThrow({
    where: { id: nodeId },
    select: { tasksAtOnce: true, createsAtOnce: true },
  });
  for (let n = 0; n < Math.max(MOST, tasksAtOnce, createsAtOnce); n += 1) {
    const { runId, containerId } = await fixture.provision();
    // As one that was terminated in Temporal: it gives nothing back.
    await db.run.update({ where: { id: runId }, data: { state: "failed", endedAt: new Date() } });
    await db.container.update({ where: { id: containerId }, data: { lifecycle: "deleted" } });
    await db.slotRequest.create({ data: { nodeId, userId, runId, step: "create", pool, grantedAt: new Date() } });
  }
  return () => sweepSlots({ db, engine, log: () => undefined });
}
