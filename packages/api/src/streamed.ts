// A subscription's events, for as long as its session lives; failures inside are explained like all others, as the
// stream has begun by then and middleware sees no more of it.
import { AppError } from "@homeport/domain/error";
import type { MemberContext } from "./context";
import { explain } from "./explain";
import type { Wake } from "./wake";

/** A session that was ended elsewhere stops being told this soon. */
const CHECK_EVERY_MS = 10_000;

/** Of one account, in all its browsers: each has one (decisions/0004), and one for each visible tab where it has no shared worker. */
export const MOST_STREAMS = 50;

/** How many each account has open, by the server's connection to what wakes them: a process of it has one. */
const open = new WeakMap<Wake, Map<string, number>>();

/** `path` names the procedure in the log. */
export function streamed<T>(ctx: MemberContext, path: string, events: AsyncIterable<T>): AsyncGenerator<T, void, void> {
  const counts = open.get(ctx.wake) ?? new Map<string, number>();
  open.set(ctx.wake, counts);
  const count = counts.get(ctx.userId) ?? 0;
  if (count >= MOST_STREAMS)
    throw new AppError(
      "streams.too_many",
      `${count} event streams of your account are open, which is the most at once. Close some of the browsers that it is signed in in.`,
    );
  return counted(counts, ctx.userId, untilSessionEnds(ctx, path, events));
}

/** Counted from its first event on: what is never read is never ended either. */
async function* counted<T>(
  counts: Map<string, number>,
  userId: string,
  events: AsyncGenerator<T, void, void>,
): AsyncGenerator<T, void, void> {
  counts.set(userId, (counts.get(userId) ?? 0) + 1);
  try {
    yield* events;
  } finally {
    const left = (counts.get(userId) ?? 1) - 1;
    if (left === 0) counts.delete(userId);
    else counts.set(userId, left);
  }
}

async function* untilSessionEnds<T>(
  ctx: MemberContext,
  path: string,
  events: AsyncIterable<T>,
): AsyncGenerator<T, void, void> {
  let checkedAt = ctx.clock().getTime();
  try {
    for await (const event of events) {
      const now = ctx.clock().getTime();
      if (now - checkedAt >= CHECK_EVERY_MS) {
        if ((await ctx.auth.validate(ctx.headers.get("cookie"))) === null)
          throw new AppError("session.ended", "You were signed out.");
        checkedAt = now;
      }
      yield event;
    }
  } catch (error) {
    throw explain(error, (id, cause) => {
      ctx.log({ id, path, error: cause });
    });
  }
}
