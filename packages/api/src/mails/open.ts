// The text of a mail that is kept as there is no mail server: with its link, which is as good as the person's own.
import type { DbOrTransaction } from "@homeport/db/client";
import { type MailContent, StoredMail } from "@homeport/domain/stored/mail";
import { mailTitle } from "@homeport/domain/text/mail-text";
import { AppError } from "@homeport/domain/error";
import { liveLinks } from "@homeport/records/live-links";
import { notFound } from "../access/not-found";
import type { MemberContext } from "../context";

export interface OpenedMail {
  content: MailContent;
  /** Where people reach this Homeport: the link in it begins so. Null: where the page is that asks. */
  origin: string | null;
}

/** The reading stands in the audit log; where the address is an account's, its person sees it there. */
export async function openMail({ db, vault, clock, config, audit }: MemberContext, id: string): Promise<OpenedMail> {
  const mail = await db.mail.findUnique({ where: { id } });
  if (mail === null) throw notFound("mail");
  if (mail.state !== "kept" || config.mailServer === true)
    throw new AppError(
      "mail.state",
      "It is for its reader: only one that is kept here, without a mail server, is opened.",
    );
  if (mail.content === null || !(await isNeeded(db, mail, clock()))) throw lapsed();
  const content = StoredMail.parse(JSON.parse(vault.open({ table: "Mail", row: id, column: "content" }, mail.content)));
  const reader = await db.user.findUnique({ where: { email: mail.to }, select: { id: true } });
  await audit(db, {
    action: "mail.open",
    target: reader === null ? { type: "mail", id, name: mail.to } : { type: "account", id: reader.id, name: mail.to },
    details: { mail: mailTitle[mail.kind], to: mail.to },
  });
  return { content, origin: config.origins[0] ?? null };
}

/** False: its link was used, has ended, or something took its place. */
export async function isNeeded(
  db: DbOrTransaction,
  { linkHash, lapsesAt }: { linkHash: string | null; lapsesAt: Date },
  now: Date,
): Promise<boolean> {
  if (lapsesAt <= now) return false;
  return linkHash === null || (await liveLinks(db, { hashes: [linkHash], now })).has(linkHash);
}

export function lapsed(): AppError {
  return new AppError("mail.lapsed", "Its link was used or has ended: whoever needs one asks for a new one.");
}
