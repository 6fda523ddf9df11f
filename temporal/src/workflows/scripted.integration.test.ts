// The rarest branches of the workflows, with activities that bring them there: races that are lost, lists that change, long shifts.
import { randomUUID } from "node:crypto";
import { activityInfo } from "@temporalio/activity";
import { runKinds } from "@homeport/domain/run/run-kinds";
import type { WorkflowHandle } from "@temporalio/client";
import { ApplicationFailure } from "@temporalio/common";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Progress } from "../activities/records/run-records";
import type { StepsEnded } from "../activities/records/step-records";
import { SCAN_SIGNAL, PROBE_AGAIN_SIGNAL, WorkflowNames } from "../contract";
import { recording } from "../testing/keep-history";
import { recordsOf, type ScriptedWorker, startScriptedWorker } from "../testing/scripted-worker";

let worker: ScriptedWorker;
beforeAll(async () => {
  worker = await startScriptedWorker(inject("temporalAddress"));
});
afterAll(() => worker.stop());

const run = { runId: randomUUID(), containerId: randomUUID(), nodeId: randomUUID() };

const no = (): Promise<never> => Promise.reject(ApplicationFailure.nonRetryable("no"));
const often = { interval: 5 };
type History = Awaited<ReturnType<WorkflowHandle["fetchHistory"]>>;
/** Those that Temporal's server was asked for, in their order; local ones are not. */
const activitiesOf = ({ events }: History): string[] =>
  (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityType?.name ?? []);
const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

test("a VMID that somebody else reserved in the same moment is not taken: the next one is", async () => {
  const asked: (readonly number[])[] = [];
  const script = {
    ...recordsOf(["reserve"]),
    nextFreeVmid: ({ but }: { but: readonly number[] }) => Promise.resolve(100 + asked.push(but)),
    reserveVmid: ({ vmid }: { vmid: number }) =>
      Promise.resolve(
        vmid < 103 ? { reserved: false as const, holder: "another", taken: [99] } : { reserved: true as const },
      ),
  };
  await worker.play({ workflow: runKinds.provision.workflow, input: run, script }, async ({ handle, keep }) => {
    await handle.result();
    await keep("provision-reserved-again");
  });
  expect(asked).toEqual([[], [101, 99], [102, 99]]);
});

test("what the check of the plan did of the next steps is done once and written at once: two activities until the container is made", async () => {
  const written: unknown[] = [];
  const names = (ended: StepsEnded) => [ended ?? []].flat().map(({ step, unbegun }) => (unbegun ? `(${step})` : step));
  const script = {
    ...recordsOf(["plan", "reserve", "image", "create", "discover", "finish"]),
    checkPlan: () =>
      Promise.resolve({
        ahead: { vmid: 107, image: { detail: { is: "image_there" as const, storage: "local" }, atMs: Date.now() } },
      }),
    createLxc: ({ vmid }: { vmid: number }) => {
      written.push(vmid);
      return Promise.resolve({ outcome: "created" as const, warnings: 0 });
    },
    discover: () => Promise.resolve({}),
    record: ({ ended, began }: Progress) => {
      written.push([names(ended), began?.step]);
      return Promise.resolve({});
    },
    closeRun: ({ ended }: Progress) => {
      written.push(names(ended));
      return Promise.resolve({});
    },
  };
  await worker.play({ workflow: runKinds.provision.workflow, input: run, script }, async ({ handle, keep }) => {
    await handle.result();
    expect(activitiesOf(await handle.fetchHistory())).toEqual(["checkPlan", "createLxc", "discover"]);
    await keep("provision-ahead");
  });
  expect(written).toEqual([
    [[], "plan"],
    [["plan", "(reserve)", "(image)"], "create"],
    107,
    [["create"], "discover"],
    ["discover", "(finish)"],
  ]);
});

