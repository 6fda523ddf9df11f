// What a person sees of a lease.
import type { Prisma } from "@homeport/db/client";
import type { LeaseStage } from "@homeport/db/types";
import { destructionOf } from "@homeport/domain/lease/next-act";

export const leaseView = {
  endsAt: true,
  hours: true,
  graceHours: true,
  stage: true,
  endedAt: true,
  runId: true,
  warnedAt: true,
  setBy: { select: { name: true } },
} as const satisfies Prisma.LeaseSelect;
type Row = Prisma.LeaseGetPayload<{ select: typeof leaseView }>;

export type LeaseView = Row & {
  /** When it is destroyed if nothing changes; null: it is not, or that is begun. */
  destroyedAt: Date | null;
  /** It carries the tag that keeps leases away. */
  exempt: boolean;
};

export function toLeaseView(row: Row | null, exempt: boolean): LeaseView | null {
  return row === null ? null : { ...row, destroyedAt: destructionOf(row), exempt };
}

/** In lists, as JSON. */
export interface LeaseMark {
  endsAt: string;
  stage: LeaseStage;
  /** It will be destroyed if nobody extends it. */
  destroys: boolean;
  exempt: boolean;
}

export const leaseMark = { endsAt: true, stage: true, graceHours: true } as const satisfies Prisma.LeaseSelect;
type MarkRow = Prisma.LeaseGetPayload<{ select: typeof leaseMark }>;

export function toLeaseMark({ endsAt, stage, graceHours }: MarkRow, exempt: boolean): LeaseMark {
  return { endsAt: endsAt.toISOString(), stage, destroys: graceHours !== null, exempt };
}
