// A mail, in the transaction of what it tells of: it goes out when that is done, and never otherwise.
import { hashToken } from "@homeport/auth";
import type { DbOrTransaction } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";
import type { MailContent } from "@homeport/domain/stored/mail";
import type { Context } from "../context";
import { newId } from "../new-id";

/** Of a mail without a link: as long as it is news. */
const NEWS_MS = 7 * 86_400_000;

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
  { to, content, expiresAt }: { to: string; content: MailContent; expiresAt?: Date },
): Promise<void> {
  const now = clock();
  const id = newId(now);
  await within.mail.create({
    data: {
      id,
      to,
      kind: content.kind,
      content: vault.seal({ table: "Mail", row: id, column: "content" }, JSON.stringify(content)),
      linkHash: "token" in content ? hashToken(content.token) : null,
      ...(config.mailServer === true ? { state: "queued" } : { state: "kept", settledAt: now }),
      nextTryAt: now,
      lapsesAt: expiresAt ?? new Date(now.getTime() + NEWS_MS),
      createdAt: now,
    },
    select: { id: true },
  });
}
