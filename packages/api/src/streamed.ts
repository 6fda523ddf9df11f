// A subscription's events, for as long as its session or its API token lives; failures inside are explained like all others, as the
// stream has begun by then and middleware sees no more of it.
import { AppError } from "@homeport/domain/error";
import { isStillIn, notInAnyMore } from "./access/identify";
import type { MemberContext } from "./context";
import { explain } from "./explain";
import type { Wake } from "./wake";

/** Besides what the database tells at once. */
const CHECK_EVERY_MS = 10_000;
const AGAIN_MS = 1_000;
/** Of setTimeout; a stream is begun anew long before. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Of one account, in all its browsers: each has one (decisions/0004), and one for each visible tab where it has no shared worker. */
export const MOST_STREAMS = 50;
/** Besides these, by programs with API tokens. */
const MOST_BY_PROGRAMS = 20;

/** How many each account has open, by the server's connection to what wakes them: a process of it has one. */
const open = new WeakMap<Wake, Map<string, number>>();

interface Stream<T> {
  /** Names the procedure in the log. */
  path: string;
  /** Of the request. */
  signal: AbortSignal | undefined;
  events: (until: AbortSignal) => AsyncIterable<T>;
}

export function streamed<T>(ctx: MemberContext, stream: Stream<T>): AsyncGenerator<T, void, void> {
  const counts = open.get(ctx.wake) ?? new Map<string, number>();
  open.set(ctx.wake, counts);
  const isProgram = ctx.bearer !== null;
  const counter = isProgram ? `programs of ${ctx.userId}` : ctx.userId;
  const count = counts.get(counter) ?? 0;
  if (count >= (isProgram ? MOST_BY_PROGRAMS : MOST_STREAMS))
    throw new AppError(
      "streams.too_many",
      `${count} event streams of your account are open, which is the most at once${isProgram ? " by API tokens" : ""}. Close some of ${isProgram ? "those that your programs opened" : "the browsers that it is signed in in"}.`,
    );
  return counted(counts, counter, whileIn(ctx, stream));
}

/** Counted from its first event on: what is never read is never ended either. */
async function* counted<T>(
  counts: Map<string, number>,
  counter: string,
  events: AsyncGenerator<T, void, void>,
): AsyncGenerator<T, void, void> {
  counts.set(counter, (counts.get(counter) ?? 0) + 1);
  try {
    yield* events;
  } finally {
    const left = (counts.get(counter) ?? 1) - 1;
    if (left === 0) counts.delete(counter);
    else counts.set(counter, left);
  }
}

/** Ends at once when who reads it signed out, was disabled or had their token revoked; a notice that was lost is made up for by the next look. */
async function* whileIn<T>(ctx: MemberContext, { path, signal, events }: Stream<T>): AsyncGenerator<T, void, void> {
  const out = new AbortController();
  const until = signal === undefined ? out.signal : AbortSignal.any([signal, out.signal]);
  let again: NodeJS.Timeout | undefined;
  let over = false;
  const check = async (): Promise<void> => {
    if (!(await isStillIn(ctx))) out.abort();
  };
  /** Where the database does not answer, until it does. */
  const checkSoon = (): void => {
    check().catch((error: unknown) => {
      ctx.log({ id: "stream", path, error });
      clearTimeout(again);
      if (!over) again = setTimeout(checkSoon, AGAIN_MS).unref();
    });
  };
  const unsubscribe = ctx.wake.subscribe((event) => {
    if (event.topic === "again" || (event.topic === "account" && event.id === ctx.userId)) checkSoon();
  });
  let ending: NodeJS.Timeout | undefined;
  /** A timer may come a moment early, and takes no year: what is left is looked at again. */
  const watchEnd = (expiresAt: Date): void => {
    const leftMs = expiresAt.getTime() - ctx.clock().getTime();
    if (leftMs <= 0) checkSoon();
    else
      ending = setTimeout(
        () => {
          watchEnd(expiresAt);
        },
        Math.min(leftMs, LONGEST_TIMER_MS),
      ).unref();
  };
  if (ctx.bearer !== null) watchEnd(ctx.bearer.token.expiresAt);
  let checkedAt = ctx.clock().getTime();
  try {
    // What ended it between the request's own look and the subscription was announced to nobody here.
    await check();
    for await (const event of events(until)) {
      const now = ctx.clock().getTime();
      if (now - checkedAt >= CHECK_EVERY_MS) {
        await check();
        checkedAt = now;
      }
      if (out.signal.aborted) break;
      yield event;
    }
    if (out.signal.aborted) throw notInAnyMore(ctx);
  } catch (error) {
    throw explain(error, (id, cause) => {
      ctx.log({ id, path, error: cause });
    });
  } finally {
    over = true;
    unsubscribe();
    clearTimeout(again);
    clearTimeout(ending);
  }
}
