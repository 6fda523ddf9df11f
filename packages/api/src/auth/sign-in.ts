// Signs a person in; a wrong password for an account that exists is told to its owner in the audit log.
import { personActor } from "../access/actor";
import { isAppError } from "@homeport/domain/error";
import type { Context } from "../context";
import { limitCode, requireCode } from "../second-factor/require-code";
import { postNews } from "../second-factor/post-news";
import { endReplaced } from "./replaced-session";
import type { Me } from "./router";

/** What is refused once the password was right, by what the log says of the code. */
const wordOfCode: Record<string, "wrong" | "missing"> = {
  "second_factor.wrong": "wrong",
  "sign_in.passkey_needed": "missing",
};

export async function signIn(
  ctx: Context,
  { code, ...input }: { email: string; password: string; code?: string | undefined },
): Promise<Me> {
  const { auth, audit, db, origin, resHeaders } = ctx;
  /** Whose password was given. */
  let knows: string | undefined;
  const signing = auth.signIn(input, origin, {
    matched: async (userId) => {
      await limitCode(ctx, { userId, code });
      knows = userId;
    },
    within: async (transaction, made) => {
      const by = await requireCode(ctx, transaction, { userId: made.id, code });
      if (by === "recovery") await postNews(ctx, transaction, { person: made, kind: "recovery_code_used" });
      await endReplaced(ctx, transaction);
      await audit(transaction, {
        action: "account.sign_in",
        target: { type: "account", id: made.id, name: made.name },
        actor: personActor(made),
        ...(by === null ? {} : { details: { code: by } }),
      });
      return null;
    },
    refused: (userId) =>
      audit(db, { action: "account.sign_in_failed", target: { type: "account", id: userId }, actor: null }),
  });
  const { person, cookie } = await signing.catch(async (error: unknown) => {
    // Who gives a wrong code knows the password: the account's person has to see that. Who has a passkey signs in with it and gives no password, so a right one
    // says the same; a sign-in by a recovery code begins so as well, which is why a few are enough.
    const reason = isAppError(error) && knows !== undefined ? wordOfCode[error.refusal ?? ""] : undefined;
    if (knows !== undefined && reason !== undefined)
      if (reason === "wrong" || (await auth.mayRecordKnownPassword(knows, origin.ip)))
        await audit(db, {
          action: "account.sign_in_failed",
          target: { type: "account", id: knows },
          actor: null,
          details: { code: reason },
        });
    throw error;
  });
  if (code !== undefined && code !== "") await auth.refillCodes(person.id, origin.ip);
  resHeaders?.append("set-cookie", cookie);
  return person;
}
