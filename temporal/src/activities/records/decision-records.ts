// What became of a person's decisions: whether the run may act on one, and the run that acted on one says so in its row.
import type { DbOrTransaction } from "@homeport/db/client";
import type { RunKind, RunState } from "@homeport/db/types";
import { Decisions } from "@homeport/domain/run/run-state";
import { containerIdOf } from "@homeport/domain/run/run-subject";
import { runKinds } from "@homeport/domain/run/run-kinds";
import type { Unfinished } from "@homeport/records/end-attempts";
import { recordEvent } from "@homeport/records/record-event";
import { noteRun } from "@homeport/records/note-run";
import type { RecordDeps } from "./types";

/** What reached a run as a decision. */
export interface DecisionRequest {
  runId: string;
  decision: string;
  /** Of its row. */
  key?: string | undefined;
  /**
   * The failure it is about. Not `step` and `attempt` of the call itself: by those the fence refuses a workflow that is behind its rows,
   * and one that asks for a decision must get it, so that it goes on, meets the fence there and begins anew.
   */
  about?: { step?: string | undefined; attempt?: number | undefined };
}

/** What a run asks before it obeys. Reading only, but for the note of a cancel request that nobody recorded. */
export const decisionRecords = ({ db }: RecordDeps) => ({
  /** `refusal`: why the run must not act on it; null when a person decided exactly this, and it was not done before. */
  async checkDecision({ runId, key, decision, about = {} }: DecisionRequest): Promise<{ refusal: string | null }> {
    const row =
      typeof key !== "string"
        ? null
        : await db.runDecision.findUnique({
            where: { runId_requestKey: { runId, requestKey: key } },
            select: { decision: true, step: true, attempt: true, deliveredAt: true, refusal: true },
          });
    if (row === null || row.decision !== decision) return { refusal: "Nobody decided this in Homeport." };
    if (row.refusal !== null) return { refusal: row.refusal };
    if (row.step !== (about.step ?? null) || row.attempt !== (about.attempt ?? null))
      return { refusal: "Nobody decided this about this failure in Homeport." };
    return { refusal: row.deliveredAt === null ? null : "This was decided before, and the run had it." };
  },

  async checkCancel({ runId }: { runId: string }): Promise<{ recorded: boolean }> {
    return { recorded: (await db.run.count({ where: { id: runId, cancelRequestedAt: { not: null } } })) > 0 };
  },

  /** Somebody asked Temporal itself: once for each run, so that a repeated activity adds nothing. */
  async noteStrangeCancel({ runId }: { runId: string }): Promise<void> {
    await db.$transaction(async (transaction) => {
      const containerId = containerIdOf(await noteRun(transaction, runId));
      const event = { type: "run.cancel_not_recorded", runId } as const;
      if (
        (await transaction.containerEvent.count({
          where: { containerId, type: event.type, metadata: { path: ["runId"], equals: runId } },
        })) > 0
      )
        return;
      await recordEvent(transaction, containerId, event);
    });
  },
});

/** The run acts on it: it was delivered, whatever its sender heard. Answers who decided. */
export async function actOn(
  within: DbOrTransaction,
  { runId, key }: { runId: string; key: string },
): Promise<string | undefined> {
  const row = await within.runDecision.findUnique({
    where: { runId_requestKey: { runId, requestKey: key } },
    select: { id: true, deliveredAt: true, user: { select: { name: true } } },
  });
  if (row === null) return undefined;
  await within.runDecision.update({
    where: { id: row.id },
    data: { deliveredAt: row.deliveredAt ?? new Date(), refusal: null },
    select: { id: true },
  });
  return row.user?.name;
}

/** Who asked for the pause: the click of this key, or the last one there was. */
export async function whoPaused(
  within: DbOrTransaction,
  { runId, key }: { runId: string; key: string },
): Promise<string | undefined> {
  const by = key === "" ? {} : { requestKey: key };
  const row = await within.runDecision.findFirst({
    where: { runId, decision: "pause", ...by },
    orderBy: { createdAt: "desc" },
    select: { user: { select: { name: true } } },
  });
  return row?.user?.name;
}

/** How a step ends in whose middle a person cancelled the run: a creation is taken back, of an operation nothing is. */
export async function cancelledStep(
  within: DbOrTransaction,
  { runId, kind }: { runId: string; kind: RunKind },
): Promise<Unfinished> {
  const row = await within.runDecision.findFirst({
    where: { runId, decision: "cancel" },
    orderBy: { createdAt: "desc" },
    select: { user: { select: { name: true } } },
  });
  const who = row?.user?.name;
  return {
    state: runKinds[kind].undoable ? "undone" : "failed",
    detail: { is: "cancelled", by: who ?? null },
  };
}

/** This failure was decided once, and is back: the engine lost what came of it. It can be decided anew. */
export async function reopenFailure(
  within: DbOrTransaction,
  failure: { runId: string; step: string; attempt: number },
): Promise<void> {
  await within.runDecision.updateMany({
    where: { ...failure, decision: { in: [...Decisions] }, deliveredAt: { not: null }, refusal: null },
    data: { refusal: "The engine lost it: the run was begun anew." },
  });
}

const takenBack: ReadonlyMap<RunState, string> = new Map([
  ["cancelled", "was cancelled"],
  ["undone", "was undone"],
]);

/**
 * In the statement that ends the run: nothing is handed over to it any more, and what was accepted but did not happen is refused
 * with the reason. `cancelled` and `undone`: what it made was taken back, so a cancel got what it asked for. `paused`: a pause was still asked for.
 */
export async function closeDecisions(
  within: DbOrTransaction,
  { runId, state, paused }: { runId: string; state: RunState; paused: boolean },
): Promise<void> {
  const cancelled = takenBack.has(state);
  const ended = takenBack.get(state) ?? "had come to its end";
  const accepted = { runId, refusal: null };
  const deliveredAt = new Date();
  if (cancelled)
    await within.runDecision.updateMany({
      where: { ...accepted, decision: "cancel", deliveredAt: null },
      data: { deliveredAt },
    });
  await within.runDecision.updateMany({
    where: { ...accepted, deliveredAt: null },
    data: { deliveredAt, refusal: cancelled ? `The run ${ended}.` : "The run had ended." },
  });
  if (!cancelled)
    await within.runDecision.updateMany({
      where: { ...accepted, decision: "cancel" },
      data: { refusal: "The run had come to its end before it could be cancelled." },
    });
  if (!paused) return;
  const last = await within.runDecision.findFirst({
    where: { ...accepted, decision: "pause" },
    orderBy: { createdAt: "desc" },
    select: { id: true },
  });
  if (last !== null)
    await within.runDecision.update({
      where: { id: last.id },
      data: { refusal: `The run ${ended} before it could pause.` },
      select: { id: true },
    });
}
