// Before anything is made: is the world still the one that its person saw, and is what will be made what the plan says?
import { changeSentence, planChanges } from "@homeport/domain/plan/plan-changes";
import { type PlanDocument, sameCall } from "@homeport/domain/plan/plan";
import { StepFailure } from "../../failures";
import { plainTexts } from "../../output/harmless";
import type { Planned } from "../../plan-ports";
import type { StepAt, StepResult } from "../../step-at";
import { planned, planOn, readSight } from "./plan-container";
import { planOptions, planOverSsh } from "./plan-options";
import { noteSeen } from "../recent";
import type { StepContext } from "../run-step";

/**
 * Fails while something stands in the way; once that is gone, the plan is what it was. Fails with what else changed, and from
 * then on that is what the person has seen: retrying goes on with it, unless it changed again. A run that nobody could plan when it
 * was asked for, as the engine or its node was away, is planned here.
 */
export async function checkPlan(step: StepContext, { runId }: StepAt): Promise<StepResult> {
  const { deps } = step;
  const shown = await deps.plans.shown(runId);
  if (await deps.plans.passed(runId)) return { detail: { is: "as_planned" } };
  const now = await planNow(step);
  if (now.hash === shown?.hash) return { detail: { is: "as_planned" } };
  await deps.plans.show(runId, now);
  if (shown === null) return { detail: { is: "planned_now" } };
  const changes = shown.document === null ? [] : planChanges(shown.document, now.document).map(changeSentence);
  throw new StepFailure(
    `The node has changed since your review${changes.length === 0 ? "" : `: ${changes.join("; ")}`}. Retry to go on with the new plan.`,
  );
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
async function planNow({ deps, host, signal, at: { containerId } }: StepContext): Promise<Planned> {
  const { spec } = await deps.blueprint(containerId);
  const facts = await deps.plans.facts({ spec, containerId });
  const seen = await readSight(host, { spec, facts }, signal);
  noteSeen(host.proxmox, { guests: seen.guests, images: seen.images.map(({ volid }) => volid) });
  const now = planned(await planOn(host, { spec, facts, seen }, signal));
  const obstacles = now.document.blockers.map(({ text, fix, command }) =>
    [text, fix, command].filter((one) => one !== undefined).join(" "),
  );
  if (obstacles.length > 0) throw new StepFailure(`It cannot be created now: ${obstacles.join(" ")}`);
  return now;
}
