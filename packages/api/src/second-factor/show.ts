// Whether signing in takes more than the password.
import { askingOrganizations } from "../access/required-factor";
import type { InPersonContext } from "../context";

export interface SecondFactorView {
  /** Of the authenticator app; null: there is none. Without passkeys a password is enough then. */
  confirmedAt: Date | null;
  passkeys: number;
  recoveryCodesLeft: number;
  /** The names of the organizations of which the person sees nothing without it. */
  askedBy: string[];
}

export async function showSecondFactor({ db, userId }: InPersonContext): Promise<SecondFactorView> {
  const { secondFactor, _count } = await db.user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      secondFactor: { select: { confirmedAt: true } },
      _count: { select: { passkeys: true, recoveryCodes: { where: { usedAt: null } } } },
    },
  });
  return {
    confirmedAt: secondFactor?.confirmedAt ?? null,
    passkeys: _count.passkeys,
    recoveryCodesLeft: _count.recoveryCodes,
    askedBy: await askingOrganizations(db, userId),
  };
}
