"use client";
// A member of the organization who is not in the project yet.
import type { ProjectMemberView, ProjectView } from "@homeport/api";
import { maySetProjectRole } from "@homeport/domain/access/project-rank";
import type { ProjectRoleInput } from "@homeport/domain/project/project-input";
import { Button } from "@homeport/ui/button";
import { Field } from "@homeport/ui/field";
import { Form } from "@homeport/ui/form";
import { Select } from "@homeport/ui/select";
import { useState } from "react";
import { FormError } from "@/components/form-error";
import { QueryError } from "@/components/query-error";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";
import { ProjectRoleSelect } from "./project-role-select";

export function AddMember({
  project,
  members,
  mine,
}: {
  project: ProjectView;
  members: readonly ProjectMemberView[];
  mine: ProjectMemberView;
}) {
  const utils = trpc.useUtils();
  const everybody = trpc.organizations.members.useQuery({ id: project.organization.id });
  const [chosen, setChosen] = useState<string>();
  const [role, setRole] = useState<ProjectRoleInput>("inherited");
  const add = trpc.projects.setMemberRole.useMutation({
    onSuccess: () => {
      setChosen(undefined);
      setRole("inherited");
    },
    onSettled: () => {
      void utils.projects.members.invalidate();
      void utils.organizations.members.invalidate();
    },
  });
  const here = new Set(members.map(({ userId }) => userId));
  const candidates = everybody.data?.filter(({ userId }) => !here.has(userId)) ?? [];
  const candidate = candidates.find(({ userId }) => userId === chosen);
  if (everybody.data === undefined && everybody.error)
    return (
      <QueryError
        error={everybody.error}
        what="The list of who could be added"
        onRetry={() => void everybody.refetch()}
        retrying={everybody.isFetching}
      />
    );
  if (candidates.length === 0) return null;
  const theirs = { project: null, organization: candidate?.role ?? "VIEWER" } as const;
  return (
    <Form
      className="grid gap-3 border-t p-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (candidate) add.mutate({ projectId: project.id, userId: candidate.userId, role });
      }}
    >
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Add a member" className="flex-1 basis-52">
          {(control) => (
            <Select
              {...control}
              value={candidate?.userId}
              placeholder="Choose somebody"
              onValueChange={(id) => {
                add.reset();
                setChosen(id);
              }}
              options={candidates.map(({ userId, name, email }) => ({ value: userId, label: name, hint: email }))}
            />
          )}
        </Field>
        <Field label="As" className="flex-1 basis-52">
          {(control) => (
            <ProjectRoleSelect
              {...control}
              value={role}
              organization={theirs.organization}
              reaches={(to) => maySetProjectRole(mine, { theirs, to })}
              onChange={setRole}
            />
          )}
        </Field>
        <Button
          type="submit"
          pending={add.isPending}
          disabledReason={candidate === undefined ? "Choose somebody first." : undefined}
        >
          Add
        </Button>
      </div>
      <FormError
        message={
          add.error === null ? undefined : `${outcomeTitle(add.error, "Nobody was added.")} ${add.error.message}`
        }
      />
    </Form>
  );
}
