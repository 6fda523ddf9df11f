// A run's stream as the browser reads it: server-sent events over HTTP.
import type { RunEvent } from "@homeport/api";
import superjson from "superjson";
import type { Kit } from "./kit";

/** Ends when the stream does. `at` is when the piece arrived, in milliseconds since the epoch. */
export async function* runStream(
  { info, cookie }: Kit,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<{ at: number; event: RunEvent }, void, void> {
  const input = encodeURIComponent(JSON.stringify(superjson.serialize({ id })));
  const answer = await fetch(`${info.url}/api/trpc/runs.watch?input=${input}`, {
    headers: { cookie, accept: "text/event-stream" },
    signal,
  });
  if (!answer.ok || answer.body === null) throw new Error(`the run's stream answered ${answer.status}`);
  let rest = "";
  for await (const text of answer.body.pipeThrough(new TextDecoderStream())) {
    const at = Date.now();
    const frames = (rest + text).split("\n\n");
    rest = frames.pop() ?? "";
    for (const frame of frames) {
      const data = /^data: (.*)$/m.exec(frame)?.[1];
      if (data === undefined || /^event: /m.test(frame)) continue;
      // What the product's own procedure sends: the types on both sides are one.
      const event = superjson.parse<RunEvent | undefined>(data);
      if (event !== undefined) yield { at, event };
    }
  }
}

/** Follows a run to its end and answers when its last event arrived; throws when it needs a person or fails. */
export async function untilDone(kit: Kit, id: string): Promise<number> {
  const over = new AbortController();
  try {
    for await (const { at, event } of runStream(kit, id, over.signal)) {
      if (event.type !== "run") continue;
      const { state } = event.run;
      if (state === "done" || state === "done_with_warnings") return at;
      if (!["queued", "running", "waiting"].includes(state)) throw new Error(`the run is ${state}`);
    }
    throw new Error("the run's stream ended");
  } finally {
    over.abort();
  }
}
