"use client";
// Another name for a passkey.
import type { PasskeyNameInput } from "@homeport/domain/account/passkey-input";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { FormDialog } from "@/components/form-dialog";
import { placeErrors } from "@/lib/field-errors";
import { trpc } from "@/lib/trpc";
import { NameField } from "./name-field";
import { nameRules } from "./rules";

export function RenameDialog({
  passkey: { id, name },
  onClose,
}: {
  passkey: { id: string; name: string };
  onClose: () => void;
}) {
  const utils = trpc.useUtils();
  const form = useForm<PasskeyNameInput>({ resolver: nameRules, defaultValues: { name } });
  const [problem, setProblem] = useState<string>();
  const rename = trpc.passkeys.rename.useMutation({
    onSuccess: onClose,
    onError: (error) => {
      setProblem(placeErrors(form, error));
    },
    onSettled: () => void utils.passkeys.list.invalidate(),
  });
  return (
    <FormDialog
      title={`Rename ${name}`}
      description="The name is for you alone: your device may call it otherwise."
      action="Rename"
      pending={rename.isPending}
      problems={form.formState.errors}
      refused={problem}
      onSubmit={() => {
        setProblem(undefined);
        void form.handleSubmit((typed) => {
          rename.mutate({ id, ...typed });
        })();
      }}
      onClose={onClose}
    >
      <NameField register={form.register("name")} error={form.formState.errors.name?.message} />
    </FormDialog>
  );
}
