// The one way to a row by its id: read by what the person may see, in the same query, and decided by one table.
import type { Db, DbOrTransaction, Prisma } from "@homeport/db/client";
import type { Permission } from "@homeport/domain/access/permission";
import type { MemberContext } from "../context";
import { notFound } from "./not-found";
import { organizationsWith, readOrganizations, requireOrganization } from "./organizations";
import { nouns, type Noun, type NounName } from "./nouns";
import { pathWhere, withoutPath, withPath, type Columns } from "./path";
import { projectsWith, readProjects, requireIn, requireProject, type Membership } from "./projects";

type Model<N extends NounName> = Db[(typeof nouns)[N]["model"]];
type SelectOf<N extends NounName> = NonNullable<Prisma.Args<Model<N>, "findFirst">["select"]>;
type WhereOf<N extends NounName> = NonNullable<Prisma.Args<Model<N>, "findFirst">["where"]>;

export interface Owned<N extends NounName, S> {
  row: Prisma.Result<Model<N>, { select: S }, "findFirstOrThrow">;
  /** Where it was decided: what an audit line names. */
  membership: (typeof nouns)[N]["of"] extends "project" ? Membership : null;
}

type Asker = Pick<MemberContext, "projects" | "organizations" | "userId">;

interface Asked<N> {
  noun: N;
  id: string;
  permission: Permission;
  /** Of a usable node: the project in which it is to be used. Without one, any. */
  projectId?: string;
  /** A transaction; the context's database without one. */
  within?: DbOrTransaction;
}

/** Throws `not_found` for what is not there and for what is somebody else's alike, `forbidden` when the role does not allow it. */
export async function owned<N extends NounName, S extends SelectOf<N>>(
  ctx: MemberContext,
  { noun, id, permission, projectId, within = ctx.db }: Asked<N>,
  select: S,
): Promise<Owned<N, S>> {
  const { model, of, path, reading, name } = nouns[noun];
  const columns: Columns = select;
  const mine =
    projectId === undefined ? await visible(ctx, noun, reading) : await inProject(ctx, noun, { projectId, permission });
  const where = { AND: [{ id }, mine] };
  const table = within[model] as unknown as Table; // every model has it; which one is known to the compiler by `noun` only
  const row = await table.findFirst({ where, select: withPath(columns, path) });
  if (row === null) throw notFound(name);
  const asked = withoutPath(row, columns, path);
  const membership =
    of === "project" ? requireIn(await ctx.projects(), asked.end, { permission, reading, noun: name }) : null;
  if (of === "organization") await requireOrganization(ctx, { organizationId: asked.end, permission });
  return { row: asked.row, membership } as Owned<N, S>; // what Prisma answers for this select, and the table's own `of`
}

interface Table {
  findFirst(query: { where: object; select: Columns }): Promise<Record<string, unknown> | null>;
}

/** Which rows of a noun the person may do this to: the `where` of every list. */
export async function visible<N extends NounName>(ctx: Asker, noun: N, permission: Permission): Promise<WhereOf<N>> {
  const { of, path, where: extra = {} }: Noun = nouns[noun];
  if (of === "everybody") return extra;
  if (of === "person") return { ...extra, ...pathWhere(path, ctx.userId) };
  if (of === "organization")
    return { ...extra, ...pathWhere(path, { in: organizationsWith(await ctx.organizations(), permission) }) };
  const projects = { in: projectsWith(await ctx.projects(), permission) };
  if (of === "shared") return { ...extra, ...ownOrShared(path, ctx.userId, projects) };
  return { ...extra, ...pathWhere(path, projects) };
}

/** A person's own, and those shared into these projects (ProjectNode). */
const ownOrShared = (path: readonly string[], userId: string, projectId: unknown): object => ({
  OR: [pathWhere(path, userId), { shares: { some: { projectId } } }],
});

/** Those in one project, which the caller names: `not_found` for strangers, `forbidden` for members without the right. */
export async function inProject<N extends NounName>(
  ctx: Asker,
  noun: N,
  asked: { projectId: string; permission: Permission },
): Promise<WhereOf<N>> {
  const { of, path, where: extra = {} }: Noun = nouns[noun];
  const { projectId } = await requireProject(ctx, asked);
  if (of === "shared") return { ...extra, ...ownOrShared(path, ctx.userId, projectId) };
  return { ...extra, ...pathWhere(path, projectId) };
}

/** For what lasts: membership may have changed since a stream began, or since the node was asked. */
export function freshly({ db: outside, userId, scope }: MemberContext, db: DbOrTransaction = outside): Asker {
  const holder = { userId, scope };
  return { userId, projects: () => readProjects(db, holder), organizations: () => readOrganizations(db, holder) };
}
