// Holds what needs certain rows where it is: they are locked, as by a transaction that takes its time, until they are let go.
import type { Db, Prisma } from "@homeport/db/client";

/** Answers once it is locked; what is answered lets go. */
export async function hold(db: Db, lock: Prisma.Sql): Promise<() => Promise<void>> {
  let locked = (): void => undefined;
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    locked = resolve;
  });
  const over = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const transaction = db.$transaction(async (within) => {
    await within.$executeRaw(lock);
    locked();
    // A connection that is silent for 20 s is ended (prisma/src/client.ts), and a busy machine may need the lock for longer.
    const speaking = setInterval(() => void within.$queryRaw`SELECT 1`.catch(() => undefined), 5_000);
    await over.finally(() => {
      clearInterval(speaking);
    });
  });
  await Promise.race([held, transaction]);
  return async () => {
    letGo();
    await transaction;
  };
}
