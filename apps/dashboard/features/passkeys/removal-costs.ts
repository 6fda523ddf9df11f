// What goes with a passkey, as its owner is told before.
import type { SecondFactorView } from "@homeport/api";
import { listOf } from "@/lib/format/list";

/** `left`: how many there are without it, in all and for this address. `isHere`: it is for this address. */
export interface Removal {
  left: { all: number; here: number };
  isHere: boolean;
  factor: Pick<SecondFactorView, "confirmedAt" | "recoveryCodesLeft" | "askedBy"> | undefined;
}

export function removalCosts({ left, isHere, factor }: Removal): string[] {
  const hasApp = factor !== undefined && factor.confirmedAt !== null;
  if (left.all === 0 && !hasApp)
    return [
      "It is the last, and there is no authenticator app: your password is enough then, and the recovery codes go.",
      ...(factor === undefined || factor.askedBy.length === 0
        ? []
        : [
            `All that you see of ${listOf(factor.askedBy)}, which ${factor.askedBy.length === 1 ? "requires" : "require"} a second factor, until you have one again.`,
          ]),
    ];
  if (!isHere || left.here > 0) return [];
  if (hasApp) return ["It is the last for this address: here your password and a code are asked for then."];
  const codes = factor?.recoveryCodesLeft;
  return [
    `It is the last for this address: here your password and a recovery code are asked for then${codes === undefined ? "" : `, of which ${codes} ${codes === 1 ? "is" : "are"} left`}.`,
  ];
}
