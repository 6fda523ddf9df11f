// One click, one effect: what was carried out under a key is answered again to the same request, and refused to another.
import { createHash } from "node:crypto";
import type { DbOrTransaction } from "@homeport/db/client";
import { uniqueIndex } from "@homeport/db/known-error";
import { AppError, type Existing } from "@homeport/domain/error";
import { canonical } from "@homeport/domain/canonical";
import { containerOf } from "@homeport/domain/run/run-subject";
import { runTitle } from "@homeport/domain/text/run-title";
import { z } from "zod";
import type { MemberContext } from "./context";
import { uuid } from "@homeport/domain/text/uuid";

/** Each token has keys of its own: it learns nothing of what its person, or another token, did under one. */
export function storedKey({ bearer }: Pick<MemberContext, "bearer">, key: string): string {
  return bearer === null ? key : `${bearer.token.id}:${key}`;
}

export interface KeyedRequest<T> {
  /** From the browser: one for each intention of the person. */
  key: string;
  /** The procedure. */
  action: string;
  /** All that the person decided; not what the page adds of itself (the plan it saw). */
  content: unknown;
  /** What is kept of the answer. */
  outcome: z.ZodType<T>;
}

/** The answer of an earlier arrival of this request; undefined when it is the first. Throws "conflict" when the key carried out something else. */
export async function findAnswer<T>(
  { db, userId, bearer, audit }: MemberContext,
  { key: sent, action, content, outcome }: KeyedRequest<T>,
  within: DbOrTransaction = db,
): Promise<T | undefined> {
  const key = storedKey({ bearer }, sent);
  const row = await within.idempotencyKey.findUnique({ where: { userId_key: { userId, key } } });
  if (row === null) return undefined;
  if (row.action !== action || row.contentHash !== hashOf(content)) throw await usedOtherwise(within, row.outcome);
  audit.nothing("the first arrival of this request wrote the line");
  return outcome.parse(row.outcome);
}

/** In the transaction that carries it out: of two that arrive at once, one is rolled back. */
export async function keepAnswer<T>(
  { userId, bearer, clock }: MemberContext,
  { key: sent, action, content, outcome }: KeyedRequest<T>,
  kept: { within: DbOrTransaction; answer: T },
): Promise<void> {
  await kept.within.idempotencyKey.create({
    data: {
      userId,
      key: storedKey({ bearer }, sent),
      action,
      contentHash: hashOf(content),
      outcome: z.json().parse(outcome.parse(kept.answer)) ?? {},
      createdAt: clock(),
    },
    select: { key: true },
  });
}

/**
 * For what is made in one transaction: of arrivals at once each waits for `lock`, and the second is answered what the first one made.
 * `clashes`: whether the making failed because something is there that the first one may have made.
 */
export async function madeOnce<T>(
  ctx: MemberContext,
  request: KeyedRequest<T>,
  how: {
    lock: (transaction: DbOrTransaction) => Promise<void>;
    make: (transaction: DbOrTransaction) => Promise<T>;
    clashes: (error: unknown) => boolean;
  },
): Promise<T> {
  const repeated = await findAnswer(ctx, request);
  if (repeated !== undefined) return repeated;
  try {
    return await ctx.db.$transaction(async (transaction) => {
      await how.lock(transaction);
      const earlier = await findAnswer(ctx, request, transaction);
      if (earlier !== undefined) return earlier;
      const answer = await how.make(transaction);
      await keepAnswer(ctx, request, { within: transaction, answer });
      return answer;
    });
  } catch (error) {
    const first = cameSecond(error) || how.clashes(error) ? await findAnswer(ctx, request) : undefined;
    if (first !== undefined) return first;
    throw error;
  }
}

/** For what is many transactions, each harmless when it is done again: the answer is kept once all are through. */
export async function once<T>(ctx: MemberContext, request: KeyedRequest<T>, act: () => Promise<T>): Promise<T> {
  const earlier = await findAnswer(ctx, request);
  if (earlier !== undefined) return earlier;
  const answer = await act();
  // Another arrival may have been faster; each did what the other had left.
  await keepAnswer(ctx, request, { within: ctx.db, answer }).catch((error: unknown) => {
    if (!cameSecond(error)) throw error;
  });
  return answer;
}

/** Whether a write failed because another arrival of the request was faster: `findAnswer` has its answer. */
export function cameSecond(error: unknown): boolean {
  return ["IdempotencyKey_pkey", "Run_userId_requestKey_key", "Batch_userId_requestKey_key"].includes(
    uniqueIndex(error) ?? "",
  );
}

const hashOf = (content: unknown): string => createHash("sha256").update(canonical(content)).digest("hex");

const Named = z.object({ runId: uuid().nullish(), batchId: uuid().nullish() });

/** Names what the key stands for; the rows are the person's own, as the key is. */
async function usedOtherwise(within: DbOrTransaction, outcome: unknown): Promise<AppError> {
  const exists = await madeUnderKey(within, outcome);
  if (exists === undefined)
    return new AppError(
      "request.reused",
      "Something else was requested with this request already: nothing was done now. Send it again to request what it says now.",
    );
  return new AppError(
    "request.reused",
    `“${exists.name}” was asked for with this request already, in another tab perhaps. What it says now is something else: nothing was done. Send it again to have that as well.`,
    { exists },
  );
}

/** The run or the batch; undefined when the outcome names none, or none that is left. */
async function madeUnderKey(within: DbOrTransaction, outcome: unknown): Promise<Existing | undefined> {
  const { runId, batchId } = Named.catch({}).parse(outcome);
  if (runId) {
    const run = await within.run.findUnique({
      where: { id: runId },
      select: { id: true, kind: true, container: { select: { hostname: true } } },
    });
    if (run) return { type: "run", id: run.id, name: runTitle({ kind: run.kind, container: containerOf(run) }) };
  }
  if (!batchId) return undefined;
  const batch = await within.batch.findUnique({ where: { id: batchId }, select: { id: true, title: true } });
  return batch ? { type: "batch", id: batch.id, name: batch.title } : undefined;
}
