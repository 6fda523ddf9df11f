// A mail to the person about the second factor of their account, in the transaction of what it tells of.
import type { DbOrTransaction } from "@homeport/db/client";
import type { Context } from "../context";
import { postMail } from "../mails/post";

export type News =
  | "second_factor_on"
  | "second_factor_off"
  | "app_removed"
  | "recovery_code_used"
  | "recovery_codes_made"
  | "passkey_added"
  | "passkey_removed";

/**
 * Behind the account's lock, once a code has counted: who only guesses takes none of the places, so that nobody can have this mail left out. Of very many in a
 * short time some are.
 */
export async function postNews(
  ctx: Pick<Context, "auth" | "vault" | "clock" | "config">,
  within: DbOrTransaction,
  {
    person: { id, email },
    kind,
  }: {
    person: { id: string; email: string };
    kind: News;
  },
): Promise<void> {
  if (await ctx.auth.mayMailNews(within, id, kind)) await postMail(ctx, within, { to: email, content: { kind } });
}
