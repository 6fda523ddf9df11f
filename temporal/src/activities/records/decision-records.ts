// What became of a person's decisions: the run that acted on one says so in its row.
import type { DbOrTransaction } from "@homeport/db/client";
import { Decisions } from "@homeport/domain/run-state";

/** The run acts on it: it was delivered, whatever its sender heard. Answers who decided. */
export async function actOn(within: DbOrTransaction, { runId, key }: { runId: string; key: string }): Promise<string | undefined> {
  const row = await within.runDecision.findUnique({ where: { runId_requestKey: { runId, requestKey: key } }, select: { id: true, deliveredAt: true, user: { select: { name: true } } } });
  if (row === null) return undefined;
  await within.runDecision.update({ where: { id: row.id }, data: { deliveredAt: row.deliveredAt ?? new Date(), refusal: null }, select: { id: true } });
  return row.user?.name;
}

/** Who asked for the pause: the click of this key, or the last one there was. */
export async function whoPaused(within: DbOrTransaction, { runId, key }: { runId: string; key: string }): Promise<string | undefined> {
  const by = key === "" ? {} : { requestKey: key };
  const row = await within.runDecision.findFirst({ where: { runId, decision: "pause", ...by }, orderBy: { createdAt: "desc" }, select: { user: { select: { name: true } } } });
  return row?.user?.name;
}

/** This failure was decided once, and is back: the engine lost what came of it. It can be decided anew. */
export async function reopenFailure(within: DbOrTransaction, failure: { runId: string; step: string; attempt: number }): Promise<void> {
  await within.runDecision.updateMany({ where: { ...failure, decision: { in: [...Decisions] }, deliveredAt: { not: null }, refusal: null }, data: { refusal: "The engine lost it: the run was begun anew." } });
}

/** Nothing is handed over to a run that has ended. */
export async function closeDecisions(within: DbOrTransaction, { runId, cancelled }: { runId: string; cancelled: boolean }): Promise<void> {
  const open = { runId, deliveredAt: null };
  const deliveredAt = new Date();
  if (cancelled) await within.runDecision.updateMany({ where: { ...open, decision: "cancel" }, data: { deliveredAt } });
  await within.runDecision.updateMany({ where: open, data: { deliveredAt, refusal: "The run had ended." } });
}
