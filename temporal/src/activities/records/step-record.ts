// The rows of one step, written by whoever works for it: the last that took it up, until it ends. A late writer changes nothing.
import { randomUUID } from "node:crypto";
import { type Db, type DbOrTransaction, Prisma } from "@homeport/db/client";
import type { Transport, StepRecord } from "../ports";
import { StepMemory } from "../step-memory";
import type { StepAt } from "../step-at";
import type { StepDetailCode } from "@homeport/domain/run/step-detail";
import type { WaitingFor } from "@homeport/domain/run/waiting";
import { waitingText } from "@homeport/domain/text/waiting";
import { noteWorkingRun } from "@homeport/records/note-run";
import { goOnAtStep, waitAtStep } from "@homeport/records/run-moves";
import { Superseded } from "../failures";
import { appendPiece, streamEnd } from "./run-log";

/** Whether the step may have begun a Proxmox task of this type: it was about to, or has the name of one. */
export async function mayHaveBegun(
  db: Db,
  { runId, step, type }: { runId: string; step: string; type: string },
): Promise<boolean> {
  const row = await db.runStep.findUnique({
    where: { runId_name: { runId, name: step } },
    select: { journal: true, upid: true },
  });
  return row !== null && (row.upid !== null || StepMemory.parse(row.journal).tasks[type] !== undefined);
}

export type SignalStanding = (
  runId: string,
  standing: { status: "running" | "waiting"; why?: string },
) => Promise<void>;

/** A node that comes and goes all day must not make a long history. */
const MOST_SIGNALS = 50;
/** Of lines that are looked for in an output. */
const MOST_LINES = 50;
const MOST_LINE_CHARS = 1_000;

/** Takes the step up: who did so before writes nothing more of it. `tries` counts Temporal's tries of the activity. */
export async function openStepRecord(
  db: Db,
  at: StepAt,
  { tries, signalStanding = () => Promise.resolve() }: { tries: number; signalStanding?: SignalStanding | undefined },
): Promise<StepRecord> {
  const writer = randomUUID();
  const [row] = await db.runStep.updateManyAndReturn({
    where: { runId: at.runId, name: at.step, attempt: { lte: at.attempt } },
    data: { writer },
    select: { id: true, attempt: true, journal: true, state: true },
  });
  if (row === undefined) throw new Superseded(`step ${at.step} is at another attempt`);
  const stepId = row.id;
  const memory = StepMemory.parse(row.journal);

  const overtaken = () => new Superseded(`another one does step ${at.step}, or it has ended`);
  /** Changes the step's row and counts the run's version, in one transaction; nothing when we are superseded, or the run does not work. */
  const change = (
    data: Prisma.RunStepUpdateManyMutationInput,
    writeRun: (within: DbOrTransaction) => Promise<boolean> = (within) => noteWorkingRun(within, at.runId),
  ): Promise<void> =>
    db.$transaction(async (transaction) => {
      // The run's row first, always: two writers in another order would wait for each other.
      const works = await writeRun(transaction);
      if (!works) throw new Superseded("the run has ended, or waits for a person");
      const { count } = await transaction.runStep.updateMany({ where: { id: stepId, writer }, data });
      if (count === 0) throw overtaken();
    });
  if (row.attempt === at.attempt && tries > 1) await change({ tries });

  let waitsFor: Transport | undefined = row.state === "waiting" ? "api" : undefined;
  let signals = 0;
  /** For Temporal's lists only: where it does not arrive, the rows are right all the same. */
  const signal = (standing: Parameters<SignalStanding>[1]): void => {
    if ((signals += 1) <= MOST_SIGNALS) void signalStanding(at.runId, standing).catch(() => undefined);
  };
  const piece = { runId: at.runId, stepId, attempt: at.attempt };
  return {
    memory,
    writer,
    waits: row.state === "waiting",
    async remember(patch) {
      Object.assign(memory, patch);
      const { upid = null } = memory.create ?? Object.values(memory.tasks)[0] ?? {};
      // Only what is new: what was noted before stays.
      const written =
        await db.$executeRaw`UPDATE "RunStep" SET "journal" = "journal" || ${JSON.stringify(patch)}::jsonb, "upid" = COALESCE(${upid}::text, "upid") WHERE "id" = ${stepId}::uuid AND "writer" = ${writer}::uuid`;
      if (written === 0) throw overtaken();
    },
    async append(stream, { memory: patch, ...what }) {
      const end = await appendPiece(db, piece, {
        stream,
        writer,
        ...what,
        memory: JSON.parse(JSON.stringify(patch)) as Prisma.InputJsonObject,
      }); // as it is stored
      Object.assign(memory, patch);
      return end;
    },
    end: (stream) => streamEnd(db, piece, stream),
    async log(text) {
      await appendPiece(db, piece, { stream: "homeport", line: `${text}\n` });
    },
    async wait({ reason, transport, undoing }) {
      const begins = waitsFor === undefined;
      waitsFor = transport;
      const waiting: WaitingFor = undoing ? { on: "cleanup", until: reason } : reason;
      const detail: StepDetailCode = { is: "waiting", for: waiting };
      await change({ state: "waiting", detail }, (within) => waitAtStep(within, { runId: at.runId, reason, undoing }));
      if (begins) signal({ status: "waiting", why: waitingText(waiting) });
    },
    async move(transport) {
      if (waitsFor === undefined || (transport !== undefined && waitsFor !== transport)) return;
      waitsFor = undefined;
      await change({ state: "running", detail: Prisma.DbNull }, (within) => goOnAtStep(within, at.runId));
      signal({ status: "running" });
    },
    async linesLike(pattern, from) {
      const rows = await db.$queryRaw<{ line: string }[]>`
        SELECT left(line, ${MOST_LINE_CHARS}) AS line FROM string_to_table((
          SELECT string_agg("text", '' ORDER BY "byteOffset") FROM "RunLog" WHERE "stepId" = ${stepId}::uuid AND "attempt" = ${at.attempt} AND "stream" = 'output' AND "byteOffset" >= ${from}
        ), E'\n') WITH ORDINALITY AS lines(line, place) WHERE line ~* ${pattern} ORDER BY place LIMIT ${MOST_LINES}`;
      return rows.map(({ line }) => line);
    },
    async warnings(from) {
      const [row] = await db.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM regexp_matches(
          E'\n' || COALESCE((SELECT string_agg("text", '' ORDER BY "byteOffset") FROM "RunLog" WHERE "stepId" = ${stepId}::uuid AND "attempt" = ${at.attempt} AND "stream" = 'output' AND "byteOffset" >= ${from}), ''),
          E'\nWARN: ', 'g')`;
      return row?.count ?? 0;
    },
    async lease() {
      const select = { byLease: true, leases: { select: { containerId: true }, take: 1 } } as const;
      const { byLease, leases } = await db.run.findUniqueOrThrow({ where: { id: at.runId }, select });
      if (!byLease) return "none";
      return leases.length > 0 ? "holds" : "over";
    },
    async didStart() {
      return (
        (await db.runStep.count({ where: { runId: at.runId, name: "start", state: { in: ["done", "warning"] } } })) > 0
      );
    },
  };
}