test("records need no task of Temporal's between two steps; one that nobody can write for a while is asked for once, and tried outside the history", async () => {
  let written = 0;
  const local: boolean[] = [];
  const script = {
    ...recordsOf(["image", "create", "finish"]),
    fetchImage: () => Promise.resolve({}),
    createLxc: () => Promise.resolve({ outcome: "created" as const, warnings: 0 }),
    record() {
      written += 1;
      // The second one, while PostgreSQL is away: longer than it is tried where the workflow runs.
      if (written < 2 || written > 6) return Promise.resolve({});
      local.push(activityInfo().isLocal);
      return Promise.reject(new Error("PostgreSQL does not answer"));
    },
  };
  await worker.play({ workflow: runKinds.provision.workflow, input: run, script }, async ({ handle, keep }) => {
    await handle.result();
    const history = await handle.fetchHistory();
    const asked = activitiesOf(history);
    expect(asked).toEqual(["fetchImage", "record", "createLxc"]);
    const tasks = (history.events ?? []).filter(({ workflowTaskCompletedEventAttributes: done }) => done).length;
    expect(tasks).toBe(asked.length + 1);
    await keep("provision-record-elsewhere");
  });
  expect(local).toEqual([true, true, true, false, false]);
});

test("a record that cannot be written for good fails the run, which takes back what it made", async () => {
  const ended: unknown[] = [];
  const undone: string[] = [];
  let records = 0;
  const script = {
    ...recordsOf(["create", "discover"]),
    createLxc: () => Promise.resolve({ outcome: "created" as const, warnings: 0 }),
    discover: () => Promise.resolve({}),
    record: () => ((records += 1) > 1 ? no() : Promise.resolve({})),
    undoCreate: () => Promise.resolve(void undone.push("create")),
    releaseContainer: () => Promise.resolve(void undone.push("reserve")),
    closeRun: ({ state }: { state: string }) => {
      ended.push(state);
      return Promise.resolve({});
    },
  };
  await worker.play({ workflow: runKinds.provision.workflow, input: run, script }, async ({ handle, keep }) => {
    await expect(handle.result()).rejects.toThrow();
    await keep("provision-failed");
  });
  expect([undone, ended]).toEqual([["create", "reserve"], ["failed"]]);
});

test("a plan that nobody can make is a failure of its workflow, not of the engine", async () => {
  const spec = {};
  const planned = { hash: "h", document: {} } as never; // passed on as it is
  await worker.play(
    { workflow: WorkflowNames.plan, input: { spec }, script: { planContainer: () => Promise.resolve(planned) } },
    async ({ handle, keep }) => {
      expect(await handle.result()).toEqual(planned);
      await keep("plan");
    },
  );
  await worker.play(
    { workflow: WorkflowNames.plan, input: { spec }, script: { planContainer: no } },
    async ({ handle, keep }) => {
      await expect(handle.result()).rejects.toThrow();
      await keep("plan-failed");
    },
  );
});

test("plans of a batch, and who has a VMID, are passed on as the node answered them", async () => {
  const planned = { first: {}, others: [] } as never; // passed on as it is
  await worker.play(
    {
      workflow: WorkflowNames.planBatch,
      input: { first: {}, others: [] },
      script: { planBatch: () => Promise.resolve(planned) },
    },
    async ({ handle, keep }) => {
      expect(await handle.result()).toEqual(planned);
      await keep("plan-batch");
    },
  );
  await worker.play(
    {
      workflow: WorkflowNames.askVmid,
      input: { nodeId: run.nodeId, vmid: 105 },
      script: { askVmid: ({ vmid }: { vmid: number }) => Promise.resolve({ holder: `the holder of ${vmid}` }) },
    },
    async ({ handle, keep }) => {
      expect(await handle.result()).toEqual({ holder: "the holder of 105" });
      await keep("vmid-asked");
    },
  );
});

test("asked while it looks, or while it ends, a probe looks once more; one that fails says so and is over", async () => {
  const scans = { readIdentity: 0, endProbe: 0 };
  const during = async (where: keyof typeof scans, signal: () => Promise<void>): Promise<void> => {
    scans[where] += 1;
    if (scans[where] === 1) await signal();
  };
  for (const [where, name] of [
    ["readIdentity", "probe-again"],
    ["endProbe", "probe-again-at-its-end"],
  ] as const) {
    Object.assign(scans, { readIdentity: 0, endProbe: 0 });
    let ask = (): Promise<void> => later();
    const script = {
      readIdentity: async () => {
        await during("readIdentity", where === "readIdentity" ? ask : later);
        return { deleted: true as const };
      },
      endProbe: () => during("endProbe", where === "endProbe" ? ask : later),
    };
    await worker.play(
      { workflow: WorkflowNames.probe, input: { nodeId: run.nodeId }, script },
      async ({ handle, keep }) => {
        ask = () => handle.signal(PROBE_AGAIN_SIGNAL);
        await handle.result();
        await keep(name);
      },
    );
    expect(scans.readIdentity).toBe(2);
  }

  const kept: unknown[] = [];
  const failing = {
    readIdentity: no,
    keepInspection: ({ inspection }: { inspection: unknown }) => Promise.resolve(void kept.push(inspection)),
    endProbe: () => Promise.resolve(),
  };
  await worker.play(
    { workflow: WorkflowNames.probe, input: { nodeId: run.nodeId }, script: failing },
    async ({ handle, keep }) => {
      await expect(handle.result()).rejects.toThrow();
      await keep("probe-failed");
    },
  );
  expect(kept).toMatchObject([{ refused: { why: "check_failed" } }]);
});

