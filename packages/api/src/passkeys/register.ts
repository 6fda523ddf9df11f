// A new passkey of one's account. The first factor of an account ends its other sessions, as they were begun by the password alone, and brings recovery codes.
import { uniqueIndex } from "@homeport/db/known-error";
import { AppError } from "@homeport/domain/error";
import { inOwnAccount } from "../access/own-account";
import { hasFactor } from "../access/required-factor";
import type { InPersonContext } from "../context";
import { postNews } from "../second-factor/post-news";
import { requireRecentFactor } from "../second-factor/require-recent";
import { giveRecoveryCodes } from "../second-factor/recovery-codes";
import type { RegisterInput } from "./answer";
import { requireRoom } from "./begin";
import { requirePlace } from "./place";
import { nameTaken } from "./refused";
import { takeAnswered, verifyRegistration } from "./verify";

/** `recoveryCodes`: new ones, shown this once; empty where those that there are count on. */
export async function registerPasskey(
  ctx: InPersonContext,
  { name, answer }: RegisterInput,
): Promise<{ id: string; recoveryCodes: string[] }> {
  const { db, auth, audit, userId, person, clock, signedIn } = ctx;
  const { rpId } = requirePlace(ctx);
  await auth.limitPasskeys({ userId });
  // Before the challenge is taken: the call is repeated once a factor was given.
  await requireRecentFactor(ctx, db);
  const sessionId = signedIn.session.id;
  const challenge = await takeAnswered(ctx, answer.response, { purpose: "register", sessionId });
  const key = await verifyRegistration(ctx, answer, challenge);
  const registering = inOwnAccount(ctx, async (transaction) => {
    // It may have got one meanwhile.
    await requireRecentFactor(ctx, transaction);
    await requireRoom(transaction, userId);
    await auth.limitNewFactors(transaction, userId);
    const isFirst = !(await hasFactor(transaction, userId));
    const { id } = await transaction.passkey.create({
      data: { userId, name, rpId, ...key, transports: answer.response.transports ?? [], createdAt: clock() },
      select: { id: true },
    });
    const recoveryCodes = await giveRecoveryCodes(transaction, userId);
    // Who adds another one has shown a factor before, and that counts no longer for it.
    if (isFirst) await auth.noteFactor(transaction, sessionId);
    const endedSessions = isFirst ? await auth.endOthers(transaction, userId, sessionId) : 0;
    await postNews(ctx, transaction, { person, kind: "passkey_added" });
    await audit(transaction, {
      action: "account.add_passkey",
      target: { type: "account", id: userId, name: person.name },
      details: { passkey: name, address: rpId, endedSessions },
    });
    return { id, recoveryCodes };
  });
  return registering.catch((error: unknown) => {
    const index = uniqueIndex(error);
    if (index === "Passkey_userId_name_key") throw nameTaken(error);
    if (index !== "Passkey_credentialId_key") throw error;
    throw new AppError("passkey.taken", "This passkey is registered already.", { cause: error });
  });
}
