// Who sees a request for a container beyond a quota, and who can approve it for which quota: whoever could raise that quota.
import type { DbOrTransaction, Prisma } from "@homeport/db/client";
import type { QuotaOf } from "@homeport/domain/quota/quota";
import type { MemberContext } from "../context";
import { setUpInstallation } from "./installation";
import { organizationsWith } from "./organizations";
import { freshly } from "./owned";

/** Of which quotas somebody could raise the limit: read once for a list. */
export interface Raiser {
  userId: string;
  /** The ids of the organizations that they run, and of those that they own. */
  runs: readonly string[];
  owns: readonly string[];
  setUp: boolean;
}

/** In a transaction everything is read in it: another connection would be waited for while this one is held. */
export async function readRaiser(ctx: MemberContext, within?: DbOrTransaction): Promise<Raiser> {
  const { organizations } = within === undefined ? ctx : freshly(ctx, within);
  const mine = await organizations();
  return {
    userId: ctx.userId,
    runs: organizationsWith(mine, "organization:write"),
    owns: organizationsWith(mine, "ownership:write"),
    setUp: await setUpInstallation({ signedIn: ctx.signedIn, db: within ?? ctx.db }),
  };
}

export function raisable(
  { userId, runs, owns, setUp }: Raiser,
  { organizationId, nodeUserId }: { organizationId: string; nodeUserId: string },
): QuotaOf[] {
  return [
    ...(nodeUserId === userId ? (["share"] as const) : []),
    ...(runs.includes(organizationId) ? (["project"] as const) : []),
    ...(owns.includes(organizationId) ? (["organization"] as const) : []),
    ...(setUp ? (["person"] as const) : []),
  ];
}

/** Those that they asked for, and those that they can approve for one of the quotas that it is beyond. */
export function visibleApprovals(raiser: Raiser): Prisma.ApprovalWhereInput {
  return { OR: [{ userId: raiser.userId }, ...forEach(raiser, (of) => ({ beyond: { has: of } }))] };
}

/** Those that wait for them. */
export function awaitedApprovals(raiser: Raiser): Prisma.ApprovalWhereInput {
  return { OR: forEach(raiser, (of) => ({ beyond: { has: of }, NOT: { given: { has: of } } })) };
}

function forEach(
  { userId, runs, owns, setUp }: Raiser,
  where: (of: QuotaOf) => Prisma.ApprovalWhereInput,
): Prisma.ApprovalWhereInput[] {
  const of = (ids: readonly string[]) => ({ project: { organizationId: { in: [...ids] }, retiredAt: null } });
  return [
    { ...where("project"), ...of(runs) },
    { ...where("organization"), ...of(owns) },
    { ...where("share"), node: { userId }, project: { retiredAt: null } },
    ...(setUp ? [{ ...where("person"), project: { retiredAt: null } }] : []),
  ];
}
