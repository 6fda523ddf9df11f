// The list of a project's containers as it changes: whole rows where something of them did, of the rest what they use now.
import { encodeFigures, figuresOf } from "@homeport/domain/container/figures";
import { digestOf, type ListChanges, type Seen } from "@homeport/domain/container/list-changes";
import { tracked, type TrackedEnvelope } from "@trpc/server";
import { freshly, inProject } from "../../access/owned";
import type { MemberContext } from "../../context";
import { streamed } from "../../streamed";
import { keepViewing } from "../keep-viewing";
import type { ContainerView } from "../view";
import type { Entries, Entry } from "./entries";
import { joinFeed } from "./feed";

export type ContainerChanges = ListChanges<ContainerView>;

const NO_LIST = "none";
/** Above this the list itself is shorter, as its answer is compressed. */
const MOST_ROWS = 50;

interface Asked {
  projectId: string;
  /** The digest of the list that the reader has. */
  lastEventId?: string | null | undefined;
}

export function watchContainerChanges(
  ctx: MemberContext,
  asked: Asked,
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<ContainerChanges>, void, void> {
  return streamed(ctx, { path: "containers.changes", signal, events: (until) => envelopes(ctx, asked, until) });
}

async function* envelopes(
  ctx: MemberContext,
  asked: Asked,
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<ContainerChanges>, void, void> {
  for await (const [id, changes] of containerChanges(ctx, asked, signal)) yield tracked(id, changes);
}

/** Events with the digest of the list that they lead to. The first comes at once: all figures when the reader's list is this one. */
export async function* containerChanges(
  ctx: MemberContext,
  { projectId, lastEventId }: Asked,
  signal: AbortSignal | undefined,
): AsyncGenerator<[id: string, ContainerChanges], void, void> {
  const asked = { projectId, permission: "container:read" } as const;
  const { db, wake, clock } = ctx;
  const feed = joinFeed({ db, wake, clock, mine: await inProject(ctx, "container", asked) }, projectId);
  const stopViewing = keepViewing(ctx, projectId);
  try {
    let sent: Entries | undefined;
    for (;;) {
      await feed.next(sent, signal);
      if (signal?.aborted) return;
      // Who lost the project while they watch reads no more of it.
      await inProject(freshly(ctx), "container", asked);
      const now = feed.entries();
      const id = digestOf([...now.values()].map(({ stamp }) => stamp));
      const changes = sent ? differences(sent, now) : begun(now, id === lastEventId);
      sent = now;
      // Whether the reader's own read succeeds is not known here: if it comes back before another event, it has no list that we know.
      if (changes !== undefined) yield [changes.type === "reread" ? NO_LIST : id, changes];
    }
  } finally {
    stopViewing();
    feed.leave();
  }
}

function begun(now: Entries, same: boolean): ContainerChanges {
  if (!same) return { type: "reread" };
  const last = lastSeen(now);
  const rows = [...now.values()].filter(({ view }) => !isOfLast(view, last)).map(({ view }) => view);
  return rows.length > MOST_ROWS
    ? { type: "reread" }
    : { type: "changes", seen: seenOf(new Map(), now), rows, gone: [] };
}

function differences(before: Entries, now: Entries): ContainerChanges | undefined {
  const last = lastSeen(now);
  const seen = seenOf(before, now);
  const announced = new Set(seen.map(({ nodeId }) => nodeId));
  const isSentWhole = ({ view, stamp }: Entry): boolean => {
    const had = before.get(view.id);
    if (had?.stamp !== stamp) return true;
    const moved = announced.has(view.node.id) || had.view.seenAt?.getTime() !== view.seenAt?.getTime();
    return moved && !isOfLast(view, last);
  };
  const rows = [...now.values()].filter(isSentWhole).map(({ view }) => view);
  const gone = [...before.keys()].filter((id) => !now.has(id));
  if (rows.length + gone.length > MOST_ROWS) return { type: "reread" };
  return rows.length + gone.length + seen.length === 0 ? undefined : { type: "changes", seen, rows, gone };
}

type LastSeen = ReadonlyMap<string, number>;

/** Of each node when most of its guests were seen. An operation sees its own guest at another time: that one is sent whole. */
function lastSeen(entries: Entries): LastSeen {
  const counts = new Map<string, Map<number, number>>();
  for (const { view } of entries.values()) {
    if (view.seenAt === null) continue;
    const [ofNode, at] = [counts.get(view.node.id) ?? new Map<number, number>(), view.seenAt.getTime()];
    counts.set(view.node.id, ofNode.set(at, (ofNode.get(at) ?? 0) + 1));
  }
  const most = (times: ReadonlyMap<number, number>): number =>
    [...times].reduce((best, one) => (one[1] > best[1] || (one[1] === best[1] && one[0] > best[0]) ? one : best))[0];
  return new Map([...counts].map(([nodeId, times]) => [nodeId, most(times)]));
}
const isOfLast = ({ node, seenAt }: ContainerView, last: LastSeen): boolean =>
  seenAt === null || seenAt.getTime() === last.get(node.id);

function seenOf(before: Entries, now: Entries): Seen[] {
  const earlier = lastSeen(before);
  const changed = [...lastSeen(now)].filter(([nodeId, at]) => earlier.get(nodeId) !== at);
  return changed.map(([nodeId, at]) => {
    const guests = [...now.values()].flatMap(({ view: { id, node, vmid, usage }, figures }) =>
      node.id === nodeId && vmid !== null && usage !== null && before.get(id)?.figures !== figures
        ? [[vmid, figuresOf(usage)] as const]
        : [],
    );
    return { nodeId, at, figures: encodeFigures(guests) };
  });
}
