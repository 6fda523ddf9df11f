// A subscription's events, for as long as its session lives; failures inside are explained like all others, as the
// stream has begun by then and middleware sees no more of it.
import { AppError } from "@homeport/domain/error";
import type { MemberContext } from "./context";
import { explain } from "./explain";

/** A session that was ended elsewhere stops being told this soon. */
const CHECK_EVERY_MS = 10_000;

/** `path` names the procedure in the log. */
export async function* streamed<T>(ctx: MemberContext, path: string, events: AsyncIterable<T>): AsyncGenerator<T, void, void> {
  let checkedAt = ctx.clock().getTime();
  try {
    for await (const event of events) {
      const now = ctx.clock().getTime();
      if (now - checkedAt >= CHECK_EVERY_MS) {
        if ((await ctx.auth.validate(ctx.headers.get("cookie"))) === null) throw new AppError("session.ended", "You were signed out.");
        checkedAt = now;
      }
      yield event;
    }
  } catch (error) {
    throw explain(error, (id, cause) => { ctx.log({ id, path, error: cause }); });
  }
}
