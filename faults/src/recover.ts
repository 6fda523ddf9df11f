// Between two scenarios of one world: every fault is over, somebody works, and what a failed scenario left is no other one's violation.
import { until } from "@homeport/testing/until";
import type { World } from "./world";

export async function recover(
  world: World,
  { task }: { task: { result?: { state: string } | undefined } },
): Promise<void> {
  await world.lab.faults.reset();
  for (const wire of Object.values(world.wires)) wire.heal();
  for (const worker of world.workers) worker.thaw();
  for (const server of [world.database.own, world.temporal.own]) await server?.ensure();
  if (!world.workers.some((worker) => worker.alive())) await world.startWorker();
  await nodeAnswers(world);
  if (task.result?.state !== "fail") return;
  const open = await world.db.run.findMany({ where: { endedAt: null }, select: { id: true } });
  world.abandoned.push(...open.map(({ id }) => id));
}

/** Its watcher would find that within a minute; the next scenario's person checks it. */
async function nodeAnswers({ db, ada, nodeId }: World): Promise<void> {
  await until("the node is reachable again", async () => {
    const { state } = await db.proxmoxNode.findUniqueOrThrow({ where: { id: nodeId }, select: { state: true } });
    if (state !== "unreachable") return true;
    await ada.ask("nodes.probe", { id: nodeId }, (caller) => caller.nodes.probe({ id: nodeId }));
    return false;
  });
}
