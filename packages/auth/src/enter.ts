// The one way into an account, whatever somebody has shown: behind its lock, while it is enabled, after what the caller asks for besides.
import type { DbOrTransaction } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";
import { lockAccount } from "./lock-account";
import type { Origin, Person, Sessions, SignedIn } from "./sessions";

interface Entering {
  userId: string;
  from: Origin;
  sessions: Sessions;
  /** Of the password that was given: one that was set anew meanwhile ended every session, and this one does not come after it. */
  passwordHash?: string;
}

/** `within` answers the id of the passkey that was used, null for none; what it throws signs nobody in. `cookie` is the Set-Cookie value for the browser. */
export async function enter(
  transaction: DbOrTransaction,
  { userId, from, sessions, passwordHash }: Entering,
  within: (transaction: DbOrTransaction, person: Person) => Promise<string | null>,
): Promise<SignedIn & { cookie: string }> {
  await lockAccount(transaction, userId);
  const found = await transaction.user.findUnique({
    where: { id: userId },
    select: { id: true, email: true, name: true, role: true, status: true, passwordHash: true },
  });
  if (found === null || (passwordHash !== undefined && found.passwordHash !== passwordHash)) throw wrongSignIn();
  const { status, passwordHash: _hash, ...person } = found;
  if (status !== "ACTIVE") throw disabled();
  const passkeyId = await within(transaction, person);
  return { person, ...(await sessions.begin(transaction, userId, { from, passkeyId })) };
}

export function wrongSignIn(): AppError {
  return new AppError("sign_in.wrong", "The e-mail address or the password is wrong.");
}

export function disabled(): AppError {
  return new AppError("sign_in.disabled", "This account is disabled. Ask the person who runs this Homeport.");
}
