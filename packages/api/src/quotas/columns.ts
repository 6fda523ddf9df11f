// The four columns of a quota, wherever they stand, and their change in words.
import { noQuota, type Quota, QuotaParts } from "@homeport/domain/quota/quota";

export const quotaColumns = { containers: true, cores: true, memoryMib: true, diskGib: true } as const;

/** "no limit → 8" of each part that changes, for the audit log; undefined: none does. */
export function quotaChange(before: Quota | null, after: Quota): Record<string, string> | undefined {
  const old = before ?? noQuota;
  const changed = QuotaParts.filter((part) => old[part] !== after[part]);
  if (changed.length === 0) return undefined;
  return Object.fromEntries(
    changed.map((part) => [part, `${String(old[part] ?? "no limit")} → ${String(after[part] ?? "no limit")}`]),
  );
}
