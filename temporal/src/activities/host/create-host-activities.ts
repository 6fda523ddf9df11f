// Everything that touches a node, as activities. Each may run twice; its own file says what happens then.
import { cleanScript } from "@homeport/domain/run/script-text";
import type { TemplateScript } from "@homeport/domain/template/template";
import type { BatchQuestion, PlannedBatch } from "@homeport/domain/plan/plan-batch";
import type { Planned, PlanRequest, VmidAnswer, VmidQuestion } from "../plan-ports";
import type { Suspect } from "../reconcile-ports";
import type { GuestAt, PlanChecked, StepAt, StepResult } from "../step-at";
import { askVmid } from "./plan/ask-vmid";
import { createLxc, type Created } from "./create/create-lxc";
import { deployFiles } from "./create/deploy-files";
import type { HostDeps } from "./deps";
import { destroyLxc, settleDestroy } from "./guest/destroy-lxc";
import { discover } from "./script/discover";
import { ownGuest } from "./guest/guest";
import { requireLeaseHolds } from "./guest/lease-fence";
import { fetchImage } from "./create/image";
import { readIdentity } from "./node/identity";
import { inspectNode } from "./node/inspect-node";
import { nextFreeVmid } from "./plan/next-free-vmid";
import { waitUnlocked } from "./create/orphan";
import { planBatch } from "./plan/plan-batch";
import { checkPlan } from "./plan/plan-check";
import { planContainer } from "./plan/plan-container";
import { createReadImageFiles } from "./plan/plan-image";
import { pollNode } from "./node/poll-node";
import { rebootLxc, shutdownLxc, startLxc, stopLxc } from "./guest/power";
import { runDetached } from "./script/run-detached";
import { runsStep } from "./run-step";
import { scanNode } from "./node/scan-node";
import { undoCreate } from "./create/undo-create";
import { type Ready, waitReady } from "./create/wait-ready";
import { beating } from "../beating";
import { StepFailure } from "../failures";
import { plainTexts } from "../output/harmless";

const PACKAGES_TIMEOUT_MINUTES = 60;

