"use client";
// Inviting somebody: as what, into which project, and whether only one address may accept; then the link.
import type { OrganizationView } from "@homeport/api";
import { roleTitle } from "@homeport/domain/access/rank";
import type { CreateInvitationInput } from "@homeport/domain/invitation/invitation-input";
import { Button } from "@homeport/ui/button";
import { Dialog } from "@homeport/ui/dialog";
import { Field } from "@homeport/ui/field";
import { Form } from "@homeport/ui/form";
import { Input } from "@homeport/ui/input";
import { Select } from "@homeport/ui/select";
import { useId, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { FormError } from "@/components/form-error";
import { placeErrors } from "@/lib/field-errors";
import { lazyResolver } from "@/lib/lazy-resolver";
import { useProjects } from "@/lib/project/project-provider";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";
import { InvitationLink, invitationTitle } from "./invitation-link";
import { RoleSelect } from "./role-select";

const resolver = lazyResolver<CreateInvitationInput>(async () => (await import("./rules")).invitationRules);
/** Radix has no empty value. */
const NONE = "none";

export function InviteDialog({ organization, onClose }: { organization: OrganizationView; onClose: () => void }) {
  const utils = trpc.useUtils();
  const formId = useId();
  const projects = useProjects().filter((project) => project.organization.id === organization.id);
  const [problem, setProblem] = useState<string>();
  const form = useForm<CreateInvitationInput>({
    resolver,
    defaultValues: {
      organizationId: organization.id,
      email: "",
      role: "OPERATOR",
      projectId: projects[0]?.id ?? "",
      projectRole: "inherited",
    },
  });
  const create = trpc.invitations.create.useMutation({
    onSuccess: () => void utils.invitations.list.invalidate(),
    onError: (error) => {
      const left = placeErrors(form, error);
      setProblem(left === undefined ? undefined : `${outcomeTitle(error, "Nobody was invited.")} ${left}`);
      void utils.invitations.list.invalidate();
    },
  });
  const { errors } = form.formState;
  const [role, projectId, projectRole] = useWatch({
    control: form.control,
    name: ["role", "projectId", "projectRole"],
  });
  const invited = create.data;
  const runsAll = role === "OWNER" || role === "ADMIN";
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={invited ? invitationTitle(invited) : `Invite somebody to ${organization.name}`}
      footer={
        invited ? (
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" type="submit" form={formId} pending={create.isPending}>
              Make the link
            </Button>
          </>
        )
      }
    >
      {invited ? (
        <InvitationLink issued={invited} email={create.variables.email || null} />
      ) : (
        <Form
          id={formId}
          className="grid gap-4"
          onSubmit={(event) =>
            void form.handleSubmit((values) => {
              setProblem(undefined);
              create.mutate(values);
            })(event)
          }
        >
          <Field
            label="E-mail"
            optional
            hint="Only an account with this address can accept; it gets a mail, where a mail server is set up. Without one, whoever has the link."
            error={errors.email?.message}
          >
            {(control) => <Input {...control} type="email" autoComplete="off" autoFocus {...form.register("email")} />}
          </Field>
          <Field label="Role in the organization" error={errors.role?.message}>
            {(control) => (
              <RoleSelect
                {...control}
                value={role}
                mine={organization.role}
                onChange={(chosen) => {
                  form.setValue("role", chosen);
                }}
              />
            )}
          </Field>
          <Field
            label="Project"
            hint={
              runsAll
                ? "Owners and administrators are in every project anyway."
                : "Operators and viewers see no project until they are added to one."
            }
          >
            {(control) => (
              <Select
                {...control}
                value={projectId === "" ? NONE : projectId}
                onValueChange={(chosen) => {
                  form.setValue("projectId", chosen === NONE ? "" : chosen);
                }}
                options={[
                  { value: NONE, label: "None yet" },
                  ...projects.map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            )}
          </Field>
          {projectId !== "" && (
            <Field label="Role in the project" error={errors.projectRole?.message}>
              {(control) => (
                <Select
                  {...control}
                  value={projectRole}
                  onValueChange={(chosen) => {
                    form.setValue("projectRole", chosen);
                  }}
                  options={[
                    {
                      value: "inherited",
                      label: `${roleTitle[role]}, inherited`,
                      hint: "What they are in the organization, whatever it becomes.",
                    },
                    ...(["ADMIN", "OPERATOR", "VIEWER"] as const).map((one) => ({
                      value: one,
                      label: `${roleTitle[one]}, here only`,
                    })),
                  ]}
                />
              )}
            </Field>
          )}
          <FormError message={problem} />
        </Form>
      )}
    </Dialog>
  );
}
