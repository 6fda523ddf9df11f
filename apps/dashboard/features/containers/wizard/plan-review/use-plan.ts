"use client";
// The plan of what is being reviewed: asked of the node when the review is opened, and again when anything was changed.
import type { PlanView } from "@homeport/api";
import { CreateContainerInput } from "@homeport/domain/container/container-input";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { useEngine } from "@/lib/hooks/use-engine";
import { useProject } from "@/lib/project/project-provider";
import { trpc, type ApiError } from "@/lib/trpc";
import { type Draft, toInput } from "@/features/container-form";

/** A node is not asked again for what it said a moment ago; the server asks it anyway before it creates. */
const FRESH_MS = 15_000;

export function usePlan(draft: Draft, { enabled }: { enabled: boolean }) {
  const { client } = trpc.useUtils();
  const { id: projectId } = useProject();
  const input = CreateContainerInput.safeParse(toInput(draft)).data;
  const plan = useQuery<PlanView, ApiError>({
    queryKey: ["containers.plan", projectId, input],
    queryFn: () => client.containers.plan.mutate({ projectId, ...toInput(draft) }),
    enabled: enabled && input !== undefined,
    staleTime: FRESH_MS,
    gcTime: 60_000,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  // What the review says of the engine must not outlive its absence.
  const { data: engine } = useEngine();
  const well = engine?.temporal.ok === true && engine.worker.ok;
  const retry = useEffectEvent(() => {
    if (enabled && engineAway(plan)) void plan.refetch();
  });
  useEffect(() => {
    if (well) retry();
  }, [well]);
  return plan;
}
export type Plan = ReturnType<typeof usePlan>;

/** Temporal or its workers are away: a container can be asked for all the same, and its run waits. */
export function engineAway({ error }: Pick<Plan, "error">): boolean {
  return error?.data?.appCode === "unavailable";
}

/** Why nothing can be created now, by the plan; `undefined` when it can. */
export function whyNotByPlan(plan: Plan): string | undefined {
  if (engineAway(plan)) return undefined;
  if (plan.data === undefined) return plan.error ? "There is no plan yet: review again." : "The node is being asked.";
  if (plan.data.noRoom !== null) return plan.data.noRoom;
  const [first, ...more] = plan.data.document.blockers;
  return first && `${first.text}${more.length === 0 ? "" : ` And ${more.length} more.`}`;
}