test("a watch ends with its node's row, and goes on anew before its history is long", async () => {
  let shifts = 0;
  const script = { pollNode: () => Promise.resolve((shifts += 1) > 50 ? ("over" as const) : ("again" as const)) };
  await worker.play(
    { workflow: WorkflowNames.watch, input: { nodeId: run.nodeId }, script },
    async ({ handle, keep }) => {
      await handle.result();
      await keep("watch-continued");
    },
  );
  expect(shifts).toBe(51);
  await worker.play(
    { workflow: WorkflowNames.watch, input: { nodeId: run.nodeId }, script },
    async ({ handle, keep }) => {
      await handle.result();
      await keep("watch-over");
    },
  );
});

const scansOf = (seen: (round: number) => string) => {
  const reported = { scans: 0, known: [] as readonly unknown[] };
  const script = {
    reconcileRuns: no,
    nodesToReconcile: () => Promise.resolve({ nodeIds: ["a", "b"] }),
    scanNode: ({ nodeId, suspects }: { nodeId: string; suspects: readonly unknown[] }) => {
      if (nodeId === "b") return no();
      reported.scans += 1;
      reported.known = suspects;
      return Promise.resolve([{ subject: seen(reported.scans), kind: "container_gone" as const, sinceMs: 1 }]);
    },
  };
  return { reported, script };
};

test("the reconciler misses what it cannot see, remembers what it saw, and looks when it is asked", async () => {
  const { reported, script } = scansOf(() => "container:1");
  await worker.play(
    { workflow: WorkflowNames.reconcile, input: { suspects: [] }, script },
    async ({ handle, keep }) => {
      await expect.poll(() => reported.scans, often).toBe(1);
      await handle.signal(SCAN_SIGNAL);
      await expect.poll(() => reported.scans, often).toBe(2);
      await keep("reconcile-missed");
    },
  );
  expect(reported.known).toEqual([{ subject: "container:1", kind: "container_gone", sinceMs: 1 }]);
});

test("more nodes than a page holds: each is scanned in one round, and what was seen is remembered over all pages", async () => {
  const scans: { nodeId: string; known: number }[] = [];
  const script = {
    reconcileRuns: no,
    nodesToReconcile: ({ after }: { after?: string }) =>
      Promise.resolve(after === undefined ? { nodeIds: ["a", "b"], next: "b" } : { nodeIds: ["c"] }),
    scanNode: ({ nodeId, suspects }: { nodeId: string; suspects: readonly unknown[] }) => {
      scans.push({ nodeId, known: suspects.length });
      return Promise.resolve([{ subject: nodeId, kind: "container_gone" as const, sinceMs: 1 }]);
    },
  };
  await worker.play(
    { workflow: WorkflowNames.reconcile, input: { suspects: [] }, script },
    async ({ handle, keep }) => {
      await expect.poll(() => scans.length, often).toBe(3);
      await handle.signal(SCAN_SIGNAL);
      await expect.poll(() => scans.length, often).toBe(6);
      await keep("reconcile-paged");
    },
  );
  expect(
    scans
      .slice(0, 3)
      .map(({ nodeId }) => nodeId)
      .sort(),
  ).toEqual(["a", "b", "c"]);
  expect(scans.slice(3).map(({ known }) => known)).toEqual([3, 3, 3]);
});

/** Names what was asked for; a draft ends after `nextInMs`. */
function chores({ nextInMs }: { nextInMs: number | null }) {
  const done: string[] = [];
  const does = (name: string) => () => {
    done.push(name);
    return Promise.resolve();
  };
  const script = {
    dropDrafts: () => does("drafts")().then(() => ({ nextInMs })),
    dropOldAnswers: does("answers"),
    dropOldLogs: does("logs"),
    checkAuditLog: does("audit"),
  };
  return { done, script };
}

