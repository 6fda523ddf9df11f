// One run for each step, each held up in its own: so that one blow meets every step at once.
import type { Fixture, Started } from "./fixture";

export interface Stalled extends Started {
  vmid: number;
  step: string;
}

/** With the lab's scale at 1 a script sleeps for real; everything else is held up by a fault. */
const slow = (name: string, seconds: number) => ({
  name,
  title: name,
  content: `. /usr/local/lib/homeport/helpers\nlog ${name} begins\n# lab: sleep ${seconds}s\nprintf 'Grüße ✓ %s\\n' ${name}\n# lab: output 200KB\nlog ${name} ends\n`,
});
const quick = (name: string) => slow(name, 0);

const plans: Record<
  string,
  (
    fixture: Fixture,
    vmid: number,
    forMs: number,
  ) => Promise<{ scripts?: ReturnType<typeof slow>[]; packages?: { manager: "apt"; name: string }[] }>
> = {
  create: async ({ lab }, vmid, delayMs) => {
    await lab.faults.delayTask({ type: "vzcreate", vmid, delayMs });
    return {};
  },
  start: async ({ lab }, vmid, delayMs) => {
    await lab.faults.delayTask({ type: "vzstart", vmid, delayMs });
    return {};
  },
  ready: async ({ lab }, vmid, delayMs) => {
    await lab.faults.delayReply({ method: "GET", path: `/lxc/${vmid}/interfaces`, delayMs });
    return {};
  },
  packages: (_, __, forMs) =>
    Promise.resolve({
      packages: Array.from({ length: Math.ceil(forMs / 200) }, (_each, n) => ({
        manager: "apt" as const,
        name: `package-${n}`,
      })),
    }),
  "script-one": (_, __, forMs) => Promise.resolve({ scripts: [slow("one", forMs / 1_000), quick("two")] }),
  "script-two": (_, __, forMs) => Promise.resolve({ scripts: [quick("one"), slow("two", forMs / 1_000)] }),
};

/** Rows of the runs; `start` begins each. Answers when every one is in its step. */
export async function stallRuns(
  fixture: Fixture,
  start: (run: Started) => Promise<unknown>,
  { forMs, firstVmid }: { forMs: number; firstVmid: number },
): Promise<Stalled[]> {
  // They shall stand still all at once; taking slots is shown elsewhere.
  await fixture.db.proxmoxNode.update({ where: { id: fixture.nodeId }, data: { createsAtOnce: 64, tasksAtOnce: 64 } });
  const stalled = await Promise.all(
    Object.entries(plans).map(async ([step, plan], index): Promise<Stalled> => {
      const vmid = firstVmid + index;
      const template = { scripts: [quick("one"), quick("two")], ...(await plan(fixture, vmid, forMs)) };
      const started = await fixture.provision(
        { vmid, hostname: `in-${step.replace("script-", "")}-${vmid}` },
        template,
      );
      await start(started);
      return { ...started, vmid, step };
    }),
  );
  await Promise.all(stalled.map(({ runId, step }) => inStep(fixture, runId, step)));
  return stalled;
}

async function inStep({ db }: Fixture, runId: string, step: string): Promise<void> {
  for (const deadline = Date.now() + 180_000; Date.now() < deadline;) {
    const row = await db.runStep.findFirstOrThrow({ where: { runId, name: step } });
    if (row.state === "running" && row.startedAt && Date.now() - row.startedAt.getTime() > 400) return;
    // It may wait for its slot first.
    if (row.state !== "running" && row.state !== "waiting" && row.state !== "pending")
      throw new Error(`step ${step} is ${row.state}: it was not held up`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error(`step ${step} did not begin`);
}
