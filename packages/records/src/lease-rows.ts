// The rows of leases: with new containers, and as people change them. What a lease does by itself is written by the worker.
import type { DbOrTransaction } from "@homeport/db/client";
import type { Lease } from "@homeport/db/types";
import { hasTag } from "@homeport/domain/container/ownership-tag";
import { firstLease, type LeaseDefault } from "@homeport/domain/lease/lease-input";
import { KEEP_TAG } from "@homeport/domain/lease/next-act";
import { StoredTags } from "@homeport/domain/stored/spec";
import type { TemplateDefinition } from "@homeport/domain/template/template";
import type { Guest } from "./guests";

/** Null: it is not lent. Whoever changes a lease, and the lease itself, wait for each other here. */
export async function lockLease(within: DbOrTransaction, containerId: string): Promise<Lease | null> {
  await within.$queryRaw`SELECT 1 FROM "Lease" WHERE "containerId" = ${containerId}::uuid FOR UPDATE`;
  return within.lease.findUnique({ where: { containerId } });
}

/** Of containers that are made now, by what their template says, else their project; none where neither does. */
export async function lendNew(
  within: DbOrTransaction,
  {
    containerIds,
    projectId,
    ofTemplate,
    userId,
    now,
  }: {
    containerIds: readonly string[];
    projectId: string;
    ofTemplate: TemplateDefinition["lease"];
    userId: string;
    now: Date;
  },
): Promise<void> {
  const lent = ofTemplate
    ? { days: ofTemplate.days, graceDays: ofTemplate.graceDays ?? null }
    : await readProjectLease(within, projectId);
  if (lent === null) return;
  const lease = { ...firstLease(lent, now), setById: userId };
  await within.lease.createMany({ data: containerIds.map((containerId) => ({ containerId, ...lease })) });
}

/** For how long new containers of the project are lent; null: they are not. */
export async function readProjectLease(db: DbOrTransaction, projectId: string): Promise<LeaseDefault | null> {
  const { leaseDays: days, leaseGraceDays: graceDays } = await db.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { leaseDays: true, leaseGraceDays: true },
  });
  return days === null ? null : { days, graceDays };
}

interface NewTerm {
  containerId: string;
  endsAt: Date;
  graceHours: number | null;
  /** By how much one click extends it. */
  hours: number;
  now: Date;
}

const fresh = { stage: "lent", endedAt: null, runId: null, warnedAt: null } as const;

/** A new term: whatever it has done before, it begins anew. */
export async function setLease(
  within: DbOrTransaction,
  { containerId, endsAt, graceHours, hours, now, userId }: NewTerm & { userId: string },
): Promise<void> {
  const term = { ...fresh, endsAt, graceHours, hours, setAt: now, setById: userId };
  await within.lease.upsert({
    where: { containerId },
    create: { containerId, ...term },
    update: { ...term, version: { increment: 1 } },
    select: { containerId: true },
  });
}

/** A new term of the one that is there. Whose lease it is stays: who saves a container answers for nothing that is done to it later. */
export async function prolongLease(
  within: DbOrTransaction,
  { containerId, endsAt, now }: Pick<NewTerm, "containerId" | "endsAt" | "now">,
): Promise<void> {
  await within.lease.update({
    where: { containerId },
    data: { ...fresh, endsAt, setAt: now, version: { increment: 1 } },
    select: { containerId: true },
  });
}

/** Whether it carries the tag that keeps leases away: by what its node has now; as long as that is not known, by what was typed when it was made. */
export function isExempt(spec: unknown, guest: Guest | undefined): boolean {
  if (guest?.replaced === false) return hasTag(guest.tags, KEEP_TAG);
  return StoredTags.safeParse(spec).data?.tags.includes(KEEP_TAG) === true;
}
