// An organization can ask its members for a second factor, an authenticator app or a passkey: until they have one they belong to it, and may nothing in it.
// Whoever has one has no session that was begun by the password alone: the first one ends those, and no other begins (second-factor/require-code).
import { withFactor } from "@homeport/db/confirmed-factor";
import type { DbOrTransaction } from "@homeport/db/client";
import type { Holder } from "./rights";

/**
 * Those of the rows that let the person, or a token of theirs, in. The factor is looked for only where one is asked for. A token that was made
 * before it was made by the password alone, and is not let in.
 */
export async function letIn<Row extends { organization: { requiresSecondFactor: boolean } }>(
  db: DbOrTransaction,
  { userId, scope }: Holder,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  const asks = ({ organization }: Row): boolean => organization.requiresSecondFactor;
  if (!rows.some(asks) || (await hasFactor(db, userId, scope?.madeAt))) return rows;
  return rows.filter((row) => !asks(row));
}

/** `by`: one that they have still, since then at the latest. */
export async function hasFactor(db: DbOrTransaction, userId: string, by?: Date): Promise<boolean> {
  return (await db.user.count({ where: { id: userId, ...withFactor(by) } })) > 0;
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
