// The audit line of what was refused for want of a right: somebody tried what is not theirs. What was merely typed wrong leaves none.
import type { Place } from "@homeport/domain/error";
import { isAppError } from "@homeport/domain/error";
import { uuid } from "@homeport/domain/text/uuid";
import { z } from "zod";
import { createAudit } from "../audit";
import { actorOf } from "../access/actor";
import { memberContext, type Context } from "../context";

const refusedForRights: readonly string[] = ["role.forbids", "token.forbids", "thing.not_found"];
const Aimed = z.object({ id: uuid() });

interface Attempt {
  /** The procedure: "containers.destroy". */
  path: string;
  input: unknown;
  /** Of a procedure: tRPC's, with ours as its cause. */
  error: { cause?: unknown };
}

/**
 * Written after the refusal, in no transaction of its own: there is none. No more than a bucket lets through (auth/limits, refusedAttempt), so that
 * nobody fills the log; what cannot be written changes no answer.
 */
export async function recordRefusedAttempt(ctx: Context, { path, input, error: { cause } }: Attempt): Promise<void> {
  if (!isAppError(cause) || !refusedForRights.includes(cause.refusal)) return;
  const member = memberContext(ctx);
  if (member === null) return;
  try {
    if (!(await ctx.auth.mayRecordRefused(member.userId))) return;
    const place: Place = cause.details.place ?? {};
    const { data } = Aimed.safeParse(input);
    await createAudit(actorOf(ctx), ctx.origin)(ctx.db, {
      action: "access.refuse",
      ...place,
      details: { tried: path, ...(data && { id: data.id }), reason: cause.message },
    });
  } catch (failure) {
    ctx.log({ id: "refused", path, error: failure });
  }
}
