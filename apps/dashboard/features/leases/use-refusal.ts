// Why a lease cannot be changed now, in words; undefined: it can.
import type { ContainerDetail } from "@homeport/api";
import { runKinds } from "@homeport/domain/run/run-kinds";
import { useRoleRefusal } from "@/lib/project/use-role";

export function useLeaseRefusal(activeRun: ContainerDetail["activeRun"]): string | undefined {
  const refusal = useRoleRefusal("container:write");
  return refusal ?? (isBeingDestroyed(activeRun) ? "It is being destroyed: cancel that run first." : undefined);
}

export function isBeingDestroyed(activeRun: ContainerDetail["activeRun"]): boolean {
  return activeRun !== null && runKinds[activeRun.kind].guest === "removes";
}
