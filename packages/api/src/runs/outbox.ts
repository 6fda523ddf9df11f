// What a person decided about a run: written once, in the transaction that also writes the audit line, then handed to the engine.
// While the engine is away the row waits; the sweeper (temporal/src/outbox.ts) hands it over later, in order.
import { randomUUID } from "node:crypto";
import type { DbOrTransaction, Prisma } from "@homeport/db/client";
import { AppError, isAppError } from "@homeport/domain/error";
import type { Decision, Steer } from "@homeport/domain/run/run-state";
import type { StepEdit } from "@homeport/domain/run/step-edit";
import { containerOf } from "@homeport/domain/run/run-subject";
import { noteRun, type RunNote } from "@homeport/records/note-run";
import { z } from "zod";
import type { MemberContext } from "../context";
import { findAnswer, keepAnswer } from "../idempotency";
import { owned } from "../access/owned";
import { readProjects } from "../access/projects";
import { uuid } from "@homeport/domain/text/uuid";

export interface Asked {
  id: string;
  decision: Decision | Steer | "cancel";
  requestKey?: string | undefined;
  /** What the person changed, if anything: part of what one key stands for. */
  edit?: StepEdit | undefined;
}

/** What the decision is about, and what it changes at once; a refusal is thrown. */
export interface Judged {
  step?: string;
  attempt?: number;
  edit?: StepEdit;
  note?: RunNote;
}

/** `delivered` is false when the engine is away: it is done later. */
export interface Accepted {
  id: string;
  delivered: boolean;
}

const select = {
  kind: true,
  state: true,
  nodeId: true,
  cancelRequestedAt: true,
  pauseRequestedAt: true,
  container: {
    select: {
      id: true,
      hostname: true,
      spec: true,
      templateRevisionId: true,
      createdById: true,
      project: { select: { id: true, organizationId: true } },
    },
  },
  steps: { select: { name: true, state: true, attempt: true }, orderBy: { position: "asc" } },
} as const satisfies Prisma.RunSelect;
type RunRow = Prisma.RunGetPayload<{ select: typeof select }>;
export type JudgedRun = RunRow & { container: NonNullable<RunRow["container"]> };

const Taken = z.object({ runId: uuid(), decisionId: uuid() });

/** `judge` runs with the run's row locked: two people who decide at once are judged one after the other. */
export async function acceptDecision(
  ctx: MemberContext,
  { id, decision, requestKey = randomUUID(), edit: changed }: Asked,
  judge: (run: JudgedRun, within: DbOrTransaction) => Promise<Judged>,
): Promise<Accepted> {
  const row = await ctx.db.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT 1 FROM "Run" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`;
    // Who was removed while the node was asked decides nothing. Read once: a batch decides about hundreds, one after the other.
    const projects = await readProjects(transaction, ctx);
    const { row, membership } = await owned(
      { ...ctx, projects: () => Promise.resolve(projects) },
      { noun: "run", id, permission: "run:write", within: transaction },
      select,
    );
    const run: JudgedRun = { ...row, container: containerOf(row) };
    const request = {
      key: requestKey,
      action: "runs.decide",
      content: { id, decision, edit: changed },
      outcome: Taken,
    };
    const earlier = await findAnswer(ctx, request, transaction);
    if (earlier) return transaction.runDecision.findUniqueOrThrow({ where: { id: earlier.decisionId } });
    const { step = null, attempt = null, edit, note } = await judge(run, transaction);
    const made = await transaction.runDecision.create({
      data: {
        runId: id,
        requestKey,
        decision,
        step,
        attempt,
        userId: ctx.userId,
        createdAt: ctx.clock(),
        ...(edit === undefined ? {} : { edit }),
      },
    });
    await noteRun(transaction, id, note);
    await ctx.audit(transaction, {
      action: `run.${decision}`,
      target: { type: "run", id, name: run.container.hostname },
      organizationId: membership.organizationId,
      projectId: membership.projectId,
      details: {
        container: run.container.id,
        kind: run.kind,
        ...(step === null ? {} : { step, attempt }),
        ...(edit === undefined ? {} : { edited: Object.keys(edit).join() }),
      },
    });
    await keepAnswer(ctx, request, { within: transaction, answer: { runId: id, decisionId: made.id } });
    return made;
  });
  return { id, delivered: await handOver(ctx, row) };
}

type Row = Prisma.RunDecisionGetPayload<object>;

/** False when it is still on its way. Throws when the engine refuses it. */
async function handOver(ctx: MemberContext, row: Row): Promise<boolean> {
  if (row.refusal !== null) throw new AppError("run.refused", row.refusal);
  if (row.deliveredAt !== null) return true;
  // In order: what was decided before it comes first. A cancel makes all of that moot.
  const before =
    row.decision === "cancel"
      ? 0
      : await ctx.db.runDecision.count({ where: { runId: row.runId, deliveredAt: null, id: { lt: row.id } } });
  if (before > 0) return false;
  try {
    await signalEngine(ctx, row);
  } catch (error) {
    if (isAppError(error) && error.code === "conflict") {
      await settle(ctx, row, error.message);
      throw error;
    }
    ctx.log({ id: row.runId, path: `runs.${row.decision}`, error });
    return false;
  }
  await settle(ctx, row, null);
  return true;
}

function signalEngine({ engine }: MemberContext, { runId, requestKey, decision, step, attempt }: Row): Promise<void> {
  switch (decision) {
    case "cancel":
      return engine.cancel(runId, requestKey);
    case "pause":
    case "resume":
      return engine.steer(runId, decision, requestKey);
    default: {
      const word = decision as Decision; // run_decision_known leaves these three
      return engine.decide(
        runId,
        step === null || attempt === null ? word : { decision: word, step, attempt },
        requestKey,
      );
    }
  }
}

async function settle({ db, clock }: MemberContext, { id, runId }: Row, refusal: string | null): Promise<void> {
  await db.$transaction(async (transaction) => {
    await noteRun(transaction, runId);
    await transaction.runDecision.updateMany({
      where: { id, deliveredAt: null },
      data: { deliveredAt: clock(), refusal },
    });
  });
}
