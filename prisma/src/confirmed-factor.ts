// Which rows of SecondFactor count: whose first code was right.
import type { Prisma } from "./generated/client";

export const confirmedFactor = { confirmedAt: { not: null } } as const satisfies Prisma.SecondFactorWhereInput;
