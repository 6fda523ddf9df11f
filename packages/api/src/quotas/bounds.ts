// What holds for somebody who creates in a project on a node: the limits of the node's share there, and every quota with what is taken of it.
import { type DbOrTransaction, Prisma } from "@homeport/db/client";
import type { ShareLimits } from "@homeport/domain/node/share-limits";
import {
  type Amounts,
  type Bound,
  isLimited,
  nothingTaken,
  type Quota,
  type QuotaOf,
} from "@homeport/domain/quota/quota";
import { limitColumns, toLimits } from "../nodes/use/share-limits";
import { quotaColumns } from "./columns";

export interface Place {
  projectId: string;
  organizationId: string;
  /** Whose container it is. */
  userId: string;
  /** Who acts, where that is somebody else: the share's limits are for them. */
  actorId?: string;
  nodeId: string;
}

export interface Bounds {
  /** Null: it is their own node, or not shared with them. */
  share: { node: string; limits: Omit<ShareLimits, "quota"> } | null;
  /** Those that limit something, the narrowest place first. */
  quotas: Bound[];
}

/** `exceptId`: a container that is judged with other settings than it has. */
export async function readBounds(
  db: DbOrTransaction,
  { projectId, organizationId, userId, actorId = userId, nodeId }: Place,
  exceptId?: string,
): Promise<Bounds> {
  const share = await readShare(db, { projectId, userId: actorId, nodeId });
  const rows = await db.quota.findMany({
    where: { OR: [{ project: { id: projectId } }, { organization: { id: organizationId } }, { user: { id: userId } }] },
    select: {
      ...quotaColumns,
      project: { select: { name: true } },
      organization: { select: { name: true } },
      user: { select: { name: true } },
    },
  });
  const heldBy = (holder: "project" | "organization" | "user"): Held | undefined =>
    rows.flatMap(({ project, organization, user, ...quota }) => {
      const name = { project, organization, user }[holder]?.name;
      return name === undefined ? [] : [{ name, quota }];
    })[0];
  const each: { of: QuotaOf; held: Held | undefined; among: Prisma.Sql }[] = [
    {
      of: "share",
      held: share === null ? undefined : { name: share.node, quota: share.quota },
      among: onNode({ projectId, nodeId }),
    },
    { of: "project", held: heldBy("project"), among: ofProject(projectId) },
    { of: "organization", held: heldBy("organization"), among: ofOrganization(organizationId) },
    { of: "person", held: heldBy("user"), among: ofPerson(userId) },
  ];
  const bounds: Bound[] = [];
  for (const { of, held, among } of each)
    if (held !== undefined && isLimited(held.quota))
      bounds.push({ of, ...held, used: await readTaken(db, among, exceptId) });
  return { share, quotas: bounds };
}

type Held = Pick<Bound, "name" | "quota">;

/** Where there is no share: the name of a node that is another person's; null: it is the caller's own. */
export async function readWithheld(
  db: DbOrTransaction,
  { userId, nodeId }: { userId: string; nodeId: string },
): Promise<string | null> {
  const row = await db.proxmoxNode.findFirst({
    where: { id: nodeId, user: { id: { not: userId } } },
    select: { name: true },
  });
  return row?.name ?? null;
}

/** Null: the caller's own node, or one that is not shared into the project. */
export async function readShare(
  db: DbOrTransaction,
  { projectId, userId, nodeId }: Omit<Place, "organizationId">,
): Promise<(NonNullable<Bounds["share"]> & { quota: Quota }) | null> {
  const row = await db.projectNode.findFirst({
    where: { project: { id: projectId }, node: { id: nodeId, user: { id: { not: userId } } } },
    select: {
      ...limitColumns,
      node: { select: { name: true } },
    },
  });
  if (row === null) return null;
  const { node, ...columns } = row;
  const { quota, ...limits } = toLimits(columns);
  return { node: node.name, limits, quota };
}

export const ofProject = (projectId: string): Prisma.Sql => Prisma.sql`made."projectId" = ${projectId}::uuid`;
export const onNode = ({ projectId, nodeId }: { projectId: string; nodeId: string }): Prisma.Sql =>
  Prisma.sql`${ofProject(projectId)} AND made."nodeId" = ${nodeId}::uuid`;
export const ofOrganization = (organizationId: string): Prisma.Sql =>
  Prisma.sql`made."projectId" IN (SELECT "id" FROM "Project" WHERE "organizationId" = ${organizationId}::uuid)`;
const ofPerson = (userId: string): Prisma.Sql => Prisma.sql`made."createdById" = ${userId}::uuid`;

/**
 * Of containers that are not deleted, those that failed and those that are being deleted included: their guest may be there. Settings that
 * somebody changed for a step's next attempt count from that decision on, also while they are not in the container's row yet.
 */
export async function readTaken(db: DbOrTransaction, among: Prisma.Sql, exceptId?: string): Promise<Amounts> {
  const [row] = await db.$queryRaw<Amounts[]>`
    SELECT count(*)::float8 AS "containers", ${sumOf("cores")} AS "cores", ${sumOf("memoryMib")} AS "memoryMib", ${sumOf("diskGib")} AS "diskGib"
    FROM (
      SELECT made."spec" || coalesce(changed."spec", '{}'::jsonb) AS "spec"
      FROM "Container" AS made
      LEFT JOIN LATERAL (
        SELECT decision."edit" -> 'spec' AS "spec"
        FROM "RunDecision" AS decision JOIN "Run" AS run ON run."id" = decision."runId"
        WHERE made."lifecycle" IN ('creating', 'failed') AND run."containerId" = made."id"
          AND decision."refusal" IS NULL AND jsonb_exists(decision."edit", 'spec')
        ORDER BY decision."id" DESC LIMIT 1
      ) AS changed ON true
      WHERE made."lifecycle" <> 'deleted' AND ${among} ${exceptId === undefined ? Prisma.empty : Prisma.sql`AND made."id" <> ${exceptId}::uuid`}
    ) AS counted`;
  return row ?? nothingTaken;
}

/** What is no number there counts for nothing. */
const sumOf = (part: "cores" | "memoryMib" | "diskGib"): Prisma.Sql =>
  Prisma.sql`coalesce(sum(CASE jsonb_typeof("spec" -> ${part}::text) WHEN 'number' THEN ("spec" ->> ${part}::text)::numeric END), 0)::float8`;
