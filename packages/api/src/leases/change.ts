// Sets, extends or takes away the lease of a container. What it does by itself, the worker does.
import type { DbOrTransaction, Prisma } from "@homeport/db/client";
import type { ContainerLifecycle, Lease, RunKind } from "@homeport/db/types";
import { AppError } from "@homeport/domain/error";
import { extendedTo, leaseHours, type SetLeaseInput, whyNotThen } from "@homeport/domain/lease/lease-input";
import { runKinds } from "@homeport/domain/run/run-kinds";
import { ActiveRunStates } from "@homeport/domain/run/run-state";
import { lockLease, prolongLease, setLease } from "@homeport/records/lease-rows";
import { freshly, owned } from "../access/owned";
import type { MemberContext } from "../context";
import { cancelRun } from "../runs/cancel";

interface Term {
  endsAt: Date;
  graceHours: number | null;
}

export async function setLeaseOf(ctx: MemberContext, { id, endsAt: ends, graceHours }: SetLeaseInput): Promise<Term> {
  const asked = new Date(ends);
  const now = ctx.clock();
  const why = whyNotThen(asked, now);
  if (why !== undefined) throw new AppError("lease.moment", why, { fields: { endsAt: why } });
  return change(ctx, { id, action: "container.set_lease" }, async (within, lease) => {
    // An input of a page has whole minutes: the end itself is not what was changed.
    const same = lease?.stage === "lent" && Math.abs(lease.endsAt.getTime() - asked.getTime()) < 60_000;
    const { endsAt, hours } = same ? lease : { endsAt: asked, hours: leaseHours({ setAt: now, endsAt: asked }) };
    const term = { endsAt, graceHours };
    if (same && lease.graceHours === graceHours) return { isSo: true, term };
    await setLease(within, { containerId: id, ...term, hours, userId: ctx.userId, now });
    return { isSo: false, term };
  });
}

/** By its length, from now. */
export async function extendLease(ctx: MemberContext, id: string): Promise<Term> {
  return change(ctx, { id, action: "container.extend_lease" }, async (within, lease) => {
    if (lease === null) throw new AppError("lease.none", "This container is not lent: it has no end to extend.");
    const now = ctx.clock();
    const term = { endsAt: extendedTo(lease, now), graceHours: lease.graceHours };
    await prolongLease(within, { containerId: id, endsAt: term.endsAt, now });
    return { isSo: false, term };
  });
}

/** Kept until somebody deletes it. */
export async function removeLease(ctx: MemberContext, id: string): Promise<void> {
  await change(ctx, { id, action: "container.remove_lease" }, async (within, lease) => {
    if (lease !== null) await within.lease.delete({ where: { containerId: id }, select: { containerId: true } });
    return { isSo: lease === null, term: null };
  });
}

const select = {
  hostname: true,
  lifecycle: true,
  runs: { where: { state: { in: [...ActiveRunStates] } }, select: { id: true, kind: true }, take: 1 },
} as const satisfies Prisma.ContainerSelect;

interface Written<T> {
  /** Nothing was changed. */
  isSo: boolean;
  term: T;
}

/** Behind the lease's lock, by who may do it now. */
async function change<T extends Term | null>(
  ctx: MemberContext,
  { id, action }: { id: string; action: string },
  write: (within: DbOrTransaction, lease: Lease | null) => Promise<Written<T>>,
): Promise<T> {
  const asked = { noun: "container", id, permission: "container:write" } as const;
  await owned(ctx, asked, { id: true });
  const { hostname, term, begun } = await ctx.db.$transaction(async (within) => {
    // Whoever marks it as deleted comes before or after: its lease goes with it.
    await within.$queryRaw`SELECT 1 FROM "Container" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`;
    const lease = await lockLease(within, id);
    const { row, membership } = await owned({ ...ctx, ...freshly(ctx, within) }, { ...asked, within }, select);
    const [active] = row.runs;
    requireKept(row.lifecycle, active);
    const { isSo, term } = await write(within, lease);
    if (isSo) ctx.audit.nothing("it is so already");
    else
      await ctx.audit(within, {
        action,
        target: { type: "container", id, name: row.hostname },
        organizationId: membership.organizationId,
        projectId: membership.projectId,
        details: { ...details(term), ...details(lease, "Before") },
      });
    return {
      hostname: row.hostname,
      term,
      begun: lease?.stage === "ending" && active?.id === lease.runId ? active.id : null,
    };
  });
  const log = (error: unknown): void => {
    ctx.log({ id, path: "leases.keep", error });
  };
  // Its shutdown has nothing to do any more. Where this does not arrive, its own fence lets it do nothing.
  if (begun !== null) await cancelRun(ctx, { id: begun }).catch(log);
  // What is not heard now, the sweeper tells.
  await ctx.engine.keepLease({ containerId: id, hostname }).catch(log);
  return term;
}

function details(term: Term | null, suffix = ""): Record<string, string | number | null> {
  if (term === null) return {};
  return { [`endsAt${suffix}`]: term.endsAt.toISOString(), [`graceHours${suffix}`]: term.graceHours };
}

/** What is being destroyed, by its lease or by a person, no lease saves: that run is ended first. */
function requireKept(lifecycle: ContainerLifecycle, active: { kind: RunKind } | undefined): void {
  if (lifecycle === "deleting" || lifecycle === "deleted")
    throw new AppError("lease.gone", "This container is deleted, or is being deleted.");
  if (active !== undefined && runKinds[active.kind].guest === "removes")
    throw new AppError(
      "lease.destroying",
      "The run that destroys this container has begun. To keep it, cancel that run, then extend the lease.",
    );
}
