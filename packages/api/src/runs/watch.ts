// A run as it happens: its state when it changed, its log as it grows, resumable after any break without gap or double.
import { tracked, type TrackedEnvelope } from "@trpc/server";
import { containerOf } from "@homeport/domain/run/run-subject";
import type { MemberContext } from "../context";
import { streamed } from "../streamed";
import { openWakeQueue } from "../wake-queue";
import { getRun, readBackground } from "./get";
import { readLogPieces } from "./log-rows";
import { nouns } from "../access/nouns";
import { freshly, owned } from "../access/owned";
import { requireIn } from "../access/projects";
import type { LogPiece, RunDetail } from "./view";

export type RunEvent = { type: "run"; run: RunDetail } | { type: "log"; lines: LogPiece[] };

/** Rows a piece of the log is sent in. */
const PAGE = 500;
/** A page of large rows is cut here: one event should not hold the stream for long. */
const PAGE_CHARS = 512_000;

/** Where a reader is: the run's version and the log's row that it has. Travels as the event's id, "<version>.<logId>". */
interface Cursor {
  version: number;
  logId: bigint;
}

export function watchRun(
  ctx: MemberContext,
  { id, lastEventId }: { id: string; lastEventId?: string | null | undefined },
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<RunEvent>, void, void> {
  return streamed(ctx, { path: "runs.watch", signal, events: (until) => runEvents(ctx, { id, lastEventId }, until) });
}

export async function* runEvents(
  ctx: MemberContext,
  { id, lastEventId }: { id: string; lastEventId?: string | null | undefined },
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<RunEvent>, void, void> {
  // Subscribed before the first read: what changes in between rings, and is read again.
  const queue = openWakeQueue(
    ctx.wake,
    signal,
    (event) => event.topic === "again" || ((event.topic === "run" || event.topic === "log") && event.id === id),
  );
  const at = parseCursor(lastEventId);
  try {
    const { row: run, membership } = await owned(
      ctx,
      { noun: "run", id, permission: "run:read" },
      { kind: true, container: { select: { templateRevisionId: true } } },
    );
    const background = await readBackground(ctx, {
      kind: run.kind,
      templateRevisionId: containerOf(run).templateRevisionId,
    });
    // Membership is read anew for whatever is sent: who lost the project while they watch reads no more of it.
    const still = { ...ctx, ...freshly(ctx) };
    const change = async function* (): AsyncGenerator<TrackedEnvelope<RunEvent>, void, void> {
      const detail = await getRun(still, id, background);
      if (detail.version <= at.version) return;
      at.version = detail.version;
      yield tracked(eventId(at), { type: "run", run: detail });
    };
    const growth = async function* (): AsyncGenerator<TrackedEnvelope<RunEvent>, void, void> {
      for (let more = true; more;) {
        const pieces = await readLogPieces(ctx.db, { runId: id, afterId: at.logId, take: PAGE });
        const lines = cut(pieces);
        const last = lines.at(-1);
        if (last === undefined || signal?.aborted) return;
        requireIn(await still.projects(), membership.projectId, {
          permission: "run:read",
          reading: nouns.run.reading,
          noun: nouns.run.name,
        });
        at.logId = BigInt(last.id);
        yield tracked(eventId(at), { type: "log", lines });
        more = pieces.length === PAGE || lines.length < pieces.length;
      }
    };
    yield* change();
    yield* growth();
    for await (const batch of queue.batches) {
      // Of a log that grows, only what is new of it: the run itself is read when something of it changed.
      if (batch.some(({ topic }) => topic !== "log")) yield* change();
      yield* growth();
    }
  } finally {
    queue.close();
  }
}

function cut(pieces: LogPiece[]): LogPiece[] {
  let chars = 0;
  const end = pieces.findIndex(({ text }) => (chars += text.length) > PAGE_CHARS);
  return end <= 0 ? pieces.slice(0, end === 0 ? 1 : undefined) : pieces.slice(0, end);
}

const eventId = ({ version, logId }: Cursor): string => `${version}.${logId}`;

/** Anything else than an id of ours begins from the start. Versions count from 0: before all is −1. */
function parseCursor(text: string | null | undefined): Cursor {
  const match = /^(\d{1,9})\.(\d{1,18})$/.exec(text ?? "");
  return match ? { version: Number(match[1]), logId: BigInt(match[2] ?? 0) } : { version: -1, logId: 0n };
}
