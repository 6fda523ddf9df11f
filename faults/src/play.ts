// Plays a schedule on a world: clicks as people, faults as the nemesis; at the end everything heals and every run is brought to its end.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { MISSED_AFTER_MS } from "@homeport/temporal/activities/retries";
import { runKinds } from "@homeport/domain/run/run-kinds";
import type { Act, LabFault, Planned } from "./schedule";
import { cancel, create, decide, offerTemplate, operate, script, slowScript } from "./scenario";
import { until } from "@homeport/testing/until";
import type { World } from "./world";

export interface Played {
  /** What was done, when, and what came of it: the evidence beside the seed. */
  log: string[];
}

/** VMIDs that strangers hold from the beginning: two where automatic ids come along, and some that are typed. */
export const STRANGERS = [102, 105, 109, 6_000, 6_001];

export async function play(world: World, planned: readonly Planned[]): Promise<Played> {
  const log: string[] = [];
  const began = Date.now();
  const templates = {
    quick: await offerTemplate(world),
    slow: await offerTemplate(world, { scripts: [slowScript("slow", 15), script("after")] }),
    failing: await offerTemplate(world, {
      packages: [],
      scripts: [script("fails", '[ "$HOMEPORT_ATTEMPT" = 2 ] || fail the first time')],
    }),
    reboots: await offerTemplate(world, {
      packages: [],
      scripts: [slowScript("once", 10, { repeatable: false }), slowScript("again", 10, { repeatable: true })],
    }),
  };
  const busy = new Map<string, Promise<void>>();
  const doing: Promise<void>[] = [];
  let typed = 5_000;
  const perform = actor({ world, templates, nextTyped: () => (typed += 1) });

  for (const { atMs, what } of planned) {
    const waitMs = began + atMs - Date.now();
    if (waitMs > 0) await sleep(waitMs);
    // Of each thing one fault at a time: two that mend it would mend each other's.
    const key = faultedThing(what) ?? randomUUID();
    if (busy.has(key)) continue;
    const at = `${((Date.now() - began) / 1_000).toFixed(1)} s`;
    const work = perform(what)
      .then(
        (came) => void log.push(`${at} ${JSON.stringify(what)} → ${came}`),
        (error: unknown) =>
          void log.push(
            `${at} ${JSON.stringify(what)} ✗ ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`,
          ),
      )
      .finally(() => busy.delete(key));
    busy.set(key, work);
    doing.push(work);
  }
  await Promise.all(doing);
  return { log };
}

/** What a fault breaks of which there is one; undefined for what can happen several times at once. */
function faultedThing(what: Act): string | undefined {
  switch (what.act) {
    case "wire":
      return what.wire;
    case "worker":
    case "server":
      return what.act;
    default:
      return undefined;
  }
}

interface Stage {
  world: World;
  templates: Record<"quick" | "slow" | "failing" | "reboots", string>;
  nextTyped: () => number;
}

function actor({ world, templates, nextTyped }: Stage): (what: Act) => Promise<string> {
  const active = (state?: string) =>
    world.db.run.findMany({
      where: { endedAt: null, ...(state === "awaiting" ? { state: "awaiting_decision" } : {}) },
      orderBy: { createdAt: "asc" },
      select: { id: true },
    });
  const chosen = <T>(of: readonly T[], pick: number): T | undefined => of[pick % Math.max(1, of.length)];
  const twice = async <T>(double: boolean, click: () => Promise<T>): Promise<T> => {
    const [first, second] = [click(), double ? click() : undefined];
    await Promise.allSettled([first, second]);
    return first;
  };
  return async (what) => {
    switch (what.act) {
      case "create": {
        const vmid = { none: undefined, free: nextTyped(), stranger: STRANGERS.at(-1) }[what.typedVmid];
        const click = {
          requestKey: randomUUID(),
          hostname: `r-${randomUUID().slice(0, 8)}`,
          ...(vmid === undefined ? {} : { vmid }),
        };
        const { runId } = await twice(what.double, () => create(world, templates[what.template], click));
        return runId;
      }
      case "operate": {
        const containers = await world.db.container.findMany({
          where: { lifecycle: { not: "deleted" } },
          orderBy: { createdAt: "asc" },
          select: { id: true },
        });
        const target = chosen(containers, what.pick);
        if (target === undefined) return "no container";
        const key = randomUUID();
        return (await twice(what.double, () => operate(world[what.by], what.action, target.id, key))).runId;
      }
      case "decide": {
        const run = chosen(await active("awaiting"), what.pick);
        if (run === undefined) return "nothing to decide";
        await decide(world[what.by], run.id, what.decision);
        return run.id;
      }
      case "cancel": {
        const run = chosen(await active(), what.pick);
        if (run === undefined) return "nothing to cancel";
        await cancel(world[what.by], run.id);
        return run.id;
      }
      case "steer": {
        const run = chosen(await active(), what.pick);
        if (run === undefined) return "nothing to pause";
        const steer = (verb: "pause" | "resume"): Promise<unknown> =>
          world[what.by].ask(`runs.${verb}`, { id: run.id }, (caller) =>
            caller.runs[verb]({ id: run.id, requestKey: randomUUID() }),
          );
        await steer("pause");
        await sleep(what.forMs);
        await steer("resume");
        return run.id;
      }
      case "wire": {
        const wire = world.wires[what.wire];
        const acts = {
          cut: () => wire.cut(),
          refuse: () => wire.refuse(),
          blackHole: () => wire.blackHole(),
          deafen: () => wire.deafen(),
          slow: () => wire.shape({ latencyMs: 150, bytesPerSecond: 40_000 }),
          resetAfter: () => wire.resetAfter(3_000),
        };
        acts[what.how]();
        await sleep(what.forMs);
        wire.heal();
        return "healed";
      }
      case "worker":
        return onWorker(world, what.how, what.forMs);
      case "server": {
        const server = what.which === "postgres" ? world.database.own : world.temporal.own;
        await server?.kill();
        await sleep(what.forMs);
        await server?.start();
        return "runs again";
      }
      case "lab":
        return onLab(world, what.how, what.forMs);
    }
  };
}

