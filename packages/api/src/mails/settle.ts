// What is done about a mail that was given up: it is sent again, or discarded.
import { AppError } from "@homeport/domain/error";
import { notFound } from "../access/not-found";
import type { MemberContext } from "../context";

/** Its tries begin anew. */
export async function sendMailAgain({ db, clock, audit }: MemberContext, id: string): Promise<{ id: string }> {
  return db.$transaction(async (transaction) => {
    const now = clock();
    const { count } = await transaction.mail.updateMany({
      where: { id, state: "dead", content: { not: null }, lapsesAt: { gt: now } },
      data: { state: "queued", tries: 0, nextTryAt: now, failure: null, response: null, settledAt: null },
    });
    const mail = await transaction.mail.findUnique({ where: { id }, select: { to: true, state: true } });
    if (mail === null) throw notFound("mail");
    if (count === 0 && mail.state !== "dead")
      throw new AppError("mail.state", "It was not given up: only such a mail is sent again.");
    if (count === 0) throw new AppError("mail.lapsed", "Its link has ended: whoever asked for it asks for a new one.");
    await audit(transaction, { action: "mail.send_again", target: { type: "mail", id, name: mail.to } });
    return { id };
  });
}

/** Its row too: what was never sent tells nobody anything. */
export async function discardMail({ db, audit }: MemberContext, id: string): Promise<{ id: string }> {
  return db.$transaction(async (transaction) => {
    const mail = await transaction.mail.findUnique({ where: { id }, select: { to: true } });
    if (mail === null) throw notFound("mail");
    const { count } = await transaction.mail.deleteMany({ where: { id, state: { in: ["dead", "kept"] } } });
    if (count === 0)
      throw new AppError("mail.state", "It is on its way or was sent: only what was given up is discarded.");
    await audit(transaction, { action: "mail.discard", target: { type: "mail", id, name: mail.to } });
    return { id };
  });
}
