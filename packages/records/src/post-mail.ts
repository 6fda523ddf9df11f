// A mail as a row, in the transaction of what it tells of: it goes out when that is done, and never otherwise.
import type { DbOrTransaction } from "@homeport/db/client";
import type { Vault } from "@homeport/db/sealing";
import type { MailContent } from "@homeport/domain/stored/mail";
import { newId } from "./new-id";

/** Of a mail without a link: as long as it is news. */
const NEWS_MS = 7 * 86_400_000;

export interface MailPost {
  vault: Vault;
  /** Whether mails are sent; else they are kept for who set this installation up. */
  mailServer: boolean;
  now: Date;
}

/** `linkHash`: of the token of the link in it. `expiresAt`: of that link. */
export async function postMail(
  { vault, mailServer, now }: MailPost,
  within: DbOrTransaction,
  { to, content, linkHash, expiresAt }: { to: string; content: MailContent; linkHash?: string; expiresAt?: Date },
): Promise<void> {
  const id = newId(now);
  await within.mail.create({
    data: {
      id,
      to,
      kind: content.kind,
      content: vault.seal({ table: "Mail", row: id, column: "content" }, JSON.stringify(content)),
      linkHash: linkHash ?? null,
      ...(mailServer ? { state: "queued" } : { state: "kept", settledAt: now }),
      nextTryAt: now,
      lapsesAt: expiresAt ?? new Date(now.getTime() + NEWS_MS),
      createdAt: now,
    },
    select: { id: true },
  });
}
