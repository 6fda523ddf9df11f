// Every procedure on requests for containers beyond a quota once, for the rules that hold for all of them.
import { randomUUID } from "node:crypto";
import { noQuota } from "@homeport/domain/quota/quota";
import { containerInput, type TestPerson } from "./fixture";
import type { Use } from "./use";

export async function useApprovals(
  ada: TestPerson,
  { use, nodeId, revisionId }: { use: Use; nodeId: string; revisionId: string },
): Promise<void> {
  const { approvals, quotas } = await ada.caller();
  const { projectId } = ada;
  await quotas.setProject({ projectId, quota: { ...noQuota, containers: 0 } });
  const input = () => ({
    ...containerInput(nodeId, revisionId, `asked-${randomUUID().slice(0, 8)}`),
    reason: "A demo.",
  });
  const asked = input();
  const { id } = await use("approvals.ask", (requestKey) => approvals.ask({ ...asked, requestKey }));
  await use("approvals.list", () => approvals.list());
  await use("approvals.openCount", () => approvals.openCount());
  await use("approvals.approve", () => approvals.approve({ id }));
  const { id: refused } = await approvals.ask(input());
  await use("approvals.refuse", () => approvals.refuse({ id: refused, answer: "Not now." }));
  const { id: withdrawn } = await approvals.ask(input());
  await use("approvals.withdraw", () => approvals.withdraw({ id: withdrawn }));
  await quotas.setProject({ projectId, quota: noQuota });
}
