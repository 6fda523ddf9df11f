// An organization can ask its members for a second factor: until theirs is confirmed they belong to it, and may nothing in it.
import { confirmedFactor } from "@homeport/db/confirmed-factor";
import type { DbOrTransaction } from "@homeport/db/client";

/** Those of the rows that let the person in. The factor is looked for only where one is asked for. */
export async function letIn<Row>(
  db: DbOrTransaction,
  { rows, userId, asks }: { rows: readonly Row[]; userId: string; asks: (row: Row) => boolean },
): Promise<readonly Row[]> {
  if (!rows.some(asks) || (await hasFactor(db, userId))) return rows;
  return rows.filter((row) => !asks(row));
}

export async function hasFactor(db: DbOrTransaction, userId: string): Promise<boolean> {
  return (await db.secondFactor.count({ where: { user: { id: userId }, ...confirmedFactor } })) > 0;
}

/** The names of the organizations that ask the person for one, whether or not they have it; by name. */
export async function askingOrganizations(db: DbOrTransaction, userId: string): Promise<string[]> {
  const rows = await db.organization.findMany({
    where: {
      requiresSecondFactor: true,
      retiredAt: null,
      OR: [
        { members: { some: { userId } } },
        { projects: { some: { retiredAt: null, members: { some: { userId } } } } },
      ],
    },
    select: { name: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return rows.map(({ name }) => name);
}
