// Everything that one browser watches, in one stream: a browser keeps six connections to a server, over all its tabs and windows.
import { AppError } from "@homeport/domain/error";
import { tracked, type TrackedEnvelope } from "@trpc/server";
import { z } from "zod";
import { containerTicks, type ContainersTick } from "../containers/watch";
import { containerChanges, type ContainerChanges } from "../containers/feed/changes";
import type { MemberContext } from "../context";
import { explain } from "../explain";
import { nodeTicks, type NodesTick } from "../nodes/watch";
import { runEvents, type RunEvent } from "../runs/watch";
import { OTHER_PERSON, requireSomewhere } from "../access/somewhere";
import { streamed } from "../streamed";
import { merge } from "./merge";
import { uuid } from "@homeport/domain/text/uuid";

/** Far above what is visible at once: a page that nobody sees watches nothing. */
export const MAX_LIVE_TOPICS = 32;
export const TOO_MANY_TOPICS = `At most ${MAX_LIVE_TOPICS} things are watched at once. Close some of the pages that are visible.`;

const Cursor = z.string().max(60);
/** Named as the procedures that watch only one thing. `after`: the id of the last event that is there already. */
export const LiveTopic = z.discriminatedUnion("path", [
  z.strictObject({ path: z.literal("containers.watch"), projectId: uuid() }),
  z.strictObject({ path: z.literal("containers.changes"), projectId: uuid(), after: Cursor.optional() }),
  z.strictObject({ path: z.literal("nodes.watch") }),
  z.strictObject({ path: z.literal("runs.watch"), id: uuid(), after: Cursor.optional() }),
]);
export type LiveTopic = z.infer<typeof LiveTopic>;

/** What only says that something changed is the same for all its readers; a run or a list that is sent is read from where each of them is. */
function namesListsOnce(topics: readonly LiveTopic[]): boolean {
  const lists = topics
    .filter(({ path }) => path !== "runs.watch" && path !== "containers.changes")
    .map((topic) => JSON.stringify(topic));
  return new Set(lists).size === lists.length;
}

export const LiveInput = z.strictObject({
  /** Whom the pages belong to: another person's cookie in the same browser opens nothing for them. */
  person: uuid(),
  topics: z
    .array(LiveTopic)
    .min(1)
    .max(MAX_LIVE_TOPICS, TOO_MANY_TOPICS)
    .refine(namesListsOnce, "Each list is watched once."),
  /** Of a reconnect: the cursors of all topics in their order, "-" where a topic has none. */
  lastEventId: z
    .string()
    .max(61 * MAX_LIVE_TOPICS)
    .nullish(),
});
export type LiveInput = z.infer<typeof LiveInput>;

/** `at`: which of the topics. A topic that is refused ends; the others go on. */
export type LiveEvent =
  | { at: number; type: "data"; id?: string; data: ContainersTick | ContainerChanges | NodesTick | RunEvent }
  | { at: number; type: "refused"; code: string; message: string };

type TopicEvent =
  | Omit<Extract<LiveEvent, { type: "data" }>, "at">
  | Omit<Extract<LiveEvent, { type: "refused" }>, "at">;

export function watchLive(
  ctx: MemberContext,
  input: LiveInput,
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<LiveEvent>, void, void> {
  if (input.person !== ctx.userId) throw new AppError("session.other", OTHER_PERSON);
  return streamed(ctx, { path: "live.watch", signal, events: (until) => events(ctx, input, until) });
}

async function* events(
  ctx: MemberContext,
  { topics, lastEventId }: LiveInput,
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<LiveEvent>, void, void> {
  const cursors = cursorsOf(topics, lastEventId);
  const ended = new AbortController();
  const until = signal === undefined ? ended.signal : AbortSignal.any([signal, ended.signal]);
  try {
    for await (const [at, event] of merge(
      topics.map((topic, index) => watched(ctx, { topic, after: cursors[index] }, until)),
    )) {
      if (event.type === "data" && event.id !== undefined) cursors[at] = event.id;
      yield tracked(cursors.map((cursor) => cursor ?? "-").join(","), { ...event, at });
    }
  } finally {
    ended.abort();
  }
}

function cursorsOf(topics: readonly LiveTopic[], lastEventId: string | null | undefined): (string | undefined)[] {
  const sent = lastEventId?.split(",");
  const own = topics.map((topic) => ("after" in topic ? topic.after : undefined));
  return sent?.length === topics.length ? sent.map((cursor) => (cursor === "-" ? undefined : cursor)) : own;
}

const refusals = new Set(["NOT_FOUND", "FORBIDDEN", "BAD_REQUEST"]);

async function* watched(
  ctx: MemberContext,
  { topic, after }: { topic: LiveTopic; after: string | undefined },
  signal: AbortSignal,
): AsyncGenerator<TopicEvent, void, void> {
  try {
    switch (topic.path) {
      case "containers.watch":
        await requireSomewhere(ctx, "container:read");
        for await (const data of containerTicks(ctx, topic, signal)) yield { type: "data", data };
        return;
      case "containers.changes":
        await requireSomewhere(ctx, "container:read");
        for await (const [id, data] of containerChanges(
          ctx,
          { projectId: topic.projectId, lastEventId: after },
          signal,
        ))
          yield { type: "data", id, data };
        return;
      case "nodes.watch":
        await requireSomewhere(ctx, "node:read");
        for await (const data of nodeTicks(ctx, signal)) yield { type: "data", data };
        return;
      case "runs.watch":
        await requireSomewhere(ctx, "run:read");
        for await (const [id, data] of runEvents(ctx, { id: topic.id, lastEventId: after }, signal))
          yield { type: "data", id, data };
        return;
    }
  } catch (error) {
    const { code, message } = explain(error, () => undefined);
    if (!refusals.has(code)) throw error; // the whole stream is opened again, and this one with it
    yield { type: "refused", code, message };
  }
}
