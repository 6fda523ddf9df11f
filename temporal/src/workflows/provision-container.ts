// From a click to a running container: the runbook that is taped to the rack.
import { ApplicationFailure, patched } from "@temporalio/workflow";
import type { SpecChange } from "../activities/records/attempts";
import type { StepAt, StepResult } from "../activities/step-at";
import { type RunInput, UNDO_STEP } from "../contract";
import { activityOptions } from "../activities/retries";
import { records, scripts, tasks, undoing } from "./activities";
import { runbook } from "./runbook";
import { openSlots } from "./slots";

export async function provisionContainer(input: RunInput): Promise<string | undefined> {
  return runbook(input, { undoable: true }, async (steps) => {
    const { run, step, alreadyDone, undo } = steps;
    const slots = openSlots();
    const { hostname, node } = run.names;
    let vmid = run.vmid ?? 0;
    let typed = run.vmidTyped;
    const summary = (words: string) => ({ ...activityOptions.task, summary: `${words} CT ${vmid} on ${node}` });

    const take = async (at: StepAt, { vmid: chosen }: SpecChange): Promise<void> => {
      if (chosen === undefined) return;
      typed = chosen !== null;
      vmid = chosen === null ? await reserve(at, []) : await claim(at, chosen);
      steps.vmid(vmid);
    };

    // Undefined: a person must unlock first what a dead task left.
    const create = async (at: StepAt, lost: number[]): Promise<StepResult | undefined> => {
      for (;;) {
        const created = await tasks.createLxc.executeWithOptions(summary(`create ${hostname},`), [{ ...at, vmid }]);
        if (created.outcome === "created")
          return {
            detail: { is: "created", vmid, taken: lost },
            warnings: created.warnings,
          };
        if (created.outcome === "locked") return undefined;
        if (typed)
          throw ApplicationFailure.nonRetryable(
            `VMID ${vmid} is taken: ${created.why}. Nothing of it was touched. ${otherVmid}`,
            "vmid-taken",
          );
        lost.push(vmid);
        vmid = await reserve(at, lost);
        steps.vmid(vmid);
        await records.note({ ...at, text: `VMID ${lost.at(-1)} is taken: ${created.why}. Going on with ${vmid}.` });
      }
    };

    // While a person is waited for, who must unlock what a dead task left, nobody is kept from a slot.
    const takeBack = async (at: StepAt, slotStep: string): Promise<void> => {
      while (
        (await slots.within("task", { ...at, step: slotStep }, () => undoing.undoCreate({ ...at, vmid }))) === "locked"
      )
        await undoing.undoUnlocked({ ...at, vmid });
    };

    const takeBackCreate = (at: StepAt): Promise<void> => takeBack(at, UNDO_STEP);
    // Begun anew, it may be cancelled before it comes to its create again: what that made is taken back all the same.
    const made = run.steps.some(({ name, begun }) => name === "create" && begun === true);

    undo("reserve", () => records.releaseContainer({ containerId: input.containerId }));
    if (made) undo("create", takeBackCreate);
    const checked = await step("plan", (at) =>
      tasks.checkPlan.executeWithOptions(
        { ...activityOptions.task, summary: `check the plan of ${hostname} on ${node}` },
        [at],
      ),
    );
    // Reserved in this moment: newer than what the run was opened with.
    const reserved = checked?.ahead?.vmid ?? run.vmid ?? undefined;
    if (
      reserved !== undefined &&
      checked?.ahead &&
      alreadyDone("reserve", { detail: { is: "reserved", vmid: reserved } })
    ) {
      vmid = reserved;
      steps.vmid(vmid);
    } else
      await step("reserve", async (at, changed) => {
        if (changed?.vmid !== undefined) await take(at, changed);
        else {
          vmid = reserved ?? (await reserve(at, []));
          steps.vmid(vmid);
        }
        return { detail: { is: "reserved", vmid } };
      });

    const image = checked?.ahead?.image;
    const there = image && Date.now() - image.atMs < IMAGE_COUNTS_MS ? image.detail : undefined;
    if (there === undefined || !alreadyDone("image", { detail: there }))
      await step("image", (at) =>
        tasks.fetchImage.executeWithOptions(
          { ...activityOptions.task, summary: `OS template of ${hostname} on ${node}` },
          [at],
        ),
      );

    // In turn as well: thirty creations that are cancelled at once must not destroy thirty guests at once.
    if (!made) undo("create", takeBackCreate);
    await step("create", async (at, changed) => {
      if (changed) {
        // What was begun with the old settings must not pass for what the new ones ask.
        await takeBack(at, at.step);
        await take(at, changed);
        // They may name another image.
        await tasks.fetchImage(at);
      }
      for (const lost: number[] = []; ;) {
        const created = await slots.within("create", at, () => create(at, lost));
        if (created !== undefined) return created;
        await tasks.waitUnlocked.executeWithOptions(summary("wait for a person to unlock"), [{ ...at, vmid }]);
      }
    });

    await step("start", (at) =>
      slots.within("task", at, () => tasks.startLxc.executeWithOptions(summary("start"), [{ ...at, vmid }])),
    );
    await step("ready", (at) => tasks.waitReady.executeWithOptions(summary("wait for"), [{ ...at, vmid }]));
    await step("files", (at) => tasks.deployFiles.executeWithOptions(summary("files into"), [{ ...at, vmid }]));
    await step("packages", (at) =>
      scripts.installPackages.executeWithOptions({ ...activityOptions.script, summary: `packages into CT ${vmid}` }, [
        { ...at, vmid },
      ]),
    );
    for (const { name, script } of run.steps) {
      if (script !== undefined)
        await step(name, (at) =>
          scripts.runScript.executeWithOptions({ ...activityOptions.script, summary: `${script} in CT ${vmid}` }, [
            { ...at, vmid, script },
          ]),
        );
    }
    await step("discover", (at) => tasks.discover.executeWithOptions(summary("look into"), [{ ...at, vmid }]));
    if (!patched("nothing-to-finish-2026-11-29") || !alreadyDone("finish", {}))
      await step("finish", () => Promise.resolve<StepResult>({}));
  });
}

/** An image that the check of the plan saw is asked for again after this. */
const IMAGE_COUNTS_MS = 5_000;

const otherVmid = "Edit and retry with another VMID, or with none for the next free one.";

/** The VMID that a person chose instead of the one that failed. */
async function claim({ containerId }: StepAt, vmid: number): Promise<number> {
  const answer = await records.reserveVmid({ containerId, vmid });
  if (!answer.reserved)
    throw ApplicationFailure.nonRetryable(`VMID ${vmid} is taken by ${answer.holder}. ${otherVmid}`, "vmid-taken");
  return vmid;
}

/** The next free VMID that nobody else of ours reserves meanwhile. */
async function reserve(at: StepAt, lost: readonly number[]): Promise<number> {
  let but = [...lost];
  for (;;) {
    const vmid = await tasks.nextFreeVmid({ ...at, but });
    const answer = await records.reserveVmid({ containerId: at.containerId, vmid });
    if (answer.reserved) return vmid;
    but = [...lost, vmid, ...answer.taken];
  }
}
