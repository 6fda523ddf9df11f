// What counts as a second factor: an authenticator app whose first code was right, or a passkey. Asked of the database, or of a row that was read.
import type { Prisma } from "./generated/client";

/** Which rows of SecondFactor count. */
export const confirmedFactor = { confirmedAt: { not: null } } as const satisfies Prisma.SecondFactorWhereInput;

/** Whose sign-in takes more than the password; `by`: by a factor that they have had since then at the latest. */
export function withFactor(by?: Date): Prisma.UserWhereInput {
  const [app, passkey] =
    by === undefined ? [confirmedFactor, {}] : [{ confirmedAt: { lte: by } }, { createdAt: { lte: by } }];
  return { OR: [{ secondFactor: app }, { passkeys: { some: passkey } }] };
}

/** The same of somebody whose factors were read with their row. */
export function hasAnyFactor({
  secondFactor,
  _count,
}: {
  secondFactor: { confirmedAt: Date | null } | null;
  _count: { passkeys: number };
}): boolean {
  return (secondFactor?.confirmedAt ?? null) !== null || _count.passkeys > 0;
}
