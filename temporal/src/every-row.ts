// A round over all rows of a kind, however many there are: a page at a time, and one that fails does not keep the others from their turn.

const PAGE = 200;
/** Rows that fail in one round, before what they all need counts as away. */
const MOST_FAILURES = 3;

/** Where a page begins, and how many rows it has. */
export interface Page {
  after: { id?: { gt: string } };
  take: number;
}

/**
 * In the order of their ids, each once; what appears behind the cursor meanwhile is for the next round. Rejects at the end with the first
 * failure, or at once after several: the next round begins anew, so `act` must do no harm when it is done again.
 */
export async function everyRow<Row extends { id: string }>(
  read: (page: Page) => Promise<Row[]>,
  act: (row: Row) => Promise<void>,
  take = PAGE,
): Promise<void> {
  const failures: unknown[] = [];
  for (let after: Page["after"] = {}; ;) {
    const rows = await read({ after, take });
    for (const row of rows) {
      try {
        await act(row);
      } catch (error) {
        failures.push(error);
        if (failures.length >= MOST_FAILURES) throw failures[0];
      }
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < take) break;
    after = { id: { gt: last.id } };
  }
  if (failures.length > 0) throw failures[0];
}
