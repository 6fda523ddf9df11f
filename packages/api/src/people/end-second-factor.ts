// Somebody has lost their authenticator app and their recovery codes: who set Homeport up lets them in by their password alone again.
import { AppError } from "@homeport/domain/error";
import { notFound } from "../access/not-found";
import type { MemberContext } from "../context";

export async function endTheirSecondFactor({ db, audit, userId }: MemberContext, id: string): Promise<{ id: string }> {
  if (id === userId)
    throw new AppError("person.self", "You set this Homeport up: turn your own off under Account, with a code.");
  return db.$transaction(async (transaction) => {
    const person = await transaction.user.findUnique({ where: { id }, select: { name: true } });
    if (person === null) throw notFound("person");
    const { count } = await transaction.secondFactor.deleteMany({ where: { user: { id } } });
    if (count === 0) audit.nothing("it was off already");
    else
      await audit(transaction, {
        action: "account.end_second_factor",
        target: { type: "account", id, name: person.name },
        details: { name: person.name },
      });
    return { id };
  });
}
