// Takes a person's decision about a step that failed, with what they changed for its next attempt.
import type { DbOrTransaction } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";
import { Decisions, whyNotDecide, type Decision } from "@homeport/domain/run/run-state";
import { whyNotEdit, type StepEdit } from "@homeport/domain/run/step-edit";
import type { MemberContext } from "../context";
import { storedKey } from "../idempotency";
import { requireRecentSignIn } from "../recent-sign-in";
import { acceptDecision, type Accepted, type JudgedRun } from "./outbox";
import { plainStep, readScriptFlags } from "./script-flags";
import { agreeEdit, requireSpecEdit } from "./spec-edit";
import { stepKind } from "./view";

export interface Decided {
  id: string;
  decision: Decision;
  requestKey: string;
  edit?: StepEdit | undefined;
}

export async function decideRun(ctx: MemberContext, { id, decision, requestKey, edit }: Decided): Promise<Accepted> {
  if (decision === "undo") requireRecentSignIn(ctx);
  const agreed =
    decision === "retry" && edit !== undefined && "spec" in edit && !(await arrived(ctx, requestKey))
      ? await agreeEdit(ctx, id, edit.spec)
      : null;
  return acceptDecision(ctx, { id, decision, requestKey, edit }, async (run, within) => {
    const failed = run.steps.find(({ state }) => state === "failed");
    const flags = await readScriptFlags(within, run.container.templateRevisionId);
    const refusal = whyNotDecide(decision, {
      ...run,
      failedStep: failed ? (flags.get(failed.name) ?? plainStep) : null,
    });
    if (refusal !== undefined) throw new AppError("run.state", refusal);
    if (failed === undefined) return {};
    await requireUndecided(within, { runId: id, step: failed.name, attempt: failed.attempt });
    if (edit !== undefined)
      await requireEdit(run, { decision, edit, step: failed.name, live: agreed !== null, actorId: ctx.userId }, within);
    return {
      step: failed.name,
      attempt: failed.attempt,
      ...(edit === undefined ? {} : { edit }),
      ...(agreed === null ? {} : { note: agreed }),
    };
  });
}

/** A request that is sent again gets the answer of its first arrival, whatever the node says by now: no plan is made for it. */
const arrived = async ({ db, userId, bearer }: MemberContext, key: string): Promise<boolean> =>
  (await db.idempotencyKey.count({ where: { userId, key: storedKey({ bearer }, key) } })) > 0;

const did: Record<Decision, string> = { retry: "retry it", skip: "skip it", undo: "undo everything" };

/** One decision for one failure: the second person is told of the first. */
async function requireUndecided(
  within: DbOrTransaction,
  failure: { runId: string; step: string; attempt: number },
): Promise<void> {
  const taken = await within.runDecision.findFirst({
    where: { ...failure, refusal: null, decision: { in: [...Decisions] } },
    select: { decision: true, user: { select: { name: true } } },
  });
  const word = Decisions.find((one) => one === taken?.decision);
  if (taken !== null && word !== undefined)
    throw new AppError("run.decided", `${taken.user?.name ?? "Somebody"} decided already: ${did[word]}.`);
}

async function requireEdit(
  run: JudgedRun,
  {
    decision,
    edit,
    step,
    live,
    actorId,
  }: { decision: Decision; edit: StepEdit; step: string; live: boolean; actorId: string },
  within: DbOrTransaction,
): Promise<void> {
  const refusal = decision === "retry" ? whyNotEdit(edit, stepKind(step)) : "Only a retry takes an edit.";
  if (refusal !== undefined) throw new AppError("run.edit", refusal, { fields: { edit: refusal } });
  if ("spec" in edit) await requireSpecEdit(within, { run, live, actorId }, edit.spec);
}
