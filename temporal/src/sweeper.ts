// What must happen although nobody asks again: queued runs are started, decisions handed over, lost
// runs found, leases woken, mails sent; the workflows that watch nodes, compare and tidy up are started, and come back with an empty Temporal file.
import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "@homeport/db/client";
import type { Run } from "@homeport/db/types";
import { watchedNode } from "@homeport/db/saved-node";
import { ActiveRunStates } from "@homeport/domain/run/run-state";
import { isStuck, readWaitingFor } from "@homeport/domain/run/waiting";
import { containerIdOf } from "@homeport/domain/run/run-subject";
import { giveUpRun, markStuck, markUnstuck } from "@homeport/records/run-troubles";
import type { Engine } from "./client";
import { recordEnded, recordReadopted } from "./activities/records/lost-runs";
import { releaseStaleSlots } from "./activities/records/slots";
import { everyRow } from "./every-row";
import { type MailDeps, sendMails } from "./mail/send-mails";
import { deliverDecisions } from "./outbox";
import type { WorkflowState } from "./workflow-state";

export interface SweeperDeps {
  db: Db;
  engine: Engine;
  log: (entry: { event: string; [key: string]: unknown }) => void;
}

const QUEUED_EVERY_MS = 2_000;
const DECISIONS_EVERY_MS = 2_000;
/** The dashboard starts a run right after it wrote the row: older ones were not. */
const QUEUED_FOR_MS = 2_000;
const MAILS_EVERY_MS = 2_000;
const LEASES_EVERY_MS = 10_000;
/** Its workflow acts by itself when it is due; one that has not is not there, or was never told. */
const OVERDUE_MS = 60_000;
const WOKEN_AGAIN_MS = 120_000;
const SLOTS_EVERY_MS = 5_000;
const LOST_EVERY_MS = 30_000;
const WATCH_EVERY_MS = 15_000;

/** Runs until the answered function is called. What fails is tried again at the next round. `mails`: absent where there is no mail server. */
export function startSweeper(deps: SweeperDeps, mails?: MailDeps): () => Promise<void> {
  const woken = new Map<string, number>();
  const sweeps = [
    every(QUEUED_EVERY_MS, () => startQueued(deps), deps),
    every(DECISIONS_EVERY_MS, () => deliverDecisions(deps), deps),
    every(SLOTS_EVERY_MS, () => sweepSlots(deps), deps),
    every(LEASES_EVERY_MS, () => wakeLeases(deps, woken), deps),
    every(LOST_EVERY_MS, () => findLost(deps), deps),
    ...(mails === undefined
      ? []
      : [every(MAILS_EVERY_MS, (signal) => sendMails(mails, signal), { ...deps, endsWithinMs: 1_000 })]),
    every(WATCH_EVERY_MS, () => watchNodes(deps), deps),
    every(WATCH_EVERY_MS, () => deps.engine.reconcile({ soon: false }), deps),
    every(WATCH_EVERY_MS, () => deps.engine.keepHouse(), deps),
  ];
  return async () => {
    await Promise.all(sweeps.map((stop) => stop()));
  };
}

/** A click while Temporal was down: its row is still queued. In the order of the clicks, as a run's id begins with its time. */
export function startQueued(deps: SweeperDeps, page?: number): Promise<void> {
  const queued = { state: "queued" as const, createdAt: { lt: new Date(Date.now() - QUEUED_FOR_MS) } };
  const select = { id: true, kind: true, containerId: true, nodeId: true };
  return everyRow(
    ({ after, take }) => deps.db.run.findMany({ where: { ...queued, ...after }, select, orderBy: { id: "asc" }, take }),
    (run) => startRun(deps, run),
    page,
  );
}

async function startRun(
  { db, engine, log }: SweeperDeps,
  { id: runId, ...run }: Pick<Run, "id" | "kind" | "containerId" | "nodeId">,
): Promise<void> {
  const answer = await engine.startRun({ runId, ...run, containerId: containerIdOf(run) });
  if (answer === "ended")
    await db.$transaction((within) => giveUpRun(within, { runId, why: "ended_outside", now: new Date() }));
  log({ event: "run-dispatched", runId, answer });
}

/**
 * Runs that are under way here but not in Temporal. Forgotten there (its data was lost): begun anew under the same id, every
 * step finding what it did before. Ended there (terminated by hand): a person settles it on the Orphans page, and the row says so.
 * Under way there, but not with the code that is here: the row says so until it is. Cancelled, it waits for no other code: its
 * workflow is ended and begun anew, and takes back what was made.
 */
export function findLost(deps: SweeperDeps, page?: number): Promise<void> {
  const underWay = { state: { in: ActiveRunStates.filter((state) => state !== "queued") } };
  const select = { id: true, kind: true, containerId: true, nodeId: true, waitingFor: true, cancelRequestedAt: true };
  return everyRow(
    ({ after, take }) =>
      deps.db.run.findMany({ where: { ...underWay, ...after }, select, orderBy: { id: "asc" }, take }),
    (run) => checkRun(deps, run),
    page,
  );
}

