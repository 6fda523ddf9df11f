// A run's log as text, for the download: of one step or of all, in order, a piece at a time.
import type { MemberContext } from "./context";
import { readLogPieces } from "./runs/log-rows";
import { owned } from "./access/owned";
import { notFound, requireId } from "./access/not-found";

const PAGE = 200;

/** Throws `not_found` before the first piece when the run or step is not there or not the caller's. `step`: its name. */
export async function* readRunLog(
  ctx: MemberContext,
  { runId, step }: { runId: string; step?: string | undefined },
): AsyncGenerator<string, void, void> {
  requireId(runId, "run");
  const { row: run } = await owned(
    ctx,
    { noun: "run", id: runId, permission: "run:read" },
    { steps: { select: { id: true, name: true, title: true }, orderBy: { position: "asc" } } },
  );
  const steps = step === undefined ? run.steps : run.steps.filter(({ name }) => name === step);
  if (steps.length === 0) throw notFound("step");
  for (const { id, title } of steps) {
    let attempt = 1;
    let afterId = 0n;
    let empty = true;
    for (;;) {
      const pieces = await readLogPieces(ctx.db, { runId, afterId, take: PAGE, stepId: id });
      if (pieces.length === 0) break;
      if (empty && step === undefined) yield `== ${title}\n`;
      empty = false;
      for (const piece of pieces) {
        if (piece.attempt !== attempt) yield `-- attempt ${piece.attempt}\n`;
        attempt = piece.attempt;
        yield piece.text;
        afterId = BigInt(piece.id);
      }
    }
  }
}
