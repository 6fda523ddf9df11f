"use client";
// One member: their role, and the way out.
import type { OrganizationMemberView, OrganizationView } from "@homeport/api";
import type { OrganizationRole } from "@homeport/db/types";
import { may } from "@homeport/domain/access/permission";
import { isAbove, roleTitle, roleWithArticle } from "@homeport/domain/access/rank";
import { Badge } from "@homeport/ui/badge";
import { Button } from "@homeport/ui/button";
import { ConfirmDialog } from "@homeport/ui/confirm-dialog";
import { toast } from "@homeport/ui/toast";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { PersonLine } from "@/components/person-line";
import { outcomeTitle } from "@/lib/requests/answer";
import { useSession } from "@/lib/session-provider";
import { trpc } from "@/lib/trpc";
import { RoleSelect } from "./role-select";

export function MemberRow({
  member: { userId, name, email, role, secondFactor },
  organization,
}: {
  member: OrganizationMemberView;
  organization: OrganizationView;
}) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const isMe = useSession().person.id === userId;
  const [asks, setAsks] = useState<"removal" | OrganizationRole>();
  const settle = (): void => {
    void utils.organizations.members.invalidate();
    // One's own role stands above the list.
    router.refresh();
  };
  const setRole = trpc.organizations.setRole.useMutation({
    onSuccess: ({ role: now }) => {
      setAsks(undefined);
      toast.success(`${name} is ${roleWithArticle[now]} now.`);
      settle();
    },
    onError: (error) => {
      if (asks === undefined)
        toast.error(outcomeTitle(error, "The role is as it was."), { description: error.message });
      void utils.organizations.members.invalidate();
    },
  });
  const remove = trpc.organizations.removeMember.useMutation({
    onSuccess: () => {
      setAsks(undefined);
      toast.success(`${name} belongs to ${organization.name} no more.`);
      settle();
    },
    onError: () => void utils.organizations.members.invalidate(),
  });
  const newRole = asks === "removal" ? undefined : asks;
  const ids = { organizationId: organization.id, userId };
  const isTheirs = organization.personalOfId === userId;
  const mayChange = may(organization.role, "member:write") && !isAbove(role, organization.role) && !isTheirs;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2.5 last:border-0">
      <PersonLine name={name} email={email} isMe={isMe} />
      {organization.requiresSecondFactor && secondFactor === false && <Badge tone="wait">no two-factor sign-in</Badge>}
      {mayChange ? (
        <RoleSelect
          label={`Role of ${name}`}
          value={role}
          mine={organization.role}
          disabled={setRole.isPending}
          onChange={(chosen) => {
            setRole.reset();
            if (isMe) setAsks(chosen);
            else setRole.mutate({ ...ids, role: chosen });
          }}
        />
      ) : (
        <span className="text-table text-muted">{roleTitle[role]}</span>
      )}
      {mayChange && !isMe && (
        <Button
          size="sm"
          aria-label={`Remove ${name}`}
          onClick={() => {
            remove.reset();
            setAsks("removal");
          }}
        >
          Remove
        </Button>
      )}
      <ConfirmDialog
        open={asks === "removal"}
        onOpenChange={() => {
          setAsks(undefined);
        }}
        title={`Remove ${name} from ${organization.name}?`}
        goes={[
          "Their roles in the organization and in all its projects, at once.",
          "The use of their own nodes here, and their invitations that nobody has accepted.",
        ]}
        stays={[
          "Containers, runs and batches that they made here.",
          "Their own nodes, with the containers that are on them.",
        ]}
        confirmLabel={`Remove ${name}`}
        pending={remove.isPending}
        error={remove.error?.message}
        onConfirm={() => {
          remove.mutate(ids);
        }}
      />
      <ConfirmDialog
        open={newRole !== undefined}
        onOpenChange={() => {
          setAsks(undefined);
        }}
        title="Change your own role?"
        description={
          newRole !== undefined
            ? `You become ${roleWithArticle[newRole]} of ${organization.name}. Somebody whose role is not below your present one can give it back.`
            : undefined
        }
        confirmLabel="Change my role"
        pending={setRole.isPending}
        error={setRole.error?.message}
        onConfirm={() => {
          if (newRole !== undefined) setRole.mutate({ ...ids, role: newRole });
        }}
      />
    </li>
  );
}
