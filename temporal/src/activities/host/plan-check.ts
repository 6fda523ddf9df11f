// The first step of a run that carries a plan: is the world still the one that its person saw?
import { changeSentence, planChanges } from "@homeport/domain/plan-changes";
import { StepFailure } from "../failures";
import type { StepAt, StepResult } from "../step-at";
import { planned, planOn } from "./plan-container";
import type { Step } from "./run-step";

/**
 * Fails while something stands in the way; once that is gone, the plan is what it was. Fails with what else changed, and from
 * then on that is what the person has seen: retrying goes on with it, unless it changed again.
 */
export async function checkPlan({ deps, host, signal }: Step, { runId, containerId }: StepAt): Promise<StepResult> {
  const shown = await deps.plans.shown(runId);
  if (shown === null) return { detail: "nothing was promised" };
  if (await deps.plans.passed(runId)) return { detail: "as planned" };
  const { spec } = await deps.blueprint(containerId);
  const facts = await deps.plans.facts({ spec, containerId });
  const now = planned(await planOn(host, { spec, facts }, signal));
  const obstacles = now.document.blockers.map(({ text, fix, command }) => [text, fix, command].filter((one) => one !== undefined).join(" "));
  if (obstacles.length > 0) throw new StepFailure(`It cannot be created now: ${obstacles.join(" ")}`);
  if (now.hash === shown.hash) return { detail: "as planned" };
  await deps.plans.show(runId, now);
  const changes = shown.document === null ? [] : planChanges(shown.document, now.document).map(changeSentence);
  throw new StepFailure(`The node changed since you looked${changes.length === 0 ? "" : `: ${changes.join("; ")}`}. Retry to go on with the new plan.`);
}
