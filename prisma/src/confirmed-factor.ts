// What counts as a second factor: an authenticator app whose first code was right, or a passkey.
import type { Prisma } from "./generated/client";

/** Which rows of SecondFactor count. */
export const confirmedFactor = { confirmedAt: { not: null } } as const satisfies Prisma.SecondFactorWhereInput;

/** Whose sign-in takes more than the password. */
export const withFactor = {
  OR: [{ secondFactor: confirmedFactor }, { passkeys: { some: {} } }],
} satisfies Prisma.UserWhereInput;