type UnderWay = Pick<Run, "id" | "kind" | "containerId" | "nodeId" | "waitingFor" | "cancelRequestedAt">;

async function checkRun(
  { db, engine, log }: SweeperDeps,
  { id: runId, waitingFor, cancelRequestedAt, ...run }: UnderWay,
): Promise<void> {
  const stuck = isStuck(readWaitingFor(waitingFor));
  const { status, failing } = await engine.readRun(runId);
  // Seen at two rounds: whoever is about to bring the code that fits has as long.
  if (failing !== null && cancelRequestedAt !== null && stuck) {
    log({ event: "run-begun-anew", level: "error", workflow: runId, why: failing.why });
    await engine.beginAnew({ runId, ...run, containerId: containerIdOf(run) });
    await recordReadopted(db, runId, "cancelled_stuck");
    return;
  }
  if (status === "running") {
    await recordWhetherStuck({ db, log }, { runId, stuck }, failing);
    return;
  }
  // It may have ended properly between the two looks.
  const still = await db.run.count({ where: { id: runId, state: { in: [...ActiveRunStates] } } });
  if (still === 0) return;
  log({ event: "run-lost", runId, status });
  if (status === "gone") {
    await engine.startRun({ runId, ...run, containerId: containerIdOf(run) });
    await recordReadopted(db, runId, "lost");
  } else await recordEnded(db, runId);
}

/** With code that does not fit a run's history, Temporal asks for other code for ever: a person has to know. */
async function recordWhetherStuck(
  { db, log }: Pick<SweeperDeps, "db" | "log">,
  { runId, stuck }: { runId: string; stuck: boolean },
  failing: WorkflowState["failing"],
): Promise<void> {
  if (failing !== null) {
    if (await markStuck(db, runId, failing))
      log({ event: "run-cannot-go-on", level: "error", workflow: runId, why: failing.why });
  } else if (stuck && (await markUnstuck(db, runId))) log({ event: "run-goes-on", workflow: runId });
}

/** Slots that nobody gave back, and calls that did not come through. */
export async function sweepSlots({ db, engine, log }: SweeperDeps): Promise<void> {
  const { released, called } = await releaseStaleSlots(db);
  if (released > 0) log({ event: "slots-released", released });
  for (const slot of called) await engine.signalSlot(slot);
}

/**
 * Leases that somebody set or changed while nobody could be told, and those that nobody keeps: as their workflow was ended, or Temporal lost it.
 * `woken`: when each was woken last, by its id and version, so that one whose record fails again and again does not fill its history.
 */
export async function wakeLeases(
  { db, engine }: Pick<SweeperDeps, "db" | "engine">,
  woken: Map<string, number>,
  page?: number,
): Promise<void> {
  const now = Date.now();
  const isDue = { nextAt: { lt: new Date(now - OVERDUE_MS) } };
  for (const [term, at] of woken) if (now - at >= WOKEN_AGAIN_MS) woken.delete(term);
  await everyRow(
    ({ after, take }) =>
      db.container.findMany({
        where: { AND: [{ lease: { is: { OR: [{ readVersion: { lt: db.lease.fields.version } }, isDue] } } }, after] },
        select: { id: true, hostname: true, lease: { select: { version: true } } },
        orderBy: { id: "asc" },
        take,
      }),
    async ({ id: containerId, hostname, lease }) => {
      const term = `${containerId}:${lease?.version ?? 0}`;
      if (woken.has(term)) return;
      await engine.keepLease({ containerId, hostname });
      woken.set(term, now);
    },
    page,
  );
}

export function watchNodes({ db, engine }: SweeperDeps, page?: number): Promise<void> {
  return everyRow(
    ({ after, take }) =>
      db.proxmoxNode.findMany({
        where: { AND: [watchedNode, after] },
        select: { id: true },
        orderBy: { id: "asc" },
        take,
      }),
    ({ id }) => engine.watchNode(id),
    page,
  );
}

/** `endsWithinMs`: a round that is under way at the end is waited for no longer; what it leaves is taken up as after a crash. */
function every(
  ms: number,
  sweep: (signal: AbortSignal) => Promise<void>,
  { log, endsWithinMs }: Pick<SweeperDeps, "log"> & { endsWithinMs?: number },
): () => Promise<void> {
  const ended = new AbortController();
  const loop = async (): Promise<void> => {
    let reported = "";
    while (!ended.signal.aborted) {
      const failure = await sweep(ended.signal).then(
        () => "",
        (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message.split("\n").at(-1)}` : "unknown"),
      );
      if (failure !== reported) log(failure === "" ? { event: "sweep-recovered" } : { event: "sweep-failed", failure });
      reported = failure;
      await sleep(ms, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  };
  const done = loop();
  return async () => {
    ended.abort();
    await Promise.race([done, ...(endsWithinMs === undefined ? [] : [sleep(endsWithinMs)])]);
  };
}
