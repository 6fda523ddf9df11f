// Every procedure on leases once, for the rules that hold for all of them.
import type { TestApi, TestPerson } from "./fixture";
import type { Use } from "./use";

export async function useLeases(
  api: TestApi,
  ada: TestPerson,
  { use, containerId: id }: { use: Use; containerId: string },
): Promise<void> {
  const { leases } = await ada.caller();
  const { projectId } = ada;
  const endsAt = new Date(api.clock.now.getTime() + 86_400_000).toISOString();
  await use("leases.setOfProject", () => leases.setOfProject({ projectId, lease: { days: 14, graceDays: 7 } }));
  await use("leases.ofProject", () => leases.ofProject({ projectId }));
  await use("leases.set", () => leases.set({ id, endsAt, graceHours: 24 }));
  api.clock.now = new Date(api.clock.now.getTime() + 60_000);
  await use("leases.extend", () => leases.extend({ id }));
  await use("leases.remove", () => leases.remove({ id }));
}
