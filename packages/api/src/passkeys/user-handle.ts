// By what an authenticator knows an account: 64 random bytes, made once, which say nothing about the account or its person.
import { randomBytes } from "node:crypto";
import type { Db } from "@homeport/db/client";

const BYTES = 64;

/** Of two calls at once both answer the one that is kept. */
export async function userHandleOf(db: Db, userId: string): Promise<Uint8Array<ArrayBuffer>> {
  await db.user.updateMany({
    where: { id: userId, passkeyHandle: null },
    data: { passkeyHandle: new Uint8Array(randomBytes(BYTES)) },
  });
  const { passkeyHandle } = await db.user.findUniqueOrThrow({ where: { id: userId }, select: { passkeyHandle: true } });
  if (passkeyHandle === null) throw new Error("it was made a moment ago");
  return passkeyHandle;
}
