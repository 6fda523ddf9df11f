// Somebody has lost their authenticator app or passkeys, and their recovery codes: who set Homeport up lets them in by their password alone again.
// Who added one that is not theirs may be in still: sessions and API tokens end with it.
import { lockAccount } from "@homeport/auth";
import { AppError } from "@homeport/domain/error";
import { notFound } from "../access/not-found";
import { hasFactor } from "../access/required-factor";
import type { MemberContext } from "../context";
import { postMail } from "../mails/post";
import { endFactors } from "../second-factor/end";

export async function endTheirSecondFactor(ctx: MemberContext, id: string): Promise<{ id: string }> {
  const { auth, db, audit, userId } = ctx;
  if (id === userId)
    throw new AppError("person.self", "You set this Homeport up: turn your own off under Account, with a code.");
  return db.$transaction(async (transaction) => {
    await lockAccount(transaction, id);
    const person = await transaction.user.findUnique({ where: { id }, select: { name: true, email: true } });
    if (person === null) throw notFound("person");
    if (!(await hasFactor(transaction, id))) audit.nothing("it was off already");
    else {
      const ended = await auth.endAccess(transaction, id);
      await endFactors(transaction, id);
      await postMail(ctx, transaction, { to: person.email, content: { kind: "factors_ended" } });
      await audit(transaction, {
        action: "account.end_second_factor",
        target: { type: "account", id, name: person.name },
        details: { name: person.name, ...ended },
      });
    }
    return { id };
  });
}
