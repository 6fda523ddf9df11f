// Links that were mailed to somebody, each for one thing: to confirm or change an address, or to set a password.
import type { DbOrTransaction } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";
import { hashToken, newToken } from "./token";

/** What goes into the mail. */
export interface Link {
  token: string;
  expiresAt: Date;
}

/** A new one, and what of it is stored. */
export function newLink(now: Date, lifeMs: number) {
  const token = newToken();
  const expiresAt = new Date(now.getTime() + lifeMs);
  return { link: { token, expiresAt }, row: { tokenHash: hashToken(token), createdAt: now, expiresAt } };
}

/** Those of an account that are under way lead nowhere from now on. Answers how many there were to an address. */
export async function endLinks(within: DbOrTransaction, userId: string, now: Date): Promise<number> {
  const open = { where: { userId, usedAt: null, expiresAt: { gt: now } }, data: { expiresAt: now } };
  await within.passwordResetToken.updateMany(open);
  return (await within.emailVerificationToken.updateMany(open)).count;
}

const why = {
  unknown: "This link is not known: copy all of it, from http to its last character.",
  used: "This link was used already, and works once.",
  lapsed: "This link has ended: its time is over, or something took its place.",
} as const;

export function linkEnded(how: keyof typeof why): AppError {
  return new AppError(how === "unknown" ? "link.unknown" : "link.ended", why[how]);
}
