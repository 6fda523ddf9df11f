"use client";
// Who is in a project, as what; whoever runs it chooses.
import type { ProjectView } from "@homeport/api";
import { may } from "@homeport/domain/access/permission";
import { Card } from "@homeport/ui/card";
import { Link } from "@/components/link";
import { ListStates } from "@/components/list-states";
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
      <ListStates of={members} what="The list of members" loading="Loading the members" />
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
