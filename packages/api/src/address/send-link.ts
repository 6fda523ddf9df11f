// A link to the account's own address, by which it is confirmed; at sign-up, and as often as somebody asks within the limit.
import type { Person } from "@homeport/auth";
import type { DbOrTransaction } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";
import type { Context, InPersonContext } from "../context";
import { hadItsMails, postMail } from "../mails/post";

export async function sendLink(ctx: InPersonContext): Promise<{ email: string }> {
  const { auth, audit, db, userId, signedIn } = ctx;
  await auth.limitAddressLinks(userId);
  if (!(await auth.mayMailTo(signedIn.person.email))) throw hadItsMails(signedIn.person.email);
  return db.$transaction(async (transaction) => {
    const { emailVerifiedAt, ...person } = await transaction.user.findUniqueOrThrow({
      where: { id: userId },
      select: { id: true, name: true, email: true, emailVerifiedAt: true },
    });
    if (emailVerifiedAt !== null) throw new AppError("address.confirmed", "Your address is confirmed already.");
    await postConfirmation(ctx, transaction, person);
    await audit(transaction, {
      action: "account.send_link",
      target: { type: "account", id: userId, name: person.name },
      details: { to: person.email },
    });
    return { email: person.email };
  });
}

export async function postConfirmation(
  ctx: Pick<Context, "auth" | "vault" | "clock" | "config">,
  transaction: DbOrTransaction,
  { id: userId, email }: Pick<Person, "id" | "email">,
): Promise<void> {
  const { token, expiresAt } = await ctx.auth.issueAddressLink(transaction, { userId, email });
  await postMail(ctx, transaction, { to: email, content: { kind: "confirm_address", token }, expiresAt });
}
