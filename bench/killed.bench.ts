// The worker dies in the middle of a create: how long until the run goes on.
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "../scripts/stack/processes";
import { inputOf, until } from "../scripts/test/product";
import type { Figure } from "./figures";
import type { Kit } from "./kit";
import { partOf } from "./processes";

/** From the signal to the first request of the process that goes on. */
export async function benchKilled(kit: Kit): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [signal, goal, name] of [
    ["SIGKILL", 8, "goes on after kill -9 of the worker"],
    ["SIGTERM", 3, "goes on after SIGTERM of the worker"],
  ] as const) {
    const { product, lab } = kit;
    await lab.faults.delayTask({ type: "vzcreate", delayMs: 60_000 });
    const hostname = `killed-${signal.toLowerCase()}`;
    const begun = Date.now();
    const { runId } = await product.containers.create.mutate({
      ...(await inputOf(product, { template: "bench-trivial", hostname })),
      requestKey: crypto.randomUUID(),
    });
    await until("the create", 30_000, async () =>
      (await lab.faults.journal()).find(({ time, params }) => time >= begun && params["hostname"] === hostname),
    );
    const polls = async (from: number) =>
      (await lab.faults.requests()).filter(
        ({ time, path }) => time > from && /\/tasks\/UPID.*vzcreate.*\/status$/.test(decodeURIComponent(path)),
      );
    await until("a poll", 30_000, async () => (await polls(begun))[0]);
    const worker = partOf(kit.dir, "worker");
    if (worker === undefined) throw new Error("there is no worker");
    const killed = Date.now();
    process.kill(worker.pid, signal);
    while (isAlive(worker)) await sleep(20);
    const dead = Date.now();
    const first = await until("the run", 120_000, async () => (await polls(dead))[0]);
    figures.push({
      name,
      value: (first.time - killed) / 1_000,
      unit: "s",
      goal,
      how: "killed while it waits for a create; to the next poll of that create's task",
    });
    await lab.faults.killTasks({ type: "vzcreate" });
    await product.runs.cancel.mutate({ id: runId });
  }
  return figures;
}
