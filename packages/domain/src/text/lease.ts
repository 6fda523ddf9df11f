// Leases in words.
import type { LeaseDefault } from "../lease/lease-input";

/** "14 days", "1 day and 6 hours", "5 hours". */
export function hoursText(hours: number): string {
  const [days, rest] = [Math.floor(hours / 24), hours % 24];
  const parts = [...(days === 0 ? [] : [count(days, "day")]), ...(rest === 0 ? [] : [count(rest, "hour")])];
  return parts.join(" and ");
}

const count = (number: number, unit: string): string => `${number} ${unit}${number === 1 ? "" : "s"}`;

/** What happens once it has ended. */
export function afterText(graceHours: number | null): string {
  return graceHours === null
    ? "It is shut down then, and not destroyed."
    : `It is shut down then, and destroyed with its disks ${hoursText(graceHours)} later.`;
}

/** Of new containers: "They are lent for 14 days, then shut down, and destroyed 7 days later." */
export function lentForText(subject: string, { days, graceDays }: LeaseDefault): string {
  const then =
    graceDays === null
      ? "then shut down, and not destroyed"
      : `then shut down, and destroyed ${count(graceDays, "day")} later`;
  return `${subject} lent for ${count(days, "day")}, ${then}, unless somebody extends the lease.`;
}
