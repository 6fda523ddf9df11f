// Who did what in the person's projects, and what was done by them or to their account; newest first.
import { StoredDetails } from "@homeport/domain/stored/records";
import type { MemberContext } from "../context";
import { visibleActivity } from "./visible";

interface Asked {
  actor?: string | undefined;
  action?: string | undefined;
  targetType?: string | undefined;
  limit: number;
  cursor?: string | null | undefined;
}

export interface ActivityView {
  id: string;
  actorName: string | null;
  action: string;
  targetType: string | null;
  targetId: string | null;
  targetName: string | null;
  ip: string | null;
  createdAt: Date;
  details: Record<string, string | number | boolean | null>;
}

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
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const actors = await db.user.findMany({
    where: { id: { in: [...new Set(page.flatMap(({ actorId }) => (actorId === null ? [] : [actorId])))] } },
    select: { id: true, name: true },
  });
  const names = new Map(actors.map(({ id, name }) => [id, name]));
  const items = page.map(
    ({ id, actorId, actorEmail, targetType: type, targetId, targetName, ip, createdAt, details, ...row }) => ({
      id: String(id),
      actorName: (actorId === null ? undefined : names.get(actorId)) ?? actorEmail,
      action: row.action,
      targetType: type,
      targetId,
      targetName,
      ip,
      createdAt,
      details: StoredDetails.safeParse(details).data ?? {},
    }),
  );
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