/** For how long the workflow sleeps now, in ms; undefined: it does not. */
async function sleepsFor(handle: WorkflowHandle): Promise<number | undefined> {
  const { events } = await handle.fetchHistory();
  const timers = (events ?? []).flatMap(({ timerStartedEventAttributes: timer }) => timer?.startToFireTimeout ?? []);
  return timers.map(({ seconds, nanos }) => Number(seconds) * 1_000 + Number(nanos ?? 0) / 1e6).at(-1);
}

/** The rest of the round counts, as long as it takes. */
async function expectSleep(handle: WorkflowHandle, ms: number): Promise<void> {
  await expect.poll(() => sleepsFor(handle), often).toBeLessThanOrEqual(ms);
  expect(await sleepsFor(handle)).toBeGreaterThan(ms - 25_000);
}

const HOUR_MS = 3_600_000;

test("the housekeeping goes on past what fails, and an idle installation has two short rounds in an hour", async () => {
  const { script } = chores({ nextInMs: null });
  await worker.play(
    {
      workflow: WorkflowNames.housekeeping,
      input: {},
      script: { ...script, dropDrafts: no, dropOldAnswers: no, dropOldLogs: no },
    },
    async ({ handle, keep }) => {
      await expectSleep(handle, HOUR_MS / 2);
      await keep("housekeeping-missed");
    },
  );
  const idle = chores({ nextInMs: null });
  await worker.play(
    { workflow: WorkflowNames.housekeeping, input: { hourlyAtMs: Date.now() + HOUR_MS }, script: idle.script },
    async ({ handle, keep }) => {
      await expectSleep(handle, HOUR_MS / 2);
      await keep("housekeeping-between-hours");
    },
  );
  expect(idle.done).toEqual(["drafts"]);
});

test.each([
  ["a draft ends in five minutes", 300_000, 300_000],
  ["one ends right now", 5, 30_000],
  ["one ends long after the next round", 2 * HOUR_MS, HOUR_MS / 2],
])("the housekeeping waits for what comes first: %s", async (_, nextInMs, expected) => {
  const { done, script } = chores({ nextInMs });
  await worker.play({ workflow: WorkflowNames.housekeeping, input: {}, script }, async ({ handle }) => {
    await expectSleep(handle, expected);
  });
  expect(done).toEqual(["drafts", "answers", "logs", "audit"]);
});

// These take their time: only when histories are recorded.
if (recording) {
  test("a lease that is looked at often begins a new history", async () => {
    let acts = 0;
    const keepLease = () => Promise.resolve({ nextInMs: (acts += 1) > 20 ? null : 1 });
    await worker.play(
      { workflow: WorkflowNames.lease, input: { containerId: run.containerId }, script: { keepLease } },
      async ({ keep }) => {
        await expect.poll(() => acts, often).toBe(21);
        await keep("lease-continued");
      },
    );
  });

  test("what the workflows do by their timers", async () => {
    let asked = 0;
    const waits = {
      ...recordsOf(["start"]),
      askTurn: () => Promise.resolve({ granted: (asked += 1) > 1 }),
      startLxc: () => Promise.resolve({}),
    };
    await worker.play(
      { workflow: runKinds.provision.workflow, input: run, script: waits },
      async ({ handle, keep }) => {
        await handle.result();
        await keep("provision-looked-for-its-turn");
      },
    );

    // Something new in its last round lets it wait for 10 s only.
    const { reported, script } = scansOf((round) => (round < 30 ? "container:1" : "container:2"));
    await worker.play(
      { workflow: WorkflowNames.reconcile, input: { suspects: [] }, script },
      async ({ handle, keep }) => {
        await expect.poll(() => reported.scans, often).toBe(2);
        await keep("reconcile-by-its-timer");
        for (let round = 3; round <= 30; round += 1) {
          await handle.signal(SCAN_SIGNAL);
          await expect.poll(() => reported.scans, often).toBe(round);
        }
        await expect.poll(() => reported.scans, often).toBe(31);
        await keep("reconcile-continued");
      },
    );

    const { done, script: tidies } = chores({ nextInMs: 0 });
    await worker.play({ workflow: WorkflowNames.housekeeping, input: {}, script: tidies }, async ({ keep }) => {
      // The second round, begun anew, is within the hour of the first.
      await expect.poll(() => done, often).toHaveLength(5);
      await keep("housekeeping-continued");
    });
    expect(done).toEqual(["drafts", "answers", "logs", "audit", "drafts"]);
  });
}
