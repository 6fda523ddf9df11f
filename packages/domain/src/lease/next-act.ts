// What a lease does next: the one place that decides when a container is shut down and destroyed because nobody extended it. Pure, so that every
// case can be tried. Nothing is destroyed that was not seen stopped at the beginning of its grace period and at every look since, and that nobody
// was warned about.
import type { LeaseStage } from "@homeport/db/types";

/** Whoever puts this tag on a container, here or on the node, keeps leases from touching it. */
export const KEEP_TAG = "keep";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Before the end. A warning that would have come before the lease was set does not come. */
export const WARNED_BEFORE_MS = [3 * DAY_MS, DAY_MS] as const;
/** In the grace period: whether it is still stopped. And at the latest, of all else that is looked at again. */
const CHECK_MS = HOUR_MS / 2;

export interface LeaseFacts {
  setAt: Date;
  endsAt: Date;
  graceHours: number | null;
  stage: LeaseStage;
  endedAt: Date | null;
  warnedAt: Date | null;
}

/** `gone`: it is deleted. `absent`: it never had a guest. `unknown`: its node is silent, or has another guest in its place. */
export type LentGuest = "running" | "stopped" | "absent" | "unknown" | "gone";

export type LeaseAct =
  /** Nothing, until somebody changes the lease. */
  | { do: "rest" }
  | { do: "wait"; until: Date }
  | { do: "warn"; of: "end" | "destruction" }
  /** It runs: shut it down. */
  | { do: "stop" }
  /** It is seen stopped: the grace period begins. */
  | { do: "end" }
  /** It begins anew, and nobody is told: the tag keeps the container, or it runs and something is under way on it. */
  | { do: "renew" }
  | { do: "destroy" };

export interface Standing {
  guest: LentGuest;
  /** A run is under way on it, whoever began it. */
  busy: boolean;
  /** It carries the tag that keeps leases away. */
  exempt: boolean;
  now: Date;
}

export function nextAct(lease: LeaseFacts, { guest, busy, exempt, now }: Standing): LeaseAct {
  if (guest === "gone" || lease.stage === "destroying") return { do: "rest" };
  const act = actOf(lease, guest, now);
  const check: LeaseAct = { do: "wait", until: new Date(now.getTime() + CHECK_MS) };
  // While it is kept, or used, its grace period does not run. Once at each look.
  const lapses = lease.stage === "ended" && (exempt || (guest === "running" && busy));
  if (lapses) return lease.endedAt !== null && lease.endedAt < now ? { do: "renew" } : check;
  if (act.do === "rest" || act.do === "wait") return act;
  if (exempt) return check;
  // What is under way may start it, stop it or delete it. A warning hurts nobody.
  if (busy && act.do !== "warn") return { do: "wait", until: retryAt(lease.endedAt ?? lease.endsAt, now) };
  return act;
}

function actOf(lease: LeaseFacts, guest: LentGuest, now: Date): LeaseAct {
  switch (lease.stage) {
    case "lent":
      return lent(lease, guest, now);
    case "ending":
      // Its own run has ended. One that a person cancelled, or that failed, is not begun again: what they decided counts.
      return isDown(guest) ? { do: "end" } : { do: "wait", until: retryAt(lease.endsAt, now) };
    case "ended":
      return ended(lease, guest, now);
    case "destroying":
      return { do: "rest" };
  }
}

function lent({ setAt, endsAt, warnedAt }: LeaseFacts, guest: LentGuest, now: Date): LeaseAct {
  if (now >= endsAt) {
    if (guest === "running") return { do: "stop" };
    return isDown(guest) ? { do: "end" } : { do: "wait", until: retryAt(endsAt, now) };
  }
  const marks = WARNED_BEFORE_MS.map((ms) => new Date(endsAt.getTime() - ms)).filter((mark) => mark > setAt);
  // Of several that were missed, one is given.
  if (marks.some((mark) => mark <= now && (warnedAt === null || warnedAt < mark))) return { do: "warn", of: "end" };
  return { do: "wait", until: soonest([endsAt, ...marks], now) };
}

function ended(lease: LeaseFacts, guest: LentGuest, now: Date): LeaseAct {
  // Started meanwhile, by hand or with its node: it is not stopped for its whole grace period. That begins anew.
  if (guest === "running") return { do: "stop" };
  const check = new Date(now.getTime() + CHECK_MS);
  const destroyedAt = destructionOf(lease);
  if (destroyedAt === null) return { do: "wait", until: check };
  const notice = noticeMs(lease);
  if (lease.warnedAt === null) {
    const mark = new Date(destroyedAt.getTime() - notice);
    return now >= mark ? { do: "warn", of: "destruction" } : { do: "wait", until: soonest([mark, check], now) };
  }
  if (now < destroyedAt) return { do: "wait", until: soonest([destroyedAt, check], now) };
  return isDown(guest) ? { do: "destroy" } : { do: "wait", until: retryAt(destroyedAt, now) };
}

const isDown = (guest: LentGuest): boolean => guest === "stopped" || guest === "absent";

/** How long before its destruction somebody is warned at least: a day, or half of a short grace period. */
function noticeMs({ graceHours }: Pick<LeaseFacts, "graceHours">): number {
  return Math.min(DAY_MS, ((graceHours ?? 0) * HOUR_MS) / 2);
}

/**
 * When it is destroyed if nothing changes; null: not at all, or that is begun. Never sooner than the notice after the warning: who was warned
 * late, as Homeport was off, has as long as anybody else.
 */
export function destructionOf(lease: Omit<LeaseFacts, "setAt">): Date | null {
  const { endsAt, endedAt, graceHours, stage, warnedAt } = lease;
  if (graceHours === null || stage === "destroying") return null;
  const planned = (endedAt ?? endsAt).getTime() + graceHours * HOUR_MS;
  return new Date(
    endedAt === null || warnedAt === null ? planned : Math.max(planned, warnedAt.getTime() + noticeMs(lease)),
  );
}

const soonest = (times: readonly Date[], now: Date): Date =>
  new Date(Math.min(...times.filter((time) => time > now).map(Number)));

/** While something is in the way it is looked at again, less and less often. */
export function retryAt(due: Date, now: Date): Date {
  const lateMs = now.getTime() - due.getTime();
  return new Date(now.getTime() + Math.min(Math.max(lateMs / 10, MINUTE_MS), CHECK_MS));
}
