// The mails of a request: to those who can approve it, and to who asked. Where their address is confirmed: they are about somebody else.
import type { DbOrTransaction } from "@homeport/db/client";
import type { QuotaOf } from "@homeport/domain/quota/quota";
import { address, managersOf, reachable, type Reader } from "@homeport/records/mail-readers";
import { whoSetUp } from "../access/installation";
import { readProjects } from "../access/projects";
import { ContainerSpec } from "../containers/spec";
import type { MemberContext } from "../context";
import { postMail } from "../mails/post";

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

/** Who could raise it: for each quota a few. */
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
      return managersOf(within, { organizationId, roles: ["OWNER", "ADMIN"] });
    case "organization":
      return managersOf(within, { organizationId, roles: ["OWNER"] });
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
