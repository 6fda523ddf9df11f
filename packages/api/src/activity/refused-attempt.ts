// The audit line of what was refused for want of a right: somebody tried what is not theirs. What was merely typed wrong leaves none.
import { isAppError, type Place } from "@homeport/domain/error";
import { uuid } from "@homeport/domain/text/uuid";
import { z } from "zod";
import { createAudit } from "../audit";
import { actorOf } from "../access/actor";
import { memberContext, type Context } from "../context";

const refusedForRights: readonly string[] = [
  "role.forbids",
  "token.forbids",
  "thing.not_found",
  "invitation.other_account",
];

interface Attempt {
  /** The procedure: "containers.destroy". */
  path: string;
  input: () => unknown;
  /** What it was refused with. */
  cause: unknown;
}

/**
 * Written after the refusal, in no transaction of its own: there is none. No more than a bucket lets through (auth/limits, refusedAttempt), so that
 * nobody fills the log; what cannot be written changes no answer.
 */
export async function recordRefusedAttempt(ctx: Context, { path, input, cause }: Attempt): Promise<void> {
  if (!isAppError(cause) || !refusedForRights.includes(cause.refusal)) return;
  const member = memberContext(ctx);
  if (member === null) return;
  try {
    const place: Place = cause.details.place ?? {};
    if (!(await ctx.auth.mayRecordRefused(member.userId, place.projectId ?? place.organizationId ?? "own"))) return;
    await createAudit(actorOf(ctx), ctx.origin)(ctx.db, {
      action: "access.refuse",
      ...place,
      details: { ...aimOf(await input()), tried: path, reason: cause.refusal },
    });
  } catch (failure) {
    ctx.log({ id: "refused", path, error: failure });
  }
}

const Named = z.record(z.string(), z.unknown());
const Role = z.enum(["OWNER", "ADMIN", "OPERATOR", "VIEWER"]);
/** The input was not parsed yet, and may be anything. */
const INPUT_NAME = /^[a-zA-Z]{1,40}$/;
const MOST_NAMES = 10;

/** What it was aimed at: the ids of the input, and the role that was to be given. Nothing else of it, as it may hold secrets. */
function aimOf(input: unknown): Record<string, string> {
  const entries = Object.entries(Named.safeParse(input).data ?? {})
    .filter(([name]) => INPUT_NAME.test(name) && name !== "requestKey")
    .filter(([name, value]) => uuid().safeParse(value).success || (name === "role" && Role.safeParse(value).success));
  return Object.fromEntries(entries.slice(0, MOST_NAMES).map(([name, value]) => [name, String(value)]));
}
