// Failures inside a subscription, explained like all others: the stream has begun, and middleware sees no more of it.
import type { Context } from "./context";
import { explain } from "./explain";

/** `path` names the procedure in the log. */
export async function* streamed<T>({ log }: Context, path: string, events: AsyncIterable<T>): AsyncGenerator<T, void, void> {
  try {
    yield* events;
  } catch (error) {
    throw explain(error, (id, cause) => { log({ id, path, error: cause }); });
  }
}
