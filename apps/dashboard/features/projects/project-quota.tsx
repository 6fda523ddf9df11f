"use client";
// What the containers of a project may take altogether: set by those who make and delete projects, seen by all members.
import { QUOTA_EVERY_MS, QuotaCard } from "@/components/quota/quota-card";
import { trpc } from "@/lib/trpc";

export function ProjectQuota({ projectId, runsOrganization }: { projectId: string; runsOrganization: boolean }) {
  const utils = trpc.useUtils();
  const view = trpc.quotas.project.useQuery({ projectId }, { refetchInterval: QUOTA_EVERY_MS });
  // The form shows what was typed until what is stored has come.
  const set = trpc.quotas.setProject.useMutation({ onSuccess: () => utils.quotas.invalidate() });
  return (
    <QuotaCard
      hint="What the containers of this project may take altogether, on all nodes."
      view={view}
      onlyBy={runsOrganization ? undefined : "An owner or administrator of the organization sets it."}
      set={{
        isPending: set.isPending,
        mutate: (quota, then) => {
          set.mutate({ projectId, quota }, then);
        },
      }}
    />
  );
}
