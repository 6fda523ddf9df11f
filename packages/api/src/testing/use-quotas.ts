// Every procedure on quotas once, for the rules that hold for all of them.
import { noQuota } from "@homeport/domain/quota/quota";
import type { TestApi, TestPerson } from "./fixture";
import type { Use } from "./use";

export async function useQuotas(
  api: TestApi,
  ada: TestPerson,
  { use, nodeId }: { use: Use; nodeId: string },
): Promise<void> {
  const { quotas } = await ada.caller();
  const { projectId } = ada;
  const { organizationId } = await api.db.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { organizationId: true },
  });
  const quota = { ...noQuota, containers: 100 };
  await use("quotas.setProject", () => quotas.setProject({ projectId, quota }));
  await use("quotas.setOrganization", () => quotas.setOrganization({ organizationId, quota }));
  await use("quotas.project", () => quotas.project({ projectId }));
  await use("quotas.organization", () => quotas.organization({ organizationId }));
  await use("quotas.room", () => quotas.room({ projectId, nodeId }));
}
