// The only place where procedures come from: each names its permission, and each mutation is ours and leaves an audit line, also when it is refused for want of a right.
import "@homeport/domain/text/input-messages";
import type { Permission } from "@homeport/domain/access/permission";
import { AppError } from "@homeport/domain/error";
import { initTRPC } from "@trpc/server";
import { actorOf } from "./access/actor";
import { isStillIn, notByToken, notInAnyMore, tokenUnknown } from "./access/identify";
import { answerOnce } from "./answer-once";
import { createAudit } from "./audit";
import { memberContext, type Context, type InPersonContext } from "./context";
import { errorData, explain, httpOf } from "./explain";
import { requireRecentSignIn } from "./recent-sign-in";
import { recordRefusedAttempt } from "./activity/refused-attempt";
import { whyNotJson, whyNotOurs } from "./same-origin";
import { OTHER_PERSON, requireSomewhere } from "./access/somewhere";
import { transformer } from "./transformer";

/** The id of the person whose page it is; sent by our own pages. */
const PERSON_HEADER = "x-homeport-person";

type Meta = { permission: Permission; recent: boolean } | { open: string };

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    transformer,
    // Never a stack in an answer, whatever NODE_ENV says.
    isDev: false,
    sse: {
      ping: { enabled: true, intervalMs: 3_000 },
      client: { reconnectAfterInactivityMs: 10_000 },
      maxDurationMs: 300_000,
    },
    errorFormatter({ shape, error, ctx, path }) {
      // What was thrown in a stream is explained here; what was thrown before there was a context, in handler.ts.
      const explained = explain(error, (id, cause) => ctx?.log({ id, path, error: cause }));
      // The status too: what was thrown outside of a procedure has come with tRPC's 500.
      const data = {
        ...shape.data,
        code: explained.code,
        httpStatus: httpOf(explained).status,
        ...errorData(explained),
      };
      return { ...shape, message: explained.message, data };
    },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Translates failures, so that no procedure needs a try. */
const explained = t.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) return result;
  throw explain(result.error, (id, error) => {
    ctx.log({ id, path, error });
  });
});

/** Mutations only from our own pages, and none without an audit line. */
const guarded = t.middleware(async ({ ctx, type, path, meta, next, getRawInput }) => {
  if (ctx.tokenRefused) throw tokenUnknown();
  if (type !== "mutation") return next();
  // No page of another site can send a token along; what is open to everybody does not ask for one, and is a page's business.
  const byToken = ctx.bearer !== null && meta !== undefined && "permission" in meta;
  const refusal = byToken ? whyNotJson(ctx.headers) : whyNotOurs(ctx.headers, ctx.config.origins);
  if (refusal !== undefined) throw new AppError("request.origin", refusal);
  // Of its own, as one request may carry several mutations.
  const audit = createAudit(actorOf(ctx), ctx.origin);
  const result = await next({ ctx: { audit } });
  if (!result.ok) await recordRefusedAttempt(ctx, { path, input: getRawInput, cause: result.error.cause });
  if (result.ok && !audit.recorded) throw new Error(`${path} wrote no audit line`);
  return result;
});

const base = t.procedure.use(explained).use(guarded);

/**
 * A procedure for those who may do this in at least one place; what it touches decides for itself, by access/owned. `recent`: it reveals or
 * replaces a secret, or destroys, and asks for the password when that was not given for a while. A mutation whose input has a
 * `requestKey` is done once under it, however often it arrives.
 */
export function allowed(permission: Permission, options: { recent?: boolean } = {}) {
  return answerOnce(permitted(permission, options));
}

/** The same for a person in their browser alone: what is about their account, their sessions or their tokens is for no program. */
export function inPerson(
  permission: "account:read" | "account:write",
  options: { recent?: boolean; gated?: boolean } = {},
) {
  return answerOnce(
    permitted(permission, options).use(({ ctx, next }) => {
      const { signedIn, bearer } = ctx;
      if (signedIn === null) throw bearer === null ? new Error("nobody is a member") : notByToken(bearer, permission);
      const own: InPersonContext = { ...ctx, signedIn };
      return next({ ctx: own });
    }),
  );
}

function permitted(
  permission: Permission,
  { recent = false, gated = permission !== "account:write" }: PermittedOptions,
) {
  return base.meta({ permission, recent }).use(async ({ ctx, type, signal, next }) => {
    const member = memberContext(ctx);
    if (member === null) throw new AppError("session.none", "Sign in to do this.");
    // A page that is still open after another person signed in gets nothing of theirs, and does nothing in their name.
    const page = ctx.headers.get(PERSON_HEADER);
    if (page !== null && page !== member.userId) throw new AppError("session.other", OTHER_PERSON);
    const answer = async (waited = false) => {
      if (waited && !(await isStillIn(member))) throw notInAnyMore(member);
      await requireSomewhere(member, permission);
      if (recent) requireRecentSignIn(member);
      return next({ ctx: member });
    };
    // Streams are counted by themselves (streamed.ts): they are open for as long as somebody watches. What somebody does about their own account, such as
    // ending a session that fills the gate, has limits of its own and waits for nothing.
    if (type === "subscription" || !gated) return answer();
    return ctx.gate.pass({ account: member.userId, isProgram: member.bearer !== null }, answer, signal);
  });
}

interface PermittedOptions {
  recent?: boolean;
  /** It waits its turn among the requests of the account. */
  gated?: boolean;
}

/** A procedure for everybody, signed in or not; `reason` says why that is right. */
export function open(reason: string) {
  return base.meta({ open: reason });
}
