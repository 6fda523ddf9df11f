// Somebody has lost their authenticator app and their recovery codes: who set Homeport up lets them in by their password alone again.
import { lockAccount } from "@homeport/auth";
import { confirmedFactor } from "@homeport/db/confirmed-factor";
import { AppError } from "@homeport/domain/error";
import { notFound } from "../access/not-found";
import type { MemberContext } from "../context";
import { postMail } from "../mails/post";

export async function endTheirSecondFactor(ctx: MemberContext, id: string): Promise<{ id: string }> {
  const { db, audit, userId } = ctx;
  if (id === userId)
    throw new AppError("person.self", "You set this Homeport up: turn your own off under Account, with a code.");
  return db.$transaction(async (transaction) => {
    await lockAccount(transaction, id);
    const person = await transaction.user.findUnique({ where: { id }, select: { name: true, email: true } });
    if (person === null) throw notFound("person");
    const { count } = await transaction.secondFactor.deleteMany({
      where: { user: { id }, ...confirmedFactor },
    });
    if (count === 0) audit.nothing("it was off already");
    else {
      await postMail(ctx, transaction, { to: person.email, content: { kind: "second_factor_off" } });
      await audit(transaction, {
        action: "account.end_second_factor",
        target: { type: "account", id, name: person.name },
        details: { name: person.name },
      });
    }
    return { id };
  });
}
