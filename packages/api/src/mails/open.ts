// The text of a mail that is kept as there is no mail server: with its link, which is as good as the person's own.
import { mailTitle } from "@homeport/domain/text/mail-text";
import { AppError } from "@homeport/domain/error";
import { type MailContent, StoredMail } from "@homeport/domain/stored/mail";
import { notFound } from "../access/not-found";
import type { MemberContext } from "../context";

/** The reading stands in the audit log; where the address is an account's, its person sees it there. */
export async function openMail({ db, vault, clock, audit }: MemberContext, id: string): Promise<MailContent> {
  const mail = await db.mail.findUnique({
    where: { id },
    select: { to: true, kind: true, state: true, content: true, lapsesAt: true },
  });
  if (mail === null) throw notFound("mail");
  if (mail.state !== "kept")
    throw new AppError("mail.state", "It is on its way to its reader: only one that is kept here is opened.");
  if (mail.content === null || mail.lapsesAt <= clock())
    throw new AppError("mail.lapsed", "Its link has ended, and its text is not kept longer than that.");
  const content = StoredMail.parse(JSON.parse(vault.open({ table: "Mail", row: id, column: "content" }, mail.content)));
  const reader = await db.user.findUnique({ where: { email: mail.to }, select: { id: true } });
  await audit(db, {
    action: "mail.open",
    target: reader === null ? { type: "mail", id, name: mail.to } : { type: "account", id: reader.id, name: mail.to },
    details: { mail: mailTitle[mail.kind], to: mail.to },
  });
  return content;
}
