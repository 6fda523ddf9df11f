// What the builder of mutations does for a request that carries a key: sent again, it is answered what the first one was answered.
import { z } from "zod";
import { ContainerActions } from "@homeport/domain/run/run-kinds";
import type { MemberContext } from "./context";
import { once } from "./idempotency";

/**
 * These keep their answer themselves, in the transaction that does what was asked for: of two arrivals at once one is rolled back. What
 * they keep names what was made, and what they answer may be newer. All others are many transactions, each harmless when it is done again.
 */
const keepThemselves: ReadonlySet<string> = new Set([
  ...["create", ...ContainerActions].map((verb) => `containers.${verb}`),
  ...["decide", "pause", "resume", "cancel", "again"].map((verb) => `runs.${verb}`),
  "batches.create",
  "projects.create",
  "organizations.create",
  "orphans.settle",
  "approvals.ask",
]);

interface Call {
  ctx: MemberContext;
  input: unknown;
  /** The procedure: "batches.retryFailed". */
  path: string;
}
type Resolve = (call: Call) => unknown;
interface Builder {
  input: (parser: never) => unknown;
  mutation: (resolve: never) => unknown;
}

const Keyed = z.looseObject({ requestKey: z.string() });
/** What is kept of an answer; a `Date` in it would come back as a text, and is refused. */
const Answer = z.json();

/** The same builder, whose mutations need not know of repetitions. */
export function answerOnce<B extends Builder>(builder: B): B {
  return {
    ...builder,
    input: (parser: never) => answerOnce(builder.input(parser) as Builder), // a builder again
    mutation: (resolve: never) => builder.mutation(answering(resolve) as never), // of the same type as the resolver it gets
  };
}

function answering(resolve: Resolve): Resolve {
  return (call) => {
    const { ctx, input, path } = call;
    const { data } = Keyed.safeParse(input);
    if (data === undefined || keepThemselves.has(path)) return resolve(call);
    const { requestKey: key, ...content } = data;
    return once(ctx, { key, action: path, content, outcome: Answer }, async () => Answer.parse(await resolve(call)));
  };
}