export const createHostActivities = (deps: HostDeps, lookInside = createReadImageFiles()) => ({
  nextFreeVmid: runsStep(deps, (step, { but }: StepAt & { but: number[] }): Promise<number> => nextFreeVmid(step, but)),
  checkPlan: runsStep(deps, (step, at: StepAt): Promise<PlanChecked> => checkPlan(step, at)),
  fetchImage: runsStep(deps, async (step, at: StepAt): Promise<StepResult> =>
    fetchImage(step, (await deps.blueprint(at.containerId)).spec.osTemplate),
  ),
  createLxc: runsStep(deps, (step, at: GuestAt): Promise<Created> => createLxc(step, at)),
  undoCreate: runsStep(
    deps,
    (step, at: GuestAt): Promise<"locked" | undefined> => undoCreate(step, { vmid: at.vmid, at }),
    { undoing: true },
  ),
  waitUnlocked: runsStep(deps, (step, { vmid }: GuestAt): Promise<void> => waitUnlocked(step, vmid)),
  undoUnlocked: runsStep(deps, (step, { vmid }: GuestAt): Promise<void> => waitUnlocked(step, vmid), { undoing: true }),
  startLxc: runsStep(deps, (step, { vmid }: GuestAt): Promise<StepResult> => startLxc(step, vmid)),
  stopLxc: runsStep(deps, (step, { vmid }: GuestAt): Promise<StepResult> => stopLxc(step, vmid)),
  shutdownLxc: runsStep(deps, (step, { vmid }: GuestAt): Promise<StepResult> => shutdownLxc(step, vmid)),
  rebootLxc: runsStep(deps, (step, { vmid }: GuestAt): Promise<StepResult> => rebootLxc(step, vmid)),
  stopIfThere: runsStep(deps, async (step, { vmid }: GuestAt): Promise<StepResult> => stopIfThere(step, vmid)),
  destroyLxc: runsStep(deps, async (step, { vmid }: GuestAt): Promise<StepResult> => {
    const { gone } = await destroyLxc(step, vmid);
    return gone === "already" ? { detail: { is: "gone_before" } } : {};
  }),
  settleDestroy: runsStep(deps, (step, { vmid }: GuestAt): Promise<{ gone: boolean }> => settleDestroy(step, vmid), {
    undoing: true,
  }),
  waitReady: runsStep(deps, (step, { vmid }: GuestAt): Promise<Ready> => waitReady(step, vmid)),
  deployFiles: runsStep(deps, (step, { vmid }: GuestAt): Promise<StepResult> => deployFiles(step, vmid)),
  installPackages: runsStep(deps, async (step, at: GuestAt): Promise<StepResult> => {
    const { template, spec } = await deps.blueprint(at.containerId);
    const edit = await deps.edit(at);
    const names =
      edit && "packages" in edit
        ? edit.packages
        : template.packages.map(({ name }) => name).filter((name) => !spec.packagesOff.includes(name));
    if (names.length === 0) return { detail: { is: "nothing_to_install" } };
    const text = `. /usr/local/lib/homeport/helpers\nensure_packages ${names.join(" ")}\n`;
    return runDetached(step, at, {
      text,
      title: "Install packages",
      timeoutMinutes: PACKAGES_TIMEOUT_MINUTES,
      repeatable: true,
    });
  }),
  runScript: runsStep(deps, async (step, at: GuestAt & { script: string }): Promise<StepResult> => {
    const { template } = await deps.blueprint(at.containerId);
    const script: TemplateScript | undefined = template.scripts.find(({ name }) => name === at.script);
    if (script === undefined) throw new StepFailure(`The template has no script ${at.script}.`);
    const edit = await deps.edit(at);
    return runDetached(step, at, {
      text: runnable(edit && "script" in edit ? edit.script : script.content, script.title),
      title: script.title,
      timeoutMinutes: script.timeoutMinutes,
      repeatable: script.repeatable,
    });
  }),
  discover: runsStep(deps, (step, { vmid }: GuestAt): Promise<StepResult> => discover(step, vmid)),
  planContainer: (request: PlanRequest): Promise<Planned> => planContainer(deps, lookInside, request),
  planBatch: (question: BatchQuestion): Promise<PlannedBatch> => planBatch(deps, question),
  askVmid: (question: VmidQuestion): Promise<VmidAnswer> => askVmid(deps, question),
  readIdentity: async ({ nodeId }: { nodeId: string }) => plainTexts(await beating(() => readIdentity(deps, nodeId))),
  inspectNode: async ({ nodeId }: { nodeId: string }) => plainTexts(await beating(() => inspectNode(deps, nodeId))),
  pollNode: ({ nodeId }: { nodeId: string }) => beating(() => pollNode(deps, nodeId)),
  scanNode: (asked: { nodeId: string; suspects: Suspect[] }) => beating(() => scanNode(deps, asked)),
});
export type HostActivities = ReturnType<typeof createHostActivities>;

/** A revision or an edit of an earlier Homeport may hold what today's is cleaned of or refused for. */
function runnable(source: string, title: string): string {
  const script = cleanScript(source);
  if ("why" in script) throw new StepFailure(`“${title}” cannot be run: line ${script.line} has ${script.why}`);
  return script.text;
}

/** Before a destroy: one that is gone already needs no stop. */
async function stopIfThere(step: Parameters<typeof stopLxc>[0], vmid: number): Promise<StepResult> {
  const guest = await ownGuest(step, vmid);
  if (guest === null) return { detail: { is: "gone" } };
  // The run of a lease stops nothing on its way to a destroy: what runs is used.
  return (await requireLeaseHolds(step, { vmid, destroys: true })) ? {} : stopLxc(step, vmid);
}
