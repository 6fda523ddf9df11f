// What the browser is asked to have signed: by any passkey that is for this address, or by one of one's own.
import { generateAuthenticationOptions, generateRegistrationOptions } from "@simplewebauthn/server";
import { MOST_PASSKEYS } from "@homeport/domain/account/passkey-limit";
import { AppError } from "@homeport/domain/error";
import type { DbOrTransaction } from "@homeport/db/client";
import { requireNotDemo } from "../auth/demo";
import type { Context, InPersonContext } from "../context";
import { requireRecentFactor } from "../second-factor/require-recent";
import type { ConfirmInput } from "./answer";
import { CHALLENGE_MS, newChallenge } from "./challenges";
import { requirePlace } from "./place";
import { nameTaken } from "./refused";
import { signInChallenge } from "./sign-in-challenge";
import { userHandleOf } from "./user-handle";
import { ALGORITHMS } from "./verify";

const NO_LINE = "a challenge alone lets nobody in and changes nothing";

type RequestOptions = Awaited<ReturnType<typeof generateAuthenticationOptions>>;
type CreationOptions = Awaited<ReturnType<typeof generateRegistrationOptions>>;

export async function beginSignIn(ctx: Context): Promise<RequestOptions> {
  const { rpId } = requirePlace(ctx);
  await ctx.auth.limitPasskeys({ ip: ctx.origin.ip });
  ctx.audit.nothing(NO_LINE);
  return request({ rpId, challenge: signInChallenge(ctx) });
}

export async function beginConfirm(ctx: InPersonContext, { purpose }: ConfirmInput): Promise<RequestOptions> {
  const { rpId } = requirePlace(ctx);
  await ctx.auth.limitPasskeys({ userId: ctx.userId });
  ctx.audit.nothing(NO_LINE);
  const sessionId = ctx.signedIn.session.id;
  const challenge = await newChallenge(ctx.db, { purpose, sessionId }, ctx.clock());
  return request({ rpId, challenge, own: await ownAt(ctx, rpId) });
}

/** The name and the number are judged before the authenticator makes one that nobody could keep. */
export async function beginRegister(ctx: InPersonContext, { name }: { name: string }): Promise<CreationOptions> {
  const { db, userId, person } = ctx;
  const { rpId } = requirePlace(ctx);
  await requireNotDemo(ctx);
  await ctx.auth.limitPasskeys({ userId });
  await requireRecentFactor(ctx, db);
  await requireRoom(db, userId);
  if ((await db.passkey.count({ where: { user: { id: userId }, name } })) > 0) throw nameTaken();
  ctx.audit.nothing(NO_LINE);
  const sessionId = ctx.signedIn.session.id;
  return generateRegistrationOptions({
    rpName: "Homeport",
    rpID: rpId,
    userName: person.email,
    userDisplayName: person.name,
    userID: await userHandleOf(db, userId),
    challenge: await newChallenge(db, { purpose: "register", sessionId }, ctx.clock()),
    timeout: CHALLENGE_MS,
    attestationType: "none",
    excludeCredentials: await ownAt(ctx, rpId),
    // It signs in by itself: the authenticator knows for whom it is, and asks who uses it.
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: ALGORITHMS,
  });
}

/** Throws "passkey.too_many". */
export async function requireRoom(db: DbOrTransaction, userId: string): Promise<void> {
  if ((await db.passkey.count({ where: { user: { id: userId } } })) >= MOST_PASSKEYS)
    throw new AppError(
      "passkey.too_many",
      `You have ${MOST_PASSKEYS} passkeys, which is the most at once. Remove one that you do not use.`,
    );
}

function request({
  rpId,
  challenge,
  own = [],
}: {
  rpId: string;
  challenge: Uint8Array<ArrayBuffer>;
  own?: Credential[];
}): Promise<RequestOptions> {
  return generateAuthenticationOptions({
    rpID: rpId,
    challenge,
    timeout: CHALLENGE_MS,
    userVerification: "required",
    ...(own.length === 0 ? {} : { allowCredentials: own }),
  });
}

interface Credential {
  id: string;
  transports: string[];
}

async function ownAt({ db, userId }: InPersonContext, rpId: string): Promise<Credential[]> {
  const rows = await db.passkey.findMany({
    where: { user: { id: userId }, rpId },
    select: { credentialId: true, transports: true },
  });
  return rows.map(({ credentialId, transports }) => ({ id: credentialId, transports }));
}
