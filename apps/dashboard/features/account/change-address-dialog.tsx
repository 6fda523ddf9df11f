"use client";
// Another address: it gets a link, and is the account's when that is opened.
import type { ChangeAddressInput } from "@homeport/domain/account/account-input";
import { Button } from "@homeport/ui/button";
import { Dialog } from "@homeport/ui/dialog";
import { Field } from "@homeport/ui/field";
import { Form } from "@homeport/ui/form";
import { Input } from "@homeport/ui/input";
import { useId, useState } from "react";
import { useForm } from "react-hook-form";
import { FormError } from "@/components/form-error";
import { placeErrors } from "@/lib/field-errors";
import { lazyResolver } from "@/lib/lazy-resolver";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";

const resolver = lazyResolver<ChangeAddressInput>(async () => (await import("./rules")).changeAddressRules);

export function ChangeAddressDialog({ mailServer, onClose }: { mailServer: boolean; onClose: () => void }) {
  const utils = trpc.useUtils();
  const formId = useId();
  const form = useForm<ChangeAddressInput>({ resolver, defaultValues: { email: "" } });
  const [problem, setProblem] = useState<string>();
  const change = trpc.address.change.useMutation({
    onSuccess: onClose,
    onSettled: () => void utils.address.show.invalidate(),
    onError: (error) => {
      const left = placeErrors(form, error);
      setProblem(left === undefined ? undefined : `${outcomeTitle(error, "Your address is as it was.")} ${left}`);
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Change your address"
      description={`A link is made for the new one. Your address stays as it is until you open that and are signed in; both addresses are told.${
        mailServer ? "" : " No mail server is set up here: the link waits with the person who set this Homeport up."
      }`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} pending={change.isPending}>
            Make the link
          </Button>
        </>
      }
    >
      <Form
        id={formId}
        className="grid gap-4"
        onSubmit={(event) =>
          void form.handleSubmit((values) => {
            setProblem(undefined);
            change.mutate(values);
          })(event)
        }
      >
        <Field label="New address" error={form.formState.errors.email?.message}>
          {(control) => <Input {...control} type="email" autoComplete="email" autoFocus {...form.register("email")} />}
        </Field>
        <FormError message={problem} />
      </Form>
    </Dialog>
  );
}
