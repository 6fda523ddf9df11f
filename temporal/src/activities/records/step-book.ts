// The rows of one step, written by whoever works for it: a late writer of an earlier try or attempt changes nothing.
import type { Db, Prisma } from "@homeport/db/client";
import type { Door, StepBook } from "../ports";
import { StepMemory } from "../step-memory";
import type { StepAt } from "../step-at";
import { appendPiece, streamEnd, Superseded } from "./run-log";

/** `tries` counts Temporal's tries of the activity; the highest one seen is the one that may write. */
export async function openStepBook(db: Db, at: StepAt, tries: number): Promise<StepBook> {
  const row = await db.runStep.findUniqueOrThrow({ where: { runId_name: { runId: at.runId, name: at.step } }, select: { id: true, attempt: true, journal: true } });
  const stepId = row.id;
  const memory = StepMemory.parse(row.journal);

  /** Changes the step's row and counts the run's version, in one transaction; nothing when we are superseded. */
  const change = (data: Prisma.RunStepUpdateManyMutationInput, run: Prisma.RunUpdateInput = {}): Promise<void> =>
    db.$transaction(async (transaction) => {
      // The run's row first, always: two writers in another order would wait for each other.
      await transaction.run.update({ where: { id: at.runId }, data: { ...run, version: { increment: 1 } }, select: { id: true } });
      const { count } = await transaction.runStep.updateMany({ where: { id: stepId, attempt: at.attempt }, data });
      if (count === 0) throw new Superseded(`step ${at.step} is at another attempt`);
    });
  if (row.attempt === at.attempt && tries > 1) await change({ tries });

  let waitsFor: Door | undefined = (await db.runStep.findUnique({ where: { id: stepId }, select: { state: true } }))?.state === "waiting" ? "api" : undefined;
  const piece = { runId: at.runId, stepId, attempt: at.attempt };
  return {
    memory,
    async remember(patch) {
      Object.assign(memory, patch);
      const { upid = null } = memory.create ?? Object.values(memory.tasks)[0] ?? {};
      // Only what is new: what another worker has noted meanwhile stays.
      await db.$executeRaw`UPDATE "RunStep" SET "journal" = "journal" || ${JSON.stringify(patch)}::jsonb, "upid" = COALESCE(${upid}::text, "upid") WHERE "id" = ${stepId}::uuid AND "attempt" = ${at.attempt}`;
    },
    async append(stream, { memory: patch, ...what }) {
      const end = await appendPiece(db, piece, { stream, ...what, memory: JSON.parse(JSON.stringify(patch)) as Prisma.InputJsonObject }); // as it is stored
      Object.assign(memory, patch);
      return end;
    },
    end: (stream) => streamEnd(db, piece, stream),
    async say(text) {
      await appendPiece(db, piece, { stream: "homeport", line: `${text}\n` });
    },
    async wait(why, door) {
      waitsFor = door;
      await change({ state: "waiting", detail: why }, { state: "waiting", waitingFor: why });
    },
    async move(door) {
      if (waitsFor === undefined || (door !== undefined && waitsFor !== door)) return;
      waitsFor = undefined;
      await change({ state: "running", detail: null }, { state: "running", waitingFor: null });
    },
    async warnings(from) {
      const [row] = await db.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM regexp_matches(
          E'\n' || COALESCE((SELECT string_agg("text", '' ORDER BY "byteOffset") FROM "RunLog" WHERE "stepId" = ${stepId}::uuid AND "attempt" = ${at.attempt} AND "stream" = 'output' AND "byteOffset" >= ${from}), ''),
          E'\nWARN: ', 'g')`;
      return row?.count ?? 0;
    },
    async didStart() {
      return (await db.runStep.count({ where: { runId: at.runId, name: "start", state: { in: ["done", "warning"] } } })) > 0;
    },
  };
}