async function onWorker(world: World, how: "kill" | "terminate" | "freeze" | "second", forMs: number): Promise<string> {
  const worker = world.workers.findLast((one) => one.alive());
  if (how === "freeze") {
    worker?.freeze();
    try {
      // Longer than its heartbeats are waited for: another one takes over, and may be through before this one wakes.
      await world.startWorker();
      await sleep(MISSED_AFTER_MS + 2_000 + 10 * forMs);
    } finally {
      worker?.thaw();
    }
    await worker?.stop();
    return "thawed";
  }
  if (how === "second") {
    await world.startWorker();
    await worker?.stop();
    return "replaced";
  }
  await (how === "kill" ? worker?.kill() : worker?.stop());
  await sleep(forMs);
  await world.startWorker();
  return "runs again";
}

async function onLab(world: World, how: LabFault, forMs: number): Promise<string> {
  const { faults } = world.lab;
  const lasting = async (begin: Promise<void>, end: () => Promise<void>): Promise<string> => {
    await begin;
    await sleep(forMs);
    await end();
    return "over";
  };
  const acts: Record<LabFault, () => Promise<unknown>> = {
    cutSsh: () => faults.cutSsh(),
    refuseSsh: () => faults.refuseSsh({ ms: forMs }),
    unreachable: () => faults.unreachable({ ms: forMs }),
    loseReply: () => faults.loseReply({ method: "POST" }),
    dropRequest: () => faults.dropRequest({ method: "POST" }),
    delayReply: () => faults.delayReply({ method: "POST", path: "/lxc", delayMs: forMs }),
    hung: () =>
      faults.answerWith({ method: "GET", path: "/lxc/", status: 596, reason: "Connection timed out", times: 2 }),
    html: () => faults.answerWith({ method: "GET", path: "/status", status: 200, body: "<html>", times: 1 }),
    killTasks: () => faults.killTasks(),
    dieCreate: () => faults.dieTask({ type: "vzcreate" }),
    failStart: () => faults.failTask({ type: "vzstart", error: "startup for container failed" }),
    failDestroy: () => faults.failTask({ type: "vzdestroy", error: "device is busy" }),
    reboot: () => faults.rebootNode({ downMs: forMs }),
    quorum: () => lasting(faults.quorum({ ok: false }), () => faults.quorum({ ok: true })),
    full: () =>
      lasting(faults.fillStorage({ storage: "local-lvm", full: true }), () =>
        faults.fillStorage({ storage: "local-lvm", full: false }),
      ),
    revoke: () => lasting(faults.revokeToken(), () => faults.restoreToken()),
    async certificate() {
      await faults.changeCertificate();
      await sleep(forMs);
      await confirmPins(world);
    },
  };
  await acts[how]();
  return how;
}

/** Ada compares what the node shows with what she knows, and confirms it. */
async function confirmPins(world: World): Promise<void> {
  const pins = { id: world.nodeId, tlsFingerprint: world.lab.fingerprint, sshHostKey: world.lab.hostKey };
  await until(
    "the new pins are confirmed",
    async () => {
      const node = await world.db.proxmoxNode.findUniqueOrThrow({ where: { id: world.nodeId } });
      if (node.tlsFingerprint === pins.tlsFingerprint && node.state === "online") return true;
      if (node.seenTlsFingerprint !== pins.tlsFingerprint)
        await world.ada.ask("nodes.probe", { id: world.nodeId }, (caller) => caller.nodes.probe({ id: world.nodeId }));
      else await world.ada.ask("nodes.confirm", pins, (caller) => caller.nodes.confirm(pins));
      return false;
    },
    60_000,
  );
}

/** No fault is left; what waits for a person is answered, until every run is over. */
export async function healAndFinish(world: World, withinMs: number): Promise<void> {
  await world.lab.faults.reset();
  for (const wire of Object.values(world.wires)) wire.heal();
  for (const worker of world.workers) worker.thaw();
  for (const server of [world.database.own, world.temporal.own]) await server?.ensure();
  if (!world.workers.some((worker) => worker.alive())) await world.startWorker();
  await confirmPins(world);
  const tries = new Map<string, number>();
  await until(
    "every run is over",
    async () => {
      const open = await world.db.run.findMany({
        where: { endedAt: null },
        select: { id: true, kind: true, state: true, pauseRequestedAt: true },
      });
      for (const { id, kind, state, pauseRequestedAt } of open) {
        const asked = (tries.get(id) ?? 0) + 1;
        if (state === "paused" || pauseRequestedAt !== null)
          await world.ada
            .ask("runs.resume", { id }, (caller) => caller.runs.resume({ id, requestKey: randomUUID() }))
            .catch(() => undefined);
        if (state !== "awaiting_decision") continue;
        tries.set(id, asked);
        if (asked > 3) await cancel(world.ada, id).catch(() => undefined);
        else
          await decide(world.ada, id, runKinds[kind].undoable && asked > 1 ? "undo" : "retry").catch(() => undefined);
      }
      await sleep(1_000);
      return open.length === 0;
    },
    withinMs,
  );
}
