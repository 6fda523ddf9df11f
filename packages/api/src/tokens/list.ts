// The API tokens of a person, newest first; those that have ended too, until they are revoked.
import type { Prisma } from "@homeport/db/client";
import type { InPersonContext } from "../context";

const select = {
  id: true,
  name: true,
  prefix: true,
  permissions: true,
  allProjects: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
  lastUsedIp: true,
  projects: { select: { project: { select: { name: true, retiredAt: true } } } },
} as const satisfies Prisma.ApiTokenSelect;

export type ApiTokenView = Omit<Prisma.ApiTokenGetPayload<{ select: typeof select }>, "allProjects" | "projects"> & {
  /** Null: all. Deleted ones are left out. */
  projects: string[] | null;
  ended: boolean;
};

export async function listTokens({ db, userId, clock }: InPersonContext): Promise<ApiTokenView[]> {
  const rows = await db.apiToken.findMany({ where: { user: { id: userId } }, select, orderBy: { id: "desc" } });
  const now = clock();
  return rows.map(({ allProjects, projects, ...row }) => ({
    ...row,
    projects: allProjects
      ? null
      : projects.flatMap(({ project: { name, retiredAt } }) => (retiredAt === null ? [name] : [])).sort(),
    ended: row.expiresAt <= now,
  }));
}
