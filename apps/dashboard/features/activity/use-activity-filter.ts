"use client";
// The activity's filter, kept in the address.
import { usePathname, useRouter, useSearchParams } from "next/navigation";

export interface ActivityFilter {
  actor?: string;
  action?: string;
  targetType?: string;
}
const keys = ["actor", "action", "targetType"] as const;

export function useActivityFilter() {
  const router = useRouter();
  const pathname = usePathname();
  const query = useSearchParams();
  const filter: ActivityFilter = {};
  for (const key of keys) {
    const value = query.get(key);
    if (value) filter[key] = value;
  }
  const go = (next: URLSearchParams): void => {
    router.push(next.size === 0 ? pathname : `${pathname}?${next.toString()}`, { scroll: false });
  };
  return {
    filter,
    isFiltered: Object.keys(filter).length > 0,
    /** An undefined value takes that part of the filter away. */
    set: (change: { [Key in keyof ActivityFilter]: string | undefined }) => {
      const next = new URLSearchParams(query);
      for (const [key, value] of Object.entries(change)) {
        if (value === undefined) next.delete(key);
        else next.set(key, value);
      }
      go(next);
    },
    clear: () => {
      go(new URLSearchParams());
    },
  };
}
