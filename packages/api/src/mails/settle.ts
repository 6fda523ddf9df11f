// What is done about a mail that was given up or kept: it is sent (again), or kept where there is no mail server, or discarded.
import { AppError } from "@homeport/domain/error";
import { notFound } from "../access/not-found";
import type { MemberContext } from "../context";
import { isNeeded, lapsed } from "./open";

/** Its tries begin anew. */
export async function sendMailAgain(
  { db, clock, config, audit }: MemberContext,
  id: string,
): Promise<{ id: string; state: "queued" | "kept" }> {
  return db.$transaction(async (transaction) => {
    const now = clock();
    const mail = await transaction.mail.findUnique({ where: { id } });
    if (mail === null) throw notFound("mail");
    const state = config.mailServer === true ? "queued" : "kept";
    if (
      mail.content !== null &&
      (mail.state === "dead" || mail.state === "kept") &&
      !(await isNeeded(transaction, mail, now))
    )
      throw lapsed();
    const { count } = await transaction.mail.updateMany({
      where: { id, state: { in: state === "queued" ? ["dead", "kept"] : ["dead"] }, content: { not: null } },
      data: {
        state,
        tries: 0,
        nextTryAt: now,
        failure: null,
        response: null,
        settledAt: state === "queued" ? null : now,
      },
    });
    if (count === 0)
      throw new AppError(
        "mail.state",
        "It was sent, or is on its way: only one that was given up or kept is sent again.",
      );
    await audit(transaction, { action: "mail.send_again", target: { type: "mail", id, name: mail.to } });
    return { id, state };
  });
}

/** Its row too: what was never sent tells nobody anything. */
export async function discardMail({ db, audit }: MemberContext, id: string): Promise<{ id: string }> {
  return db.$transaction(async (transaction) => {
    const mail = await transaction.mail.findUnique({ where: { id }, select: { to: true } });
    if (mail === null) throw notFound("mail");
    const { count } = await transaction.mail.deleteMany({ where: { id, state: { in: ["dead", "kept"] } } });
    if (count === 0)
      throw new AppError(
        "mail.state",
        "It was sent, or is on its way: only one that was given up or kept is discarded.",
      );
    await audit(transaction, { action: "mail.discard", target: { type: "mail", id, name: mail.to } });
    return { id };
  });
}
