// The mails of a request: to those who can approve it, and to who asked. Where their address is confirmed: they are about somebody else.
import { withFactor } from "@homeport/db/confirmed-factor";
import type { DbOrTransaction, Prisma } from "@homeport/db/client";
import type { QuotaOf } from "@homeport/domain/quota/quota";
import { whoSetUp } from "../access/installation";
import { readProjects } from "../access/projects";
import { ContainerSpec } from "../containers/spec";
import type { MemberContext } from "../context";
import { postMail } from "../mails/post";

/** For each quota: an organization can have very many administrators, and all of them see it on their page. */
const MOST_READERS = 10;
const reachable = { emailVerifiedAt: { not: null }, status: "ACTIVE" } as const satisfies Prisma.UserWhereInput;
const address = { id: true, email: true } as const satisfies Prisma.UserSelect;

interface Reader {
  id: string;
  email: string;
}

/** `of`: the quotas that it is beyond, and that nobody was mailed about. */
export async function mailApprovers(
  ctx: MemberContext,
  within: DbOrTransaction,
  { id, of }: { id: string; of: readonly QuotaOf[] },
): Promise<void> {
  const { input, project, user, node } = await within.approval.findUniqueOrThrow({
    where: { id },
    select: {
      input: true,
      project: { select: { name: true, organizationId: true } },
      user: { select: { ...address, name: true } },
      node: { select: { userId: true } },
    },
  });
  const readers = new Map<string, string>();
  for (const one of of)
    for (const reader of await readersOf(within, one, { ...project, nodeUserId: node.userId }))
      if (reader.id !== user.id && reader.id !== ctx.userId) readers.set(reader.id, reader.email);
  const { hostname } = ContainerSpec.parse(input);
  for (const [reader, to] of readers)
    if (await ctx.auth.mayMailApproval(within, { causedBy: user.id, reader }))
      await postMail(ctx, within, {
        to,
        content: {
          kind: "approval_wanted",
          hostname,
          project: project.name,
          askedBy: { name: user.name, email: user.email },
        },
      });
}

/** Who could raise it. */
async function readersOf(
  within: DbOrTransaction,
  of: QuotaOf,
  { organizationId, nodeUserId }: { organizationId: string; nodeUserId: string },
): Promise<Reader[]> {
  switch (of) {
    case "share":
      return within.user.findMany({ where: { id: nodeUserId, ...reachable }, select: address });
    case "person": {
      const id = await whoSetUp(within);
      return id === null ? [] : within.user.findMany({ where: { id, ...reachable }, select: address });
    }
    case "project":
    case "organization": {
      const { requiresSecondFactor } = await within.organization.findUniqueOrThrow({
        where: { id: organizationId },
        select: { requiresSecondFactor: true },
      });
      // Who is kept out until they have a second factor could not decide.
      const admitted = requiresSecondFactor ? withFactor : {};
      const members = await within.organizationMember.findMany({
        where: {
          organization: { id: organizationId },
          role: { in: of === "project" ? ["OWNER", "ADMIN"] : ["OWNER"] },
          user: { ...reachable, ...admitted },
        },
        select: { user: { select: address } },
        orderBy: [{ role: "asc" }, { id: "asc" }], // owners first
        take: MOST_READERS,
      });
      return members.map(({ user }) => user);
    }
  }
}

export async function mailAsker(
  ctx: MemberContext,
  within: DbOrTransaction,
  { id, approved }: { id: string; approved: boolean },
): Promise<void> {
  const { input, project, user } = await within.approval.findUniqueOrThrow({
    where: { id },
    select: {
      input: true,
      project: { select: { id: true, name: true } },
      user: { select: { ...address, emailVerifiedAt: true } },
    },
  });
  if (user.id === ctx.userId || user.emailVerifiedAt === null) return;
  // Who was removed is told no news of the project.
  if (!(await readProjects(within, { userId: user.id, scope: null })).has(project.id)) return;
  if (!(await ctx.auth.mayMailApproval(within, { causedBy: ctx.userId, reader: user.id }))) return;
  const { hostname } = ContainerSpec.parse(input);
  await postMail(ctx, within, {
    to: user.email,
    content: { kind: "approval_decided", hostname, project: project.name, approved },
  });
}
