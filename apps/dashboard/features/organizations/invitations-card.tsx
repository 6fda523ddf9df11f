"use client";
// The open invitations of an organization, and a new one.
import type { InvitationView, OrganizationView } from "@homeport/api";
import { isAbove, roleTitle } from "@homeport/domain/access/rank";
import { Badge } from "@homeport/ui/badge";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { Dialog } from "@homeport/ui/dialog";
import { RelativeTime } from "@homeport/ui/relative-time";
import { toast } from "@homeport/ui/toast";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { ListStates } from "@/components/list-states";
import { StaleNote } from "@/components/stale-note";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc, type ApiError } from "@/lib/trpc";
import { InvitationLink, invitationTitle } from "./invitation-link";
import { InviteDialog } from "./invite-dialog";

export function InvitationsCard({ organization }: { organization: OrganizationView }) {
  const [inviting, setInviting] = useState(false);
  const invitations = trpc.invitations.list.useQuery({ organizationId: organization.id });
  return (
    <Card
      flush
      title="Invitations"
      hint="Links that were made and not used yet."
      actions={
        <Button
          size="sm"
          onClick={() => {
            setInviting(true);
          }}
        >
          <UserPlus aria-hidden />
          Invite somebody
        </Button>
      }
    >
      <StaleNote error={invitations.error} updatedAt={invitations.dataUpdatedAt} />
      <ListStates of={invitations} what="The list of invitations" loading="Loading the invitations" rows={1} />
      {invitations.data?.length === 0 && <p className="p-4 text-muted">None is open.</p>}
      <ul>
        {invitations.data?.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} organization={organization} />
        ))}
      </ul>
      {inviting && (
        <InviteDialog
          organization={organization}
          onClose={() => {
            setInviting(false);
          }}
        />
      )}
    </Card>
  );
}

function InvitationRow({
  invitation: { id, email, role, project, projectRole, invitedBy, expiresAt, lapsed },
  organization,
}: {
  invitation: InvitationView;
  organization: OrganizationView;
}) {
  const utils = trpc.useUtils();
  const settle = {
    onSettled: () => void utils.invitations.list.invalidate(),
    onError: (error: ApiError) => {
      toast.error(outcomeTitle(error, "The invitation is as it was."), { description: error.message });
    },
  };
  const renew = trpc.invitations.renew.useMutation(settle);
  const revoke = trpc.invitations.revoke.useMutation(settle);
  const name = email ?? "Whoever has the link";
  const why = isAbove(role, organization.role) ? "It is for a role above yours." : undefined;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2.5 last:border-0">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 break-all">{name}</span>
          {lapsed && <Badge tone="wait">lapsed</Badge>}
        </p>
        <p className="text-meta text-muted">
          {roleTitle[role]}
          {project && `, project ${project.name}${projectRole === null ? "" : ` as ${roleTitle[projectRole]}`}`} · by{" "}
          {invitedBy.name} · {lapsed ? "ended" : "ends"} <RelativeTime at={expiresAt} />
        </p>
      </div>
      <div className="flex gap-2">
        <Button
          size="sm"
          pending={renew.isPending}
          disabledReason={why}
          aria-label={`New link for ${name}`}
          onClick={() => {
            renew.mutate({ id });
          }}
        >
          New link
        </Button>
        <Button
          size="sm"
          pending={revoke.isPending}
          disabledReason={why}
          aria-label={`Revoke the invitation for ${name}`}
          onClick={() => {
            revoke.mutate({ id });
          }}
        >
          Revoke
        </Button>
      </div>
      {renew.data && (
        <Dialog
          open
          onOpenChange={renew.reset}
          title={invitationTitle(renew.data)}
          description="The one before it leads nowhere now."
          footer={
            <Button variant="primary" onClick={renew.reset}>
              Done
            </Button>
          }
        >
          <InvitationLink issued={renew.data} email={email} />
        </Dialog>
      )}
    </li>
  );
}
