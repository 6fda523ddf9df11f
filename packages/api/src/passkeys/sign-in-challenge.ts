// What a passkey is to sign of who is not signed in: signed by us, so that asking writes nothing that could be filled up or pushed out.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { hashToken } from "@homeport/auth";
import type { Context } from "../context";
import { CHALLENGE_MS, deleteEnded } from "./challenges";
import { lapsed } from "./refused";

const NONCE_BYTES = 32;
/** Milliseconds since 1970. */
const END_BYTES = 6;
const HEAD_BYTES = NONCE_BYTES + END_BYTES;
const SIGNATURE_BYTES = 32;

type Ctx = Pick<Context, "vault" | "clock">;

/** 256 random bits, when they end, and what says that they are ours. */
export function signInChallenge({ vault, clock }: Ctx): Uint8Array<ArrayBuffer> {
  const end = Buffer.alloc(END_BYTES);
  end.writeUIntBE(clock().getTime() + CHALLENGE_MS, 0, END_BYTES);
  const head = Buffer.concat([randomBytes(NONCE_BYTES), end]);
  return new Uint8Array(Buffer.concat([head, signatureOf(vault, head)]));
}

/** When it ends. Throws "passkey.lapsed" unless it is ours and has not. */
export function requireOpen({ vault, clock }: Ctx, challenge: string): Date {
  const bytes = Buffer.from(challenge, "base64url");
  // Written as we wrote it: what is known by its hash has one spelling.
  if (bytes.length !== HEAD_BYTES + SIGNATURE_BYTES || bytes.toString("base64url") !== challenge) throw lapsed();
  const head = bytes.subarray(0, HEAD_BYTES);
  if (!timingSafeEqual(bytes.subarray(HEAD_BYTES), signatureOf(vault, head))) throw lapsed();
  const expiresAt = new Date(head.readUIntBE(NONCE_BYTES, END_BYTES));
  if (expiresAt <= clock()) throw lapsed();
  return expiresAt;
}

/** Once a passkey has signed it, whatever becomes of that: of two answers that come at once one counts. Throws "passkey.lapsed" for the other. */
export async function useUp(
  { db, clock }: Pick<Context, "db" | "clock">,
  { challenge, expiresAt }: { challenge: string; expiresAt: Date },
): Promise<void> {
  const row = { hash: hashToken(challenge), purpose: "sign_in" as const, createdAt: clock(), expiresAt };
  const { count } = await db.passkeyChallenge.createMany({ data: row, skipDuplicates: true });
  if (count === 0) throw lapsed();
  await deleteEnded(db, clock());
}

function signatureOf(vault: Ctx["vault"], head: Buffer): Buffer {
  return createHmac("sha256", vault.keyFor("passkey|sign_in")).update(head).digest();
}
