// Somebody's account is disabled, and enabled again. What they made stays as it is: their containers run, their runs go on.
import type { Ended } from "@homeport/auth";
import { AppError } from "@homeport/domain/error";
import { notFound } from "../access/not-found";
import type { MemberContext } from "../context";

/** Their sessions, their API tokens and the links that were mailed to them end with it, and so do streams that are open (streamed.ts). */
export async function disablePerson({ auth, db, audit, userId }: MemberContext, id: string): Promise<Ended> {
  if (id === userId)
    throw new AppError(
      "person.self",
      "You set this Homeport up: without your account nobody could enable another one.",
    );
  return db.$transaction(async (transaction) => {
    const { count } = await transaction.user.updateMany({
      where: { id, status: "ACTIVE" },
      data: { status: "DISABLED" },
    });
    const person = await transaction.user.findUnique({ where: { id }, select: { name: true } });
    if (person === null) throw notFound("person");
    if (count === 0) {
      audit.nothing("they were disabled already");
      return { endedSessions: 0, endedTokens: 0 };
    }
    const ended = await auth.endAccess(transaction, id);
    await audit(transaction, {
      action: "account.disable",
      target: { type: "account", id, name: person.name },
      details: { name: person.name, ...ended },
    });
    return ended;
  });
}

export async function enablePerson({ db, audit }: MemberContext, id: string): Promise<{ id: string }> {
  return db.$transaction(async (transaction) => {
    const { count } = await transaction.user.updateMany({
      where: { id, status: "DISABLED" },
      data: { status: "ACTIVE" },
    });
    const person = await transaction.user.findUnique({ where: { id }, select: { name: true } });
    if (person === null) throw notFound("person");
    if (count === 0) audit.nothing("they were enabled already");
    else
      await audit(transaction, {
        action: "account.enable",
        target: { type: "account", id, name: person.name },
        details: { name: person.name },
      });
    return { id };
  });
}
