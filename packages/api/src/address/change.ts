// Another address for one's account: a link goes there, and it is the account's once that is opened. Whether it is somebody's account is not said.
import { AppError } from "@homeport/domain/error";
import type { MemberContext } from "../context";
import { postMail } from "../mails/post";

export async function changeAddress(ctx: MemberContext, email: string): Promise<{ email: string; expiresAt: Date }> {
  const { auth, audit, db, userId, signedIn } = ctx;
  await auth.limitAddressLinks(userId);
  return db.$transaction(async (transaction) => {
    const person = await transaction.user.findUniqueOrThrow({
      where: { id: userId },
      select: { email: true },
    });
    if (person.email.toLowerCase() === email.toLowerCase()) {
      const why = "This is your address already.";
      throw new AppError("address.same", why, { fields: { email: why } });
    }
    const { token, expiresAt } = await auth.issueAddressLink(transaction, { userId, email });
    await postMail(ctx, transaction, {
      to: email,
      content: { kind: "change_address", token, from: person.email },
      expiresAt,
    });
    await audit(transaction, {
      action: "account.ask_address",
      target: { type: "account", id: userId, name: signedIn.person.name },
      details: { to: email },
    });
    return { email, expiresAt };
  });
}
