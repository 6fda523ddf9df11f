// A task that works on one guest: the fault hooks and the flock every such task has.

import type { Actor } from "../access/actor";
import type { Core } from "../core";
import { takeTaskFault } from "../faults/state";
import type { Task, TaskRun } from "../tasks/tasks";

/** Ten seconds are what Proxmox waits for a guest's lock (pve-container, PVE/LXC.pm), five in create. */
export const lockTimeoutMs = 10_000;

/** Begins a task on `vmid` that holds its flock from first to last line. */
export function guestTask(
  core: Core,
  what: { type: string; vmid: number; actor: Actor; locked?: boolean },
  work: (run: TaskRun) => Promise<void>,
): Task {
  const { type, vmid, actor, locked = true } = what;
  return core.tasks.run({ type, id: String(vmid), actor }, async (run) => {
    const inner = async () => {
      await applyTaskFault(core, { type, vmid }, run);
      await work(run);
    };
    if (locked) await core.flocks.with(vmid, lockTimeoutMs, inner);
    else await inner();
  });
}

export async function applyTaskFault(
  core: Core,
  { type, vmid }: { type: string; vmid: number },
  run: TaskRun,
): Promise<void> {
  const fault = takeTaskFault(core.faults, type, vmid);
  if (fault === undefined) return;
  if (fault.delayMs !== undefined) await delay(core, fault.delayMs, run.signal);
  if (fault.die === true) {
    core.tasks.kill(run.upid);
    run.signal.throwIfAborted();
  }
  if (fault.error !== undefined) throw new Error(fault.error);
}

async function delay({ clock, faults }: Core, ms: number, signal: AbortSignal): Promise<void> {
  const ended = new AbortController();
  faults.delays.add(ended);
  try {
    await clock.sleep(ms, AbortSignal.any([signal, ended.signal]));
  } catch (error) {
    if (signal.aborted || !ended.signal.aborted) throw error;
  } finally {
    faults.delays.delete(ended);
  }
}
