// Does what a lease has to do now (domain/lease/next-act), behind its row's lock: whoever extends it comes before or after, never in between.
import type { Db, DbOrTransaction, Prisma } from "@homeport/db/client";
import type { Vault } from "@homeport/db/sealing";
import type { Lease } from "@homeport/db/types";
import { type LeaseAct, nextAct } from "@homeport/domain/lease/next-act";
import type { OperationKind } from "@homeport/domain/run/run-kinds";
import { planOperation } from "@homeport/domain/run/run-plan";
import { createRun } from "@homeport/records/create-run";
import { guestOwner } from "@homeport/records/guests";
import { lockLease } from "@homeport/records/lease-rows";
import { nameRun } from "@homeport/records/name-run";
import { recordEvent } from "@homeport/records/record-event";
import { mailReaders } from "./lease-mails";
import { readStanding } from "./standing";

export interface LeaseDeps {
  db: Db;
  vault: Vault;
  mailServer: boolean;
}

/** At once there are at most two, such as a missed warning and what it warned of. */
const MOST_ACTS = 3;

const select = {
  ...guestOwner,
  hostname: true,
  lifecycle: true,
  spec: true,
  createdById: true,
  node: { select: { state: true } },
  project: { select: { id: true, name: true, slug: true, organizationId: true } },
} as const satisfies Prisma.ContainerSelect;
export type LentContainer = Prisma.ContainerGetPayload<{ select: typeof select }>;

/** When there is something to do again; null: not before somebody changes it. */
export async function actOnLease(
  deps: LeaseDeps,
  { containerId, now }: { containerId: string; now: Date },
): Promise<Date | null> {
  return deps.db.$transaction(async (within) => {
    let lease = await lockLease(within, containerId);
    if (lease === null) return null;
    const container = await within.container.findUniqueOrThrow({ where: { id: containerId }, select });
    let next: Date | null = now;
    for (let acts = 0; acts < MOST_ACTS; acts += 1) {
      const act = nextAct(lease, await readStanding(within, container, now));
      if (act.do === "rest" || act.do === "wait") {
        next = act.do === "wait" ? act.until : null;
        break;
      }
      const done = await does(act, { deps, within, lease, container, now });
      lease = await within.lease.update({ where: { containerId }, data: done });
    }
    await within.lease.update({
      where: { containerId },
      data: { readVersion: lease.version, nextAt: next },
      select: { containerId: true },
    });
    return next;
  });
}

interface Doing {
  deps: LeaseDeps;
  within: DbOrTransaction;
  lease: Lease;
  container: LentContainer;
  now: Date;
}

/** What of the lease it changes. */
async function does(
  act: Exclude<LeaseAct, { do: "rest" | "wait" }>,
  doing: Doing,
): Promise<Prisma.LeaseUncheckedUpdateInput> {
  const { within, lease, now } = doing;
  const { containerId } = lease;
  switch (act.do) {
    case "warn": {
      const warned = { ...lease, warnedAt: now };
      await mailReaders(doing, { kind: act.of === "end" ? "lease_ends" : "lease_destroys", lease: warned });
      return { warnedAt: now };
    }
    case "stop": {
      const runId = await begin(doing, "shutdown");
      await recordEvent(within, containerId, { type: "lease.ended", runId });
      await note(doing, "container.lease_end", runId);
      return { stage: "ending", endedAt: null, warnedAt: null, runId };
    }
    case "end": {
      const ended = { stage: "ended", endedAt: now, warnedAt: null } as const;
      await mailReaders(doing, { kind: "lease_ended", lease: { ...lease, ...ended } });
      if (lease.stage === "lent") {
        await recordEvent(within, containerId, { type: "lease.ended" });
        await note(doing, "container.lease_end", null);
      }
      return ended;
    }
    case "renew":
      return { endedAt: now, warnedAt: null };
    case "destroy": {
      const runId = await begin(doing, "destroy");
      await recordEvent(within, containerId, { type: "lease.destroys", runId });
      await note(doing, "container.lease_destroy", runId);
      return { stage: "destroying", runId };
    }
  }
}

/** Queued: the sweeper starts it. In the name of who set the lease; its row says that the lease began it. */
async function begin({ within, lease, container, now }: Doing, kind: OperationKind): Promise<string> {
  const run = nameRun({ kind, hostname: container.hostname }, now);
  await createRun(within, {
    ...run,
    subject: { type: "container", id: container.id },
    projectId: container.project.id,
    nodeId: container.nodeId,
    userId: lease.setById,
    requestKey: `lease:${run.id}`,
    byLease: true,
    steps: planOperation(kind),
  });
  return run.id;
}

/** Nobody's doing at that moment: the entry names nobody, and says until when it was lent. */
async function note({ within, lease, container }: Doing, action: string, runId: string | null): Promise<void> {
  await within.auditLog.create({
    data: {
      action,
      targetType: "container",
      targetId: container.id,
      targetName: container.hostname,
      organizationId: container.project.organizationId,
      projectId: container.project.id,
      details: { endsAt: lease.endsAt.toISOString(), vmid: container.vmid, run: runId },
    },
    select: { id: true },
  });
}
