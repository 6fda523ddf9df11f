// A mail of a person's doing, in the transaction of what it tells of.
import { hashToken } from "@homeport/auth";
import type { DbOrTransaction } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";
import type { MailContent } from "@homeport/domain/stored/mail";
import { postMail as post } from "@homeport/records/post-mail";
import type { Context } from "../context";

/** To whoever asked for a mail to an address that has had as many as it gets at once, whoever caused them. */
export function hadItsMails(email: string): AppError {
  return new AppError(
    "mail.too_many",
    `${email} has had as many mails from here as one address gets at once. Try again in an hour.`,
  );
}

/** `expiresAt`: of the link in it. Without a mail server it is kept in the mailbox (mails/list). Who may cause how many, the callers ask of `auth`. */
export async function postMail(
  { vault, clock, config }: Pick<Context, "vault" | "clock" | "config">,
  within: DbOrTransaction,
  mail: { to: string; content: MailContent; expiresAt?: Date },
): Promise<void> {
  const { content } = mail;
  await post({ vault, mailServer: config.mailServer === true, now: clock() }, within, {
    ...mail,
    ...("token" in content ? { linkHash: hashToken(content.token) } : {}),
  });
}
