// Before anything is made: is the world still the one that its person saw, and is what will be made what the plan says?
import { changeSentence, planChanges } from "@homeport/domain/plan/plan-changes";
import { type PlanDocument, sameCall } from "@homeport/domain/plan/plan";
import { StepFailure } from "../../failures";
import { plainTexts } from "../../output/harmless";
import type { Planned } from "../../plan-ports";
import type { PlanAhead, PlanChecked, StepAt } from "../../step-at";
import { nextFreeVmid } from "./next-free-vmid";
import { planned, planToCreate } from "./plan-container";
import { planOptions, planOverSsh } from "./plan-options";
import { sightLately } from "../recent";
import type { StepContext } from "../run-step";

/**
 * Fails while something stands in the way; once that is gone, the plan is what it was. Fails with what else changed, and from
 * then on that is what the person has seen: retrying goes on with it, unless it changed again. A run that nobody could plan when it
 * was asked for, as the engine or its node was away, is planned here.
 */
export async function checkPlan(step: StepContext, { runId }: StepAt): Promise<PlanChecked> {
  const { deps } = step;
  const shown = await deps.plans.shown(runId);
  if (await deps.plans.passed(runId)) return { detail: { is: "as_planned" } };
  const now = await planNow(step);
  if (now.hash === shown?.hash) return { detail: { is: "as_planned" }, ahead: await readAhead(step, now) };
  await deps.plans.show(runId, now);
  if (shown === null) return { detail: { is: "planned_now" }, ahead: await readAhead(step, now) };
  const changes = shown.document === null ? [] : planChanges(shown.document, now.document).map(changeSentence);
  throw new StepFailure(
    `The node has changed since your review${changes.length === 0 ? "" : `: ${changes.join("; ")}`}. Retry to go on with the new plan.`,
  );
}

/**
 * What the steps behind it would ask the node again in this moment: a free VMID, which is reserved, and whether the image is there. That
 * there is no VMID is told by the step that reserves one, where a person can type one.
 */
async function readAhead(step: StepContext, { document: { vmid, image } }: Planned): Promise<PlanAhead> {
  const [storage = ""] = image.volid.split(":");
  return {
    ...(vmid.typed === null ? await reserved(step) : {}),
    ...(image.present ? { image: { detail: { is: "image_there", storage }, atMs: Date.now() } } : {}),
  };
}

async function reserved(step: StepContext): Promise<{ vmid?: number }> {
  try {
    return { vmid: await nextFreeVmid(step, []) };
  } catch (error) {
    if (error instanceof StepFailure) return {};
    throw error;
  }
}

/**
 * Right before the create call: the plan that the run holds makes this very call. Settings that were edited on the way are planned
 * now, and refused while something stands in their way. Runs of before plans were made for all have none, and go on as they were begun.
 */
export async function holdToPlan(step: StepContext): Promise<void> {
  const { deps, at } = step;
  const shown = await deps.plans.shown(at.runId);
  if (shown === null) return;
  const { spec } = await deps.blueprint(at.containerId);
  const call: Pick<PlanDocument, "config" | "overSsh"> = plainTexts({
    config: planOptions(spec),
    overSsh: planOverSsh(spec),
  });
  if (shown.document !== null && sameCall(shown.document, call)) return;
  await deps.plans.show(at.runId, await planNow(step));
}

/** Throws what stands in the way. */
async function planNow({ deps, host, signal, at }: StepContext): Promise<Planned> {
  const { spec } = await deps.blueprint(at.containerId);
  const facts = await deps.plans.facts({ spec, containerId: at.containerId });
  // Who retries has been told what was seen, and did something about it since.
  const seen = at.attempt === 1 ? sightLately(host, spec, deps.pace) : undefined;
  const planning = { spec, facts, ...(seen === undefined ? {} : { seen }) };
  const now = planned(await planToCreate(deps, host, { planning, signal }));
  const obstacles = now.document.blockers.map(({ text, fix, command }) =>
    [text, fix, command].filter((one) => one !== undefined).join(" "),
  );
  if (obstacles.length > 0) throw new StepFailure(`It cannot be created now: ${obstacles.join(" ")}`);
  return now;
}
