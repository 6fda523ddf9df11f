// Another address for one's account: a link goes there, and it is the account's once that is opened. The one that it has is told at once.
// Whether the new one is somebody's account is not said.
import { AppError } from "@homeport/domain/error";
import { isDemoAddress } from "../auth/demo";
import type { InPersonContext } from "../context";
import { requireRecentFactor } from "../second-factor/require-recent";
import { hadItsMails, postMail } from "../mails/post";

export async function changeAddress(ctx: InPersonContext, email: string): Promise<{ email: string; expiresAt: Date }> {
  const { auth, audit, db, userId, signedIn, config } = ctx;
  await auth.limitAddressLinks(userId);
  const isDemo = await isDemoAddress(config);
  const mayMail = await auth.mayMailTo(email);
  // Whose account has an address that is not theirs has its reader told only so often.
  const mayTellOld = await auth.mayMailTo(signedIn.person.email);
  return db.$transaction(async (transaction) => {
    // Who has the address has the mails, and the links that set a password.
    await requireRecentFactor(ctx, transaction);
    const { email: now } = await transaction.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } });
    if (isDemo(now))
      throw new AppError(
        "address.demo",
        "This is the demo person, whom `npm start` knows by this address: sign up with an account of your own instead.",
      );
    if (now.toLowerCase() === email.toLowerCase()) {
      const why = "This is your address already.";
      throw new AppError("address.same", why, { fields: { email: why } });
    }
    if (!mayMail) throw hadItsMails(email);
    const { token, expiresAt } = await auth.issueAddressLink(transaction, { userId, email });
    await postMail(ctx, transaction, { to: email, content: { kind: "change_address", token, from: now }, expiresAt });
    if (mayTellOld) await postMail(ctx, transaction, { to: now, content: { kind: "change_asked", to: email } });
    await audit(transaction, {
      action: "account.ask_address",
      target: { type: "account", id: userId, name: signedIn.person.name },
      details: { to: email },
    });
    return { email, expiresAt };
  });
}
