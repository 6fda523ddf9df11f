// A link by which a password is set, to the account with this address. The answer is the same, and as late, where there is none.
import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "../context";
import { postMail } from "../mails/post";

/** Longer than the work for an account that is there takes: how long it took says nothing. */
const ANSWERS_AFTER_MS = 400;

export async function askForReset(ctx: Context, email: string): Promise<{ mailServer: boolean }> {
  await Promise.all([post(ctx, email), sleep(ANSWERS_AFTER_MS)]);
  return { mailServer: ctx.config.mailServer === true };
}

async function post(ctx: Context, email: string): Promise<void> {
  const { auth, audit, origin } = ctx;
  await auth.limitResets(email, origin);
  if (!(await auth.mayMailResetTo(email))) {
    // Whoever asks is not told: it may not be them who asked so often.
    audit.nothing("the address has had its mails");
    return;
  }
  await auth.issueReset(email, async (transaction, { person, link: { token, expiresAt } }) => {
    await postMail(ctx, transaction, { to: person.email, content: { kind: "reset_password", token }, expiresAt });
    await audit(transaction, {
      action: "account.ask_reset",
      target: { type: "account", id: person.id, name: person.name },
      actor: null,
    });
  });
  if (!audit.recorded) audit.nothing("no account has this address");
}
