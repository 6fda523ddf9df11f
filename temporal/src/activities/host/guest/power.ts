// Start, stop, shut down and reboot of our own guest; being in the wanted state already is success.
import { ProxmoxError, type Upid } from "@homeport/proxmox";
import { isRunning, readStatus, recordSighting, recordStatus, requireGuest, requireGuestNow } from "./guest";
import { requireLeaseHolds } from "./lease-fence";
import { requireUnlocked } from "./guest-lock";
import type { StepContext } from "../run-step";
import { countStart, startsAgainText } from "../create/stops-again";
import { runTask } from "./task";
import type { StepResult } from "../../step-at";

/** `isSaid`: the step's log has it that this start is one of those that are needed again. */
export async function startLxc(step: StepContext, vmid: number, { isSaid = false } = {}): Promise<StepResult> {
  return reach(step, {
    vmid,
    isSaid,
    running: true,
    type: "vzstart",
    post: () => step.host.proxmox.startLxc(step.host.pveName, vmid),
  });
}

/** Kills it; a shutdown that waits is ended rather than waited for. */
export async function stopLxc(step: StepContext, vmid: number): Promise<StepResult> {
  return reach(step, {
    vmid,
    running: false,
    type: "vzstop",
    post: () => step.host.proxmox.stopLxc(step.host.pveName, vmid, { overruleShutdown: true }),
  });
}

/** Asks it to stop; one that does not listen is stopped when the time is over. */
export async function shutdownLxc(step: StepContext, vmid: number): Promise<StepResult> {
  const { host, record, deps } = step;
  await requireLeaseHolds(step, { vmid, destroys: false });
  const timeoutS = deps.pace.shutdownS;
  try {
    return await reach(step, {
      vmid,
      running: false,
      type: "vzshutdown",
      post: () => host.proxmox.shutdownLxc(host.pveName, vmid, { timeoutS, forceStop: false }),
    });
  } catch (error) {
    // A task that failed while the guest runs on: it ignored the shutdown. Anything else is not ours to overrule.
    const ignored =
      error instanceof ProxmoxError &&
      error.kind === "server" &&
      error.status === undefined &&
      (await isRunning(step, vmid));
    if (!ignored) throw error;
    // Somebody may have extended it in these seconds.
    await requireLeaseHolds(step, { vmid, destroys: false });
    await record.log(`It did not shut down within ${timeoutS} s: it is stopped.`);
    await stopLxc(step, vmid);
    return { detail: { is: "stopped_hard" }, warnings: 1 };
  }
}

export async function rebootLxc(step: StepContext, vmid: number): Promise<StepResult> {
  const { host } = step;
  const guest = await requireGuest(step, vmid);
  const begun = step.record.memory.tasks.vzreboot !== undefined;
  // One that stopped meanwhile only needs its start.
  if (!begun && !(await isRunning(step, vmid))) return startLxc(step, vmid);
  if (!begun) requireUnlocked(step, vmid, guest);
  const { warnings } = await runTask(step, {
    type: "vzreboot",
    vmid,
    post: fenced(step, vmid, () => host.proxmox.rebootLxc(host.pveName, vmid, { timeoutS: step.deps.pace.shutdownS })),
  });
  await recordSighting(step, vmid);
  return { warnings };
}

/** Between a look and the call that it allows, the database may be waited for, and another guest may come in its place. */
const fenced = (step: StepContext, vmid: number, post: () => Promise<Upid>) => async (): Promise<Upid> => {
  await requireGuest(step, vmid);
  return post();
};

async function reach(
  step: StepContext,
  wanted: { vmid: number; isSaid?: boolean; running: boolean; type: string; post: () => Promise<Upid> },
): Promise<StepResult> {
  const { vmid, isSaid = false, running, type, post } = wanted;
  const { status: found, ...guest } = await requireGuestNow(step, vmid);
  const begun = step.record.memory.tasks[type] !== undefined;
  let warnings = 0;
  let status = found;
  const isReached = (): boolean => (status.status === "running") === running;
  if (begun || !isReached()) {
    // Locked, every task that is begun fails; what was begun already is followed.
    if (!begun) requireUnlocked(step, vmid, guest);
    try {
      ({ warnings } = await runTask(step, { type, vmid, post: fenced(step, vmid, post) }));
    } catch (error) {
      const there = error instanceof ProxmoxError && error.kind === (running ? "already_running" : "not_running");
      if (!there) throw error;
    }
    status = await readStatus(step, vmid);
    if (!isReached()) {
      // Began again by whoever tries the step again; counted, so that the last one says how often it died.
      if (running) {
        const startedAgain = await countStart(step, vmid);
        if (!isSaid) await step.record.log(startsAgainText(vmid, startedAgain));
        await step.record.remember({ startedAgain });
      }
      throw new ProxmoxError("server", `CT ${vmid} is not ${running ? "running" : "stopped"} after its task.`, {
        status: 0,
      });
    }
  }
  await recordStatus(step, vmid, status);
  return { warnings };
}
