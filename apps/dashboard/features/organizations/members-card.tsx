"use client";
// Who belongs to an organization, with their roles; whoever may changes and ends them here.
import type { OrganizationView } from "@homeport/api";
import { Card } from "@homeport/ui/card";
import { ListStates } from "@/components/list-states";
import { StaleNote } from "@/components/stale-note";
import { trpc } from "@/lib/trpc";
import { MemberRow } from "./member-row";

export function MembersCard({ organization }: { organization: OrganizationView }) {
  const members = trpc.organizations.members.useQuery({ id: organization.id });
  return (
    <Card flush title="Members" hint="They see each other here. In which projects, and as what, is chosen there.">
      <StaleNote error={members.error} updatedAt={members.dataUpdatedAt} />
      <ListStates of={members} what="The list of members" loading="Loading the members" />
      <ul>
        {members.data?.map((member) => (
          <MemberRow key={member.userId} member={member} organization={organization} />
        ))}
      </ul>
    </Card>
  );
}
