// Who did what in the person's projects, and what was done by them or to their account; newest first.
import type { Prisma } from "@homeport/db/client";
import { StoredDetails } from "@homeport/domain/stored/records";
import type { z } from "zod";
import type { MemberContext } from "../context";
import { visibleActivity } from "./visible";

interface Asked {
  actor?: string | undefined;
  action?: string | undefined;
  targetType?: string | undefined;
  limit: number;
  cursor?: string | null | undefined;
}

const activityView = {
  id: true,
  actorId: true,
  actorEmail: true,
  action: true,
  targetType: true,
  targetId: true,
  targetName: true,
  organizationId: true,
  projectId: true,
  ip: true,
  createdAt: true,
  details: true,
} as const satisfies Prisma.AuditLogSelect;
type Row = Prisma.AuditLogGetPayload<{ select: typeof activityView }>;
export type ActivityView = Omit<Row, "id" | "actorId" | "actorEmail" | "organizationId" | "projectId" | "details"> & {
  id: string;
  /** What they are called now; null: nobody who is known, as at a failed sign-in. Names are not unique: the address beside it is what was written. */
  actorName: string | null;
  /** Null also for who does not see that person's address elsewhere: in entries of no project and no organization of theirs, and for programs. */
  actorEmail: string | null;
  details: z.output<typeof StoredDetails>;
};

export async function listActivity(
  ctx: MemberContext,
  { actor, action, targetType, limit, cursor }: Asked,
): Promise<{ items: ActivityView[]; nextCursor: string | null }> {
  const { db } = ctx;
  const rows = await db.auditLog.findMany({
    where: {
      AND: [await visibleActivity(ctx)],
      ...(actor === undefined ? {} : { actorId: actor }),
      ...(action === undefined ? {} : { action }),
      ...(targetType === undefined ? {} : { targetType }),
      ...(cursor === null || cursor === undefined ? {} : { id: { lt: BigInt(cursor) } }),
    },
    select: activityView,
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const actors = await db.user.findMany({
    where: { id: { in: [...new Set(page.flatMap(({ actorId }) => (actorId === null ? [] : [actorId])))] } },
    select: { id: true, name: true },
  });
  const names = new Map(actors.map(({ id, name }) => [id, name]));
  const [projects, organizations] = await Promise.all([ctx.projects(), ctx.organizations()]);
  const showsAddress = ({
    actorId,
    projectId,
    organizationId,
  }: Pick<Row, "actorId" | "projectId" | "organizationId">): boolean =>
    ctx.scope === null &&
    (actorId === ctx.userId ||
      (projectId !== null && projects.has(projectId)) ||
      (organizationId !== null && organizations.has(organizationId)));
  const items = page.map(({ id, actorId, actorEmail, organizationId, projectId, details, createdAt, ...row }) => ({
    ...row,
    id: String(id),
    actorEmail: showsAddress({ actorId, projectId, organizationId }) ? actorEmail : null,
    // Somebody who writes the database may have put a time there that is none (audit-chain).
    createdAt: Number.isNaN(createdAt.getTime()) ? new Date(0) : createdAt,
    actorName: (actorId === null ? undefined : names.get(actorId)) ?? actorEmail,
    details: StoredDetails.safeParse(details).data ?? {},
  }));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
