// Codes of an authenticator app: six digits, new every 30 seconds (RFC 6238). The only code that knows otplib.
import { generateSecret, generateURI, verifySync } from "otplib";

const STEP_S = 30;

export function newSecret(): string {
  return generateSecret();
}

/** What the app reads from a picture; "Homeport" and the address are what it shows. */
export function appUri(secret: string, email: string): string {
  return generateURI({ issuer: "Homeport", label: email, secret });
}

/**
 * The step of a code that is right now, or was or will be 30 seconds away, as clocks differ; null for a wrong one, and for one of a step up to
 * `after`, which was used already. `code`: six digits.
 */
export function stepOf({
  secret,
  code,
  at,
  after,
}: {
  secret: string;
  code: string;
  at: Date;
  after: number;
}): number | null {
  // The server's clock went back since that code: otplib takes no such question.
  if (after > Math.floor(at.getTime() / 1_000 / STEP_S) + 1) return null;
  const checked = verifySync({
    secret,
    token: code,
    epoch: Math.floor(at.getTime() / 1_000),
    epochTolerance: STEP_S,
    afterTimeStep: after,
  });
  return checked.valid && "timeStep" in checked ? checked.timeStep : null;
}
