// Between two scenarios of one world: every fault is over, somebody works, and what a failed scenario left is no other one's violation.
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
  if (task.result?.state !== "fail") return;
  const open = await world.db.run.findMany({ where: { endedAt: null }, select: { id: true } });
  world.abandoned.push(...open.map(({ id }) => id));
}
