"use client";
// One member of a project: their role here, and the way out of it.
import type { ProjectMemberView, ProjectView } from "@homeport/api";
import { maySetProjectRole } from "@homeport/domain/access/project-rank";
import { projectRole } from "@homeport/domain/access/project-role";
import { roleTitle, roleWithArticle } from "@homeport/domain/access/rank";
import type { ProjectRoleInput } from "@homeport/domain/project/project-input";
import { Button } from "@homeport/ui/button";
import { ConfirmDialog } from "@homeport/ui/confirm-dialog";
import { toast } from "@homeport/ui/toast";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { PersonLine } from "@/components/person-line";
import { organizationHref } from "@/lib/organization/address";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc, type ApiError } from "@/lib/trpc";
import { ProjectRoleSelect } from "./project-role-select";

export function MemberRow({
  member,
  mine,
  of: inProject,
}: {
  member: ProjectMemberView;
  mine: ProjectMemberView | undefined;
  of: ProjectView;
}) {
  const { userId, name, email, project, organization, roleOf } = member;
  const router = useRouter();
  const utils = trpc.useUtils();
  const isMe = mine?.userId === userId;
  const [asks, setAsks] = useState<"removal" | ProjectRoleInput>();
  const settle = {
    onSuccess: () => {
      setAsks(undefined);
      // One's own rights are of before.
      if (isMe) router.refresh();
    },
    onError: (error: ApiError) => {
      if (asks === undefined)
        toast.error(outcomeTitle(error, "The role is as it was."), { description: error.message });
    },
    onSettled: () => void utils.projects.members.invalidate(),
  };
  const who = isMe ? "You are" : `${name} is`;
  const setRole = trpc.projects.setMemberRole.useMutation({
    ...settle,
    onSuccess: (_answer, { role }) => {
      settle.onSuccess();
      toast.success(
        role === "inherited"
          ? `${who} here what the role in the organization gives.`
          : `${who} ${roleWithArticle[role]} of ${inProject.name} now.`,
      );
    },
  });
  const remove = trpc.projects.removeMember.useMutation({
    ...settle,
    onSuccess: () => {
      setAsks(undefined);
      if (!isMe) return;
      // This page is theirs no more.
      toast.success(`You have left ${inProject.name}.`);
      router.push(organizationHref(inProject.organization.slug));
      router.refresh();
    },
  });
  const newRole = asks === "removal" ? undefined : asks;
  const ids = { projectId: inProject.id, userId };
  const reaches = (to: ProjectMemberView["organization"], own = false): boolean =>
    mine !== undefined && maySetProjectRole(mine, { theirs: member, to, toOneself: isMe && own });
  // Who runs the organization is in all its projects, whatever is removed here.
  const leavesAs = projectRole({ organization, project: null });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2.5 last:border-0">
      <PersonLine name={name} email={email} isMe={isMe} />
      {organization !== null && reaches(null) ? (
        <ProjectRoleSelect
          label={`Role of ${name}`}
          value={roleOf === "organization" || project === "OWNER" ? "inherited" : project}
          organization={organization}
          reaches={reaches}
          disabled={setRole.isPending}
          onChange={(role) => {
            setRole.reset();
            if (isMe) setAsks(role);
            else setRole.mutate({ ...ids, role });
          }}
        />
      ) : (
        <span className="text-table text-muted">
          {roleTitle[project]}
          {roleOf === "project" && ", here only"}
        </span>
      )}
      {leavesAs === null && reaches(null) && (
        <Button
          size="sm"
          aria-label={`Remove ${name} from the project`}
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
        title={isMe ? "Leave this project?" : `Remove ${name} from this project?`}
        goes={["The role in this project, at once."]}
        stays={["The membership in the organization.", "Containers, runs and batches that were made here."]}
        confirmLabel={isMe ? "Leave the project" : `Remove ${name}`}
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
        title="Change your own role here?"
        description="With a smaller role you may not be able to take it back: somebody who runs the project can."
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
