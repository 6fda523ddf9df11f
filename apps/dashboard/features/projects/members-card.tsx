"use client";
// Who is in a project, as what; whoever runs it chooses.
import type { ProjectView } from "@homeport/api";
import { may } from "@homeport/domain/access/permission";
import { Card } from "@homeport/ui/card";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { Link } from "@/components/link";
import { QueryError } from "@/components/query-error";
import { StaleNote } from "@/components/stale-note";
import { organizationHref } from "@/lib/organization/address";
import { useSession } from "@/lib/session-provider";
import { trpc } from "@/lib/trpc";
import { AddMember } from "./add-member";
import { MemberRow } from "./member-row";

export function MembersCard({ project }: { project: ProjectView }) {
  const members = trpc.projects.members.useQuery({ projectId: project.id });
  const me = useSession().person.id;
  const mine = members.data?.find(({ userId }) => userId === me);
  const runs = may(project.role, "member:write") || mine?.organization === "OWNER";
  return (
    <Card
      flush
      title="Members"
      hint={
        <>
          Members of{" "}
          <Link href={organizationHref(project.organization.slug)} className="underline underline-offset-2">
            {project.organization.name}
          </Link>{" "}
          who work here. New people are invited there.
        </>
      }
    >
      <StaleNote error={members.error} updatedAt={members.dataUpdatedAt} />
      {members.isPending && (
        <SkeletonGroup label="Loading the members" className="grid gap-2 p-4">
          <Skeleton className="h-9" />
          <Skeleton className="h-9" />
        </SkeletonGroup>
      )}
      {members.data === undefined && members.error && (
        <QueryError
          error={members.error}
          what="The list of members"
          onRetry={() => void members.refetch()}
          retrying={members.isFetching}
        />
      )}
      <ul>
        {members.data?.map((member) => (
          <MemberRow key={member.userId} member={member} mine={mine} of={project} />
        ))}
      </ul>
      {runs && members.data && mine && mine.organization !== null && (
        <AddMember project={project} members={members.data} mine={mine} />
      )}
    </Card>
  );
}
