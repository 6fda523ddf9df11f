"use client";
// A new token: its name, how long it counts, what it may do and where; then the token itself, this once.
import type { CreateTokenInput } from "@homeport/domain/account/token-input";
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
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";
import { NewToken } from "./new-token";
import { PermissionsField } from "./permissions-field";
import { startingPermissions } from "./presets";
import { ProjectsField } from "./projects-field";

const resolver = lazyResolver<CreateTokenInput>(async () => (await import("./rules")).tokenRules);
const lives = [
  { value: "1", label: "A day" },
  { value: "7", label: "A week" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
];

export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const utils = trpc.useUtils();
  const formId = useId();
  const [problem, setProblem] = useState<string>();
  const form = useForm<CreateTokenInput>({
    resolver,
    defaultValues: { name: "", days: 30, permissions: [...startingPermissions], projectIds: null },
  });
  const create = trpc.tokens.create.useMutation({
    onError: (error) => {
      const left = placeErrors(form, error);
      setProblem(left === undefined ? undefined : `${outcomeTitle(error, "No token was made.")} ${left}`);
    },
    onSettled: () => void utils.tokens.list.invalidate(),
  });
  const { errors } = form.formState;
  const [days, permissions, projectIds] = useWatch({
    control: form.control,
    name: ["days", "permissions", "projectIds"],
  });
  const issued = create.data;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      // What is shown only once does not go by a click beside it, nor what is being made.
      dismissible={issued === undefined && !create.isPending}
      title={issued ? `The token ${create.variables.name}` : "New API token"}
      description={issued ? undefined : "It never has more rights than you have."}
      footer={
        issued ? (
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button disabledReason={create.isPending ? "It is being made." : undefined} onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" type="submit" form={formId} pending={create.isPending}>
              Make the token
            </Button>
          </>
        )
      }
    >
      {issued ? (
        <NewToken issued={issued} />
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
          <Field label="Name" hint="Of what will use it, such as backup." error={errors.name?.message}>
            {(control) => <Input {...control} autoComplete="off" autoFocus {...form.register("name")} />}
          </Field>
          <Field label="Counts for" error={errors.days?.message}>
            {(control) => (
              <Select
                {...control}
                value={String(days)}
                onValueChange={(chosen) => {
                  form.setValue("days", Number(chosen));
                }}
                options={lives}
              />
            )}
          </Field>
          <ProjectsField
            value={projectIds}
            error={errors.projectIds?.message}
            onChange={(chosen) => {
              form.setValue("projectIds", chosen, { shouldValidate: form.formState.isSubmitted });
            }}
          />
          <PermissionsField
            value={permissions}
            everywhere={projectIds === null}
            error={errors.permissions?.message}
            onChange={(chosen) => {
              form.setValue("permissions", chosen, { shouldValidate: form.formState.isSubmitted });
            }}
          />
          <FormError message={problem} />
        </Form>
      )}
    </Dialog>
  );
}
