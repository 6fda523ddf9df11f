// A request as the page shows it: all that whoever decides has to know of it.
import type { Prisma } from "@homeport/db/client";
import { type ApprovalState, approvalState } from "@homeport/domain/approval/approval-state";
import type { ContainerSpec as Spec } from "@homeport/domain/container/container-input";
import { type Excess, excessOf, type QuotaOf, takenBy } from "@homeport/domain/quota/quota";
import { StoredTitle } from "@homeport/domain/stored/template";
import { excessFact } from "@homeport/domain/text/quota";
import { raisable, type Raiser } from "../access/approvals";
import { ContainerSpec } from "../containers/spec";
import type { MemberContext } from "../context";
import { readBounds } from "../quotas/bounds";

export const approvalView = {
  id: true,
  userId: true,
  nodeId: true,
  projectId: true,
  reason: true,
  answer: true,
  input: true,
  beyond: true,
  given: true,
  createdAt: true,
  expiresAt: true,
  decision: true,
  decidedAt: true,
  runId: true,
  project: { select: { slug: true, name: true, organizationId: true } },
  node: { select: { name: true, userId: true } },
  user: { select: { name: true, email: true } },
  decidedBy: { select: { name: true } },
} as const satisfies Prisma.ApprovalSelect;
type Row = Prisma.ApprovalGetPayload<{ select: typeof approvalView }>;
type Shown = Pick<
  Spec,
  "hostname" | "vmid" | "cores" | "memoryMib" | "diskGib" | "storage" | "bridge" | "vlan" | "unprivileged"
>;

export type ApprovalView = Pick<Row, "id" | "reason" | "answer" | "createdAt" | "expiresAt" | "decidedAt"> & {
  state: ApprovalState;
  /** Null where the caller sees it no more; its slug is null where they decide about it without being in it. */
  project: { slug: string | null; name: string } | null;
  node: string;
  template: string;
  spec: Shown;
  /** Of its run, where the caller sees the project. */
  runId: string | null;
  /** Who asks. */
  by: Row["user"];
  decidedBy: string | null;
  mine: boolean;
  /** Whose quotas it is beyond now and nobody has approved it for; empty once it is decided, or while there is room for it. */
  waitsFor: QuotaOf[];
  /** Of an open one, for those who decide: what it is beyond now, in sentences; empty: there is room for it by now. */
  beyond: string[];
  mayApprove: boolean;
  mayRefuse: boolean;
};

interface About {
  raiser: Raiser;
  /** By the id of its revision. */
  templates: ReadonlyMap<string, string>;
}

export async function toApprovalView(
  ctx: MemberContext,
  row: Row,
  { raiser, templates }: About,
): Promise<ApprovalView> {
  const { id, reason, answer, createdAt, expiresAt, decidedAt, project, node, user, decidedBy } = row;
  const spec = ContainerSpec.parse(row.input);
  const state = approvalState(row, ctx.clock());
  const mine = raisable(raiser, { organizationId: project.organizationId, nodeUserId: node.userId });
  const beyond = state === "open" ? await beyondNow(ctx, row, spec) : [];
  const waitsFor = [...new Set(beyond.map(({ bound }) => bound.of))].filter((of) => !row.given.includes(of));
  const stillToGive = row.beyond.filter((of) => !row.given.includes(of)) as QuotaOf[]; // what the rows are written with
  const decides = row.beyond.some((of) => mine.includes(of as QuotaOf)); // what the rows are written with
  const inside = (await ctx.projects()).has(row.projectId);
  const seen = inside || decides;
  const mayRefuse = state === "open" && decides;
  return {
    id,
    reason,
    // Who was removed is told no news of the project.
    answer: seen ? answer : "",
    createdAt,
    expiresAt,
    decidedAt,
    state,
    project: seen ? { slug: inside ? project.slug : null, name: project.name } : null,
    node: node.name,
    template: templates.get(spec.templateRevisionId) ?? "",
    spec: shown(spec),
    runId: inside ? row.runId : null,
    by: user,
    decidedBy: seen ? (decidedBy?.name ?? null) : null,
    mine: row.userId === ctx.userId,
    waitsFor,
    // What others may have is theirs to know.
    beyond: mayRefuse ? beyond.filter(({ bound }) => mine.includes(bound.of)).map(excessFact) : [],
    // Also for a quota that it is not beyond any more: the others are asked then.
    mayApprove: mayRefuse && (waitsFor.length === 0 || [...waitsFor, ...stillToGive].some((of) => mine.includes(of))),
    mayRefuse,
  };
}

function shown({ hostname, vmid, cores, memoryMib, diskGib, storage, bridge, vlan, unprivileged }: Spec): Shown {
  return { hostname, vmid, cores, memoryMib, diskGib, storage, bridge, vlan, unprivileged };
}

async function beyondNow({ db }: MemberContext, row: Row, spec: Spec): Promise<Excess[]> {
  const { projectId, nodeId, userId, project } = row;
  const { quotas } = await readBounds(db, { projectId, organizationId: project.organizationId, userId, nodeId });
  return excessOf(quotas, takenBy(spec));
}

/** What the templates of these revisions are called. */
export async function readTitles({ db }: MemberContext, rows: readonly Row[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.map(({ input }) => ContainerSpec.parse(input).templateRevisionId))];
  const revisions = await db.templateRevision.findMany({
    where: { id: { in: ids } },
    select: { id: true, definition: true },
  });
  return new Map(revisions.map(({ id, definition }) => [id, StoredTitle.safeParse(definition).data?.title ?? ""]));
}
