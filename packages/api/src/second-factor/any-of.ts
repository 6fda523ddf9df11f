// Whether a person whose factors were read with their row has one that counts, as `withFactor` asks for it in the database.

export interface Factors {
  secondFactor: { confirmedAt: Date | null } | null;
  _count: { passkeys: number };
}

export function anyOf({ secondFactor, _count }: Factors): boolean {
  return (secondFactor?.confirmedAt ?? null) !== null || _count.passkeys > 0;
}
