// One Proxmox task of a step: begun once, found again after a crash or a lost answer, followed to its end.
import { sleep } from "@temporalio/activity";
import {
  classifyTaskExit,
  parseUpid,
  type Proxmox,
  ProxmoxError,
  type Task,
  type TaskVerdict,
  type Upid,
} from "@homeport/proxmox";
import { harmless } from "../../output/harmless";
import type { StepContext } from "../run-step";
import { createUsual, untilAskedMs } from "./poll-times";

/** Begins a task of `type` unless this step has begun one already, and waits for its end. Throws what the task failed with. */
export async function runTask(
  step: StepContext,
  what: { type: string; vmid: number; post: () => Promise<Upid> },
): Promise<{ warnings: number }> {
  const known = await begun(step, what);
  const verdict = await followTask(step, known ?? (await post(step, what)), { justBegun: known === undefined });
  await forget(step, what.type);
  if (!verdict.ok) throw new ProxmoxError(verdict.kind, verdict.message);
  return { warnings: verdict.warnings };
}

/** The task that an earlier try began, by its stored name or, when the answer was lost, by looking for it. */
export async function begun(
  step: StepContext,
  { type, vmid }: { type: string; vmid: number },
): Promise<Upid | undefined> {
  const known = step.record.memory.tasks[type];
  if (known === undefined) return undefined;
  if (known.upid !== undefined) return known.upid;
  const upid = (await findOwnTask(step, { type, vmid, since: known.since }))?.upid;
  if (upid !== undefined)
    await step.record.remember({ tasks: { ...step.record.memory.tasks, [type]: { since: known.since, upid } } });
  return upid;
}

async function post(step: StepContext, { type, post }: { type: string; post: () => Promise<Upid> }): Promise<Upid> {
  const tasks = step.record.memory.tasks;
  const since = tasks[type]?.since ?? (await nodeNow(step));
  await step.record.remember({ tasks: { ...tasks, [type]: { since } } });
  const upid = await post();
  await step.record.remember({ tasks: { ...tasks, [type]: { since, upid } } });
  return upid;
}

async function forget(step: StepContext, type: string): Promise<void> {
  const { [type]: _, ...tasks } = step.record.memory.tasks;
  await step.record.remember({ tasks });
}

const CLOCK_KEPT_MS = 30_000;
/** By the connection: the node's clock in seconds, and when it was read by a clock that nobody sets. */
const clocks = new WeakMap<Proxmox, { pveName: string; time: number; atMs: number }>();

/** In seconds, never later than the node's own: counted on from where it was read, for half a minute. */
async function nodeNow(step: StepContext): Promise<number> {
  const { proxmox, pveName } = step.host;
  const known = clocks.get(proxmox);
  const sinceMs = performance.now() - (known?.atMs ?? 0);
  if (known?.pveName === pveName && sinceMs < CLOCK_KEPT_MS) return known.time + Math.floor(sinceMs / 1_000);
  return readNodeClock(step);
}

/** Of a task that cannot be told from a stranger's but by its time. */
export async function readNodeClock({ host: { proxmox, pveName }, signal }: StepContext): Promise<number> {
  const { time } = await proxmox.nodeTime(pveName, { signal });
  clocks.set(proxmox, { pveName, time, atMs: performance.now() });
  return time;
}

/** Our newest task of this type for this guest that is not older than `since`; tasks in `but` are not meant. */
export async function findOwnTask(
  step: StepContext,
  what: { type: string; vmid: number; since: number; but?: readonly string[] },
): Promise<Task | undefined> {
  const { host, signal } = step;
  const tasks = await host.proxmox.tasks(
    host.pveName,
    { vmid: what.vmid, typefilter: what.type, source: "all", since: what.since, limit: 50 },
    { signal },
  );
  const ours = tasks.filter(
    (task) => isOwn(step, task) && task.starttime >= what.since && !what.but?.includes(task.upid),
  );
  return ours.sort((a, b) => b.starttime - a.starttime)[0];
}

function isOwn({ host: { token } }: StepContext, { user, tokenid }: Task): boolean {
  return tokenid === undefined
    ? user === `${token.user}!${token.tokenId}` || user === token.user
    : user === token.user && tokenid === token.tokenId;
}

/** How long it is watched before its log is first read, in first waits. */
const LOG_AFTER = 4;

/** By the connection. */
const usual = new WeakMap<Proxmox, ReturnType<typeof createUsual>>();

/**
 * Polls until the task ends, its log into the step's stream "task" meanwhile. Its log, which does not say
 * whether there is news, is read less often than it is asked about: a task of a second costs its log once. `justBegun`: by this
 * try, so that what tasks of its kind take tells when it may be over; another may be over already, or about to be ended.
 */
export async function followTask(
  step: StepContext,
  upid: Upid,
  { justBegun = false }: { justBegun?: boolean } = {},
): Promise<TaskVerdict> {
  const { host, signal, deps } = step;
  const { pollFirstMs } = deps.pace;
  const log = await openTaskLog(step, upid);
  const known = usual.get(host.proxmox) ?? createUsual();
  usual.set(host.proxmox, known);
  const { type } = parseUpid(upid);
  const began = performance.now();
  for (let logAtMs = pollFirstMs * LOG_AFTER; ;) {
    const lastedMs = performance.now() - began;
    await sleep(untilAskedMs(lastedMs, { usualMs: justBegun ? known.of(type) : undefined, pace: deps.pace }));
    const { status, exitstatus } = await host.proxmox.taskStatus(upid, { signal });
    if (status === "stopped" || lastedMs >= logAtMs) {
      await log.copy();
      logAtMs = Math.max(lastedMs * 1.5, pollFirstMs * LOG_AFTER);
    }
    if (status !== "stopped") continue;
    const verdict = classifyTaskExit(exitstatus ?? "unexpected status");
    if (verdict.ok && justBegun) known.note(type, performance.now() - began);
    return verdict;
  }
}

const LINES = 500;

/** How many lines are stored is remembered with them: who continues reads on from there. */
async function openTaskLog({ record, host, signal }: StepContext, upid: Upid): Promise<{ copy(): Promise<void> }> {
  let end = await record.end("task");
  return {
    async copy() {
      for (;;) {
        const start = record.memory.taskLines[upid] ?? 0;
        const { lines } = await host.proxmox.taskLog(upid, { start, limit: LINES }, { signal });
        const last = lines.at(-1);
        if (last === undefined) return;
        const text = lines.map(({ t }) => `${harmless(t)}\n`).join("");
        end = await record.append("task", {
          at: end,
          bytes: Buffer.from(text),
          memory: { taskLines: { ...record.memory.taskLines, [upid]: last.n } },
        });
        if (lines.length < LINES) return;
      }
    },
  };
}
