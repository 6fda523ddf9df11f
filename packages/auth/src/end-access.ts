// Puts everybody out of an account: sessions, API tokens and the links that are under way.
import type { DbOrTransaction } from "@homeport/db/client";
import { endLinks } from "./links";

/** What ended with it, counted. */
export interface Ended {
  endedSessions: number;
  endedTokens: number;
}

/** Behind the account's lock. */
export async function endAccess(within: DbOrTransaction, userId: string, now: Date): Promise<Ended> {
  await endLinks(within, userId, now);
  const { count: endedSessions } = await within.session.deleteMany({ where: { userId } });
  const { count: endedTokens } = await within.apiToken.deleteMany({ where: { userId } });
  return { endedSessions, endedTokens };
}
