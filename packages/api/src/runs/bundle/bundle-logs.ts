// The whole log of one attempt, a page at a time.
import type { Db } from "@homeport/db/client";

const PAGE = 200;

export async function* readAttemptLog(
  db: Db,
  { runId, stepId, attempt }: { runId: string; stepId: string; attempt: number },
): AsyncGenerator<string, void, void> {
  let after = 0n;
  for (;;) {
    const rows = await db.runLog.findMany({
      where: { runId, stepId, attempt, id: { gt: after } },
      select: { id: true, text: true },
      orderBy: { id: "asc" },
      take: PAGE,
    });
    if (rows.length === 0) return;
    yield rows.map(({ text }) => text).join("");
    after = rows.at(-1)?.id ?? after;
  }
}
