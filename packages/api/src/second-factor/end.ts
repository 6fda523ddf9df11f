// Factors of an account go: one that its person takes away, or every one, for who runs this Homeport, of somebody who has lost them.
import type { DbOrTransaction } from "@homeport/db/client";
import { confirmedFactor } from "@homeport/db/confirmed-factor";
import { hasFactor } from "../access/required-factor";
import type { InPersonContext } from "../context";

/** Behind the account's lock, once its sessions have ended. Answers how many there were; the recovery codes go along. So does an app that is being set up: nobody knows by whom. */
export async function endFactors(within: DbOrTransaction, userId: string): Promise<number> {
  const user = { id: userId };
  const apps = await within.secondFactor.deleteMany({ where: { user, ...confirmedFactor } });
  await within.secondFactor.deleteMany({ where: { user } });
  const passkeys = await within.passkey.deleteMany({ where: { user } });
  await within.recoveryCode.deleteMany({ where: { user } });
  return apps.count + passkeys.count;
}

/** After one has gone. What was shown by it in other sessions counts no more; recovery codes stand in for a factor, and count for nothing where there is none. */
export async function afterRemoval(
  { auth, userId, signedIn }: InPersonContext,
  within: DbOrTransaction,
): Promise<void> {
  await auth.forgetFactors(within, userId, signedIn.session.id);
  if (!(await hasFactor(within, userId))) await within.recoveryCode.deleteMany({ where: { user: { id: userId } } });
}
