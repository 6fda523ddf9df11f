// Start, stop, shut down, reboot and destroy a container that is there.
import { ApplicationFailure, CancellationScope, patched } from "@temporalio/workflow";
import { isPlayedBy, type KindOf } from "@homeport/domain/run/run-kinds";
import type { GuestAt, StepResult } from "../activities/step-at";
import { activityOptions } from "../activities/retries";
import type { RunInput } from "../contract";
import { records, tasks, undoing } from "./activities";
import { type RunSteps, runbook } from "./runbook";
import { openSlots, type Slots } from "./slots";

export async function operateContainer(input: RunInput): Promise<string | undefined> {
  return runbook(input, { undoable: false }, async (steps) => {
    const { kind } = steps.run;
    if (!isPlayedBy("operateContainer", kind))
      throw ApplicationFailure.nonRetryable(`Another workflow plays a run of kind ${kind}.`);
    await plays[kind]({ ...steps, slots: openSlots() }, input);
  });
}

type SlotSteps = RunSteps & { slots: Slots };
type Play = (steps: SlotSteps, input: RunInput) => Promise<void>;
type TaskName = "startLxc" | "stopLxc" | "shutdownLxc" | "rebootLxc" | "stopIfThere" | "destroyLxc" | "waitReady";

const plays: Record<KindOf<"operateContainer">, Play> = {
  async start(steps) {
    await act(steps, "start", "startLxc");
    await act(steps, "ready", "waitReady");
  },
  stop: (steps) => act(steps, "stop", "stopLxc"),
  shutdown: (steps) => act(steps, "shutdown", "shutdownLxc"),
  async reboot(steps) {
    await act(steps, "reboot", "rebootLxc");
    await act(steps, "ready", "waitReady");
  },
  async destroy(steps, { containerId }) {
    if (steps.run.vmid !== null) {
      await act(steps, "stop", "stopIfThere");
      await act(steps, "destroy", "destroyLxc");
    }
    const release = () => steps.step("release", () => records.releaseContainer({ containerId }).then(() => ({})));
    // The guest is gone: so is its row, even when somebody cancelled meanwhile.
    await (patched(CARRIED_THROUGH) ? CancellationScope.nonCancellable(release) : release());
  },
};

const CARRIED_THROUGH = "destroys-are-carried-through-2026-11-21";

/** Cancelled, but the node may have begun to destroy it: nothing takes that back, so its end is waited for. Throws when the guest is still there. */
async function carryThrough(guest: GuestAt, failure: unknown): Promise<StepResult> {
  if (!patched(CARRIED_THROUGH)) throw failure;
  return CancellationScope.nonCancellable(async () => {
    const begun = await records.mayHaveBegun({ runId: guest.runId, step: guest.step, type: "vzdestroy" });
    if (begun && (await undoing.settleDestroy(guest)).gone) return { detail: { is: "destroyed_anyway" } };
    throw failure;
  });
}

async function act({ run, step, slots }: SlotSteps, name: string, task: TaskName): Promise<void> {
  const { vmid, names } = run;
  if (vmid === null) throw ApplicationFailure.nonRetryable(`${names.hostname} has no VMID.`);
  const options = { ...activityOptions.task, summary: `${name} CT ${vmid} on ${names.node}` };
  await step(name, (at) => {
    const guest: GuestAt = { ...at, vmid };
    const work = (): Promise<StepResult> => tasks[task].executeWithOptions(options, [guest]);
    const done = task === "waitReady" ? work() : slots.within("task", at, work);
    return done.catch((failure: unknown) => {
      // A try that fails once the run is cancelled is not repeated, and the failure is what comes back.
      if (task !== "destroyLxc" || !CancellationScope.current().consideredCancelled) throw failure;
      return carryThrough(guest, failure);
    });
  });
}
