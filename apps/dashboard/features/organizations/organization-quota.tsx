"use client";
// What the containers of all projects of an organization may take together: set by its owners, seen by all members.
import type { OrganizationView } from "@homeport/api";
import { may } from "@homeport/domain/access/permission";
import { QUOTA_EVERY_MS, QuotaCard } from "@/components/quota/quota-card";
import { trpc } from "@/lib/trpc";

export function OrganizationQuota({ organization: { id, role } }: { organization: OrganizationView }) {
  const utils = trpc.useUtils();
  const view = trpc.quotas.organization.useQuery({ organizationId: id }, { refetchInterval: QUOTA_EVERY_MS });
  // The form shows what was typed until what is stored has come.
  const set = trpc.quotas.setOrganization.useMutation({ onSuccess: () => utils.quotas.invalidate() });
  return (
    <QuotaCard
      hint="What the containers of all its projects may take together. Each project can have a quota of its own, under its settings."
      view={view}
      onlyBy={may(role, "ownership:write") ? undefined : "An owner sets it."}
      set={{
        isPending: set.isPending,
        mutate: (quota, then) => {
          set.mutate({ organizationId: id, quota }, then);
        },
      }}
    />
  );
}
