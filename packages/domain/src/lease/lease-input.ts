// What a person says about a lease: one schema for the forms and the router.
import "../text/input-messages";
import { z } from "zod";
import { uuid } from "../text/uuid";

const HOUR_MS = 3_600_000;
const MOST_DAYS = 730;
/** Of a lease, and of the time until a container whose lease ended is destroyed. */
const MOST_HOURS = MOST_DAYS * 24;
/** Shorter than this it would be over before anybody had seen it. */
const SOONEST_MS = 60_000;

const Hours = z.int().min(1, "At least one hour.").max(MOST_HOURS, "At most two years.");
const Days = z.int().min(1, "At least one day.").max(MOST_DAYS, `At most ${MOST_DAYS} days.`);

export const SetLeaseInput = z.strictObject({
  id: uuid(),
  /** ISO 8601 with its offset. */
  endsAt: z.iso.datetime({ offset: true, error: "Choose a date and a time." }),
  /** How long it stays stopped until it is destroyed; null: it is not destroyed. */
  graceHours: Hours.nullable(),
});
export type SetLeaseInput = z.output<typeof SetLeaseInput>;

/** For how long new containers are lent, and after how many more days they are destroyed, null: they are not. */
export const LeaseDefault = z.strictObject({ days: Days, graceDays: Days.nullable() });
export type LeaseDefault = z.output<typeof LeaseDefault>;

/** Why a lease cannot end then, in words; undefined: it can. */
export function whyNotThen(endsAt: Date, now: Date): string | undefined {
  const lastsMs = endsAt.getTime() - now.getTime();
  if (lastsMs < SOONEST_MS) return "Choose a moment that is at least a minute ahead.";
  return lastsMs > MOST_HOURS * HOUR_MS ? "Choose a moment within two years." : undefined;
}

/** By how much one click extends it: as long as it was set for, and at least an hour. */
export function leaseHours({ setAt, endsAt }: { setAt: Date; endsAt: Date }): number {
  return Math.min(Math.max(1, Math.round((endsAt.getTime() - setAt.getTime()) / HOUR_MS)), MOST_HOURS);
}

/** Where one click extends it to: by its length from now, and never to an earlier end. */
export function extendedTo({ endsAt, hours }: { endsAt: Date; hours: number }, now: Date): Date {
  return new Date(Math.max(endsAt.getTime(), now.getTime() + hours * HOUR_MS));
}

/** Of a container that is made now. */
export function firstLease({ days, graceDays }: LeaseDefault, now: Date) {
  return {
    setAt: now,
    endsAt: new Date(now.getTime() + days * 24 * HOUR_MS),
    hours: days * 24,
    graceHours: graceDays === null ? null : graceDays * 24,
  };
}
