// Every factor of an account goes, whether it has an app, passkeys or both: for who runs this Homeport, of somebody who has lost them.
import type { DbOrTransaction } from "@homeport/db/client";
import { confirmedFactor } from "@homeport/db/confirmed-factor";

/** Behind the account's lock, once its sessions have ended. Answers how many there were; the recovery codes go along. So does an app that is being set up: nobody knows by whom. */
export async function endFactors(within: DbOrTransaction, userId: string): Promise<number> {
  const user = { id: userId };
  const apps = await within.secondFactor.deleteMany({ where: { user, ...confirmedFactor } });
  await within.secondFactor.deleteMany({ where: { user } });
  const passkeys = await within.passkey.deleteMany({ where: { user } });
  await within.recoveryCode.deleteMany({ where: { user } });
  return apps.count + passkeys.count;
}
