// Who set this installation up: the person who signed up first. What is of no organization is theirs, as no role in one gives it.
import type { DbOrTransaction } from "@homeport/db/client";
import type { Context } from "../context";

export async function setUpInstallation({
  db,
  signedIn,
}: Pick<Context, "signedIn"> & { db: DbOrTransaction }): Promise<boolean> {
  if (signedIn === null) return false;
  return (await whoSetUp(db)) === signedIn.person.id;
}

/** Their id; null: nobody has signed up yet. */
export async function whoSetUp(db: DbOrTransaction): Promise<string | null> {
  const first = await db.user.findFirst({ orderBy: [{ createdAt: "asc" }, { id: "asc" }], select: { id: true } });
  return first?.id ?? null;
}
