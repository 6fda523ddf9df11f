// A PostgreSQL that somebody else runs (DATABASE_URL): reachable, or a message that says what is wrong.
import { createDb } from "../../prisma/src/client";

/** Throws a message for the screen, without the password, when the server does not answer. */
export async function checkDatabase(url: string): Promise<void> {
  // The maintenance database: ours may not exist yet, and the migrations create it.
  const maintenance = new URL(url);
  maintenance.pathname = "/postgres";
  const failure = (await answers(url)) && (await answers(maintenance.href));
  if (failure)
    throw new Error(
      `No PostgreSQL answers at ${redacted(url)} (DATABASE_URL): ${failure}. Start it, or unset DATABASE_URL to let Homeport run its own.`,
    );
}

/** The URL without its password. */
export function redacted(url: string): string {
  const { username, host, pathname } = new URL(url);
  return `${username}@${host}${pathname}`;
}

/** Why it does not answer; `undefined` when it does. */
async function answers(url: string): Promise<string | undefined> {
  const db = createDb(url, { max: 1 });
  try {
    await db.$queryRaw`SELECT 1`;
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.trim().split("\n").at(-1) : String(error);
  } finally {
    await db.$disconnect();
  }
}
