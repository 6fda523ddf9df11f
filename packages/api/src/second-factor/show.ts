// Whether the account asks for a code at sign-in.
import { confirmedFactor } from "@homeport/db/confirmed-factor";
import { askingOrganizations } from "../access/required-factor";
import type { InPersonContext } from "../context";

export interface SecondFactorView {
  /** Null: a password is enough. */
  confirmedAt: Date | null;
  recoveryCodesLeft: number;
  /** The names of the organizations of which the person sees nothing without it. */
  askedBy: string[];
}

export async function showSecondFactor({ db, userId }: InPersonContext): Promise<SecondFactorView> {
  const factor = await db.secondFactor.findUnique({
    where: { userId, ...confirmedFactor },
    select: { confirmedAt: true, _count: { select: { codes: { where: { usedAt: null } } } } },
  });
  return {
    confirmedAt: factor?.confirmedAt ?? null,
    recoveryCodesLeft: factor?._count.codes ?? 0,
    askedBy: await askingOrganizations(db, userId),
  };
}
