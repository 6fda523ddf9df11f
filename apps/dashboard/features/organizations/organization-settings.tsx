"use client";
// What an organization is called, what the person may do in it, and the way out.
import type { OrganizationView } from "@homeport/api";
import { may } from "@homeport/domain/access/permission";
import type { UpdateOrganizationInput } from "@homeport/domain/organization/organization-input";
import { Card } from "@homeport/ui/card";
import { useRouter } from "next/navigation";
import { DeleteCard } from "@/components/delete-card";
import { NameCard } from "@/components/name-card";
import { RightsTable } from "@/components/rights-table";
import { lazyResolver } from "@/lib/lazy-resolver";
import { organizationHref } from "@/lib/organization/address";
import { useSession } from "@/lib/session-provider";
import { trpc } from "@/lib/trpc";
import { LeaveCard } from "./leave-card";
import { RequiredFactorCard } from "./required-factor-card";
import { OrganizationQuota } from "./organization-quota";

const resolver = lazyResolver<UpdateOrganizationInput>(async () => (await import("./rules")).updateRules);

export function OrganizationSettings({ organization }: { organization: OrganizationView }) {
  const router = useRouter();
  const destroy = trpc.organizations.destroy.useMutation();
  const update = trpc.organizations.update.useMutation();
  const { role, personalOfId } = organization;
  const me = useSession().person.id;
  return (
    <>
      <NameCard
        prefix="/o/"
        now={organization}
        onlyBy={
          may(role, "organization:write") ? undefined : "An owner or administrator of the organization can change them."
        }
        resolver={resolver}
        update={update}
        onSaved={(slug) => {
          router.replace(organizationHref(slug, "/settings"));
          router.refresh();
        }}
      />
      <OrganizationQuota organization={organization} />
      {personalOfId === null && <RequiredFactorCard organization={organization} />}
      <Card title="Roles" hint="In its projects a role gives more: each project's settings say what.">
        <RightsTable place="organization" mine={role} />
        <p className="mt-3 text-meta text-muted">
          Owners and administrators have that role in every project of the organization, unless another one was set for
          them there.
        </p>
      </Card>
      {personalOfId !== me && <LeaveCard organization={organization} />}
      {personalOfId === null && may(role, "ownership:write") && (
        <DeleteCard
          noun="organization"
          id={organization.id}
          name={organization.name}
          hint="With all its projects. Its containers have to be deleted first."
          goes={["The organization, its projects and all roles in them, at once and for everybody."]}
          stays={[
            "What was recorded of its runs, and of who did what, in the database.",
            "Nodes, which belong to their owners, and every guest that Homeport did not make.",
          ]}
          destroy={destroy}
          next="/organizations"
        />
      )}
    </>
  );
}
