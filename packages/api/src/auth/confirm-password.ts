// Takes the password once more, for what asks for a recent sign-in.
import type { InPersonContext } from "../context";

export async function confirmPassword(
  { auth, audit, signedIn }: InPersonContext,
  { password }: { password: string },
): Promise<null> {
  const { id, name } = signedIn.person;
  await auth.confirmPassword(password, signedIn, (transaction) =>
    audit(transaction, { action: "account.confirm_password", target: { type: "account", id, name } }),
  );
  return null;
}
