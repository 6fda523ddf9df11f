"use client";
// What one project is called, and what the person may do in it.
import { may } from "@homeport/domain/access/permission";
import { roleWithArticle } from "@homeport/domain/access/rank";
import type { UpdateProjectInput } from "@homeport/domain/project/project-input";
import { Card } from "@homeport/ui/card";
import { PageHeader } from "@homeport/ui/page-header";
import { useRouter } from "next/navigation";
import { Link } from "@/components/link";
import { DeleteCard } from "@/components/delete-card";
import { NameCard } from "@/components/name-card";
import { RightsTable } from "@/components/rights-table";
import { ProjectLease } from "@/features/leases";
import { organizationHref } from "@/lib/organization/address";
import { lazyResolver } from "@/lib/lazy-resolver";
import { useProject } from "@/lib/project/project-provider";
import { trpc } from "@/lib/trpc";
import { MembersCard } from "./members-card";
import { ProjectQuota } from "./project-quota";

const resolver = lazyResolver<UpdateProjectInput>(async () => (await import("./rules")).updateRules);

/** `runsOrganization`: who makes projects deletes them. */
export function ProjectSettings({ runsOrganization }: { runsOrganization: boolean }) {
  const project = useProject();
  const { organization, role, roleOf } = project;
  const router = useRouter();
  const destroy = trpc.projects.destroy.useMutation();
  const update = trpc.projects.update.useMutation();
  const from = roleOf === "project" ? "set for this project" : `your role in ${organization.name}`;
  return (
    <div className="mx-auto grid max-w-2xl grid-cols-[minmax(0,1fr)] gap-4">
      <PageHeader
        className="mb-0"
        title={project.name}
        description={
          <>
            A project of{" "}
            <Link href={organizationHref(organization.slug)} className="underline underline-offset-2">
              {organization.name}
            </Link>
            .
          </>
        }
      />
      <NameCard
        prefix="/p/"
        now={project}
        onlyBy={may(role, "project:write") ? undefined : "An owner or administrator of the project can change them."}
        resolver={resolver}
        update={update}
        onSaved={(slug) => {
          router.replace(`/p/${slug}/project`);
          router.refresh();
        }}
      />
      <MembersCard project={project} />
      <ProjectQuota projectId={project.id} runsOrganization={runsOrganization} />
      <ProjectLease />
      <Card title="Your rights" hint={`You are ${roleWithArticle[role]}: ${from}.`}>
        <RightsTable place="project" mine={role} />
        <p className="mt-3 text-meta text-muted">
          Nodes belong to one person: only their owner sees their settings, and shares them into a project.
        </p>
      </Card>
      {runsOrganization && (
        <DeleteCard
          noun="project"
          id={project.id}
          name={project.name}
          hint="Its containers have to be deleted first."
          goes={["The project and all roles in it, at once and for everybody."]}
          stays={[
            "What was recorded of its runs, and of who did what, in the database.",
            "Nodes, which belong to their owners.",
          ]}
          destroy={destroy}
          next={organizationHref(organization.slug)}
        />
      )}
    </div>
  );
}
