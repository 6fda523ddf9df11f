"use client";
// A new password; it ends all other sessions.
import { ChangePasswordInput } from "@homeport/domain/account/account-input";
import { PASSWORD_MIN } from "@homeport/domain/account/password-rule";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { Field } from "@homeport/ui/field";
import { Form } from "@homeport/ui/form";
import { Input } from "@homeport/ui/input";
import { toast } from "@homeport/ui/toast";
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { FormError } from "@/components/form-error";
import { placeErrors } from "@/lib/field-errors";
import { trpc } from "@/lib/trpc";

export function PasswordCard({ email }: { email: string }) {
  const utils = trpc.useUtils();
  const form = useForm({ resolver: zodResolver(ChangePasswordInput), defaultValues: { current: "", next: "" } });
  const [problem, setProblem] = useState<string>();
  const change = trpc.auth.changePassword.useMutation({
    onSuccess: ({ endedSessions }) => {
      form.reset();
      toast.success("The password is changed.", {
        description:
          endedSessions === 0
            ? "There was no other session."
            : `${endedSessions} other ${endedSessions === 1 ? "session was" : "sessions were"} ended.`,
      });
      void utils.sessions.list.invalidate();
    },
    onError: (error) => {
      setProblem(placeErrors(form, error));
    },
  });
  const { errors } = form.formState;
  return (
    <Card
      title="Password"
      hint="Changing it ends all your other sessions. API tokens go on: revoke below what you do not trust."
    >
      <Form
        className="grid max-w-sm gap-4"
        onSubmit={(event) =>
          void form.handleSubmit((values) => {
            setProblem(undefined);
            change.mutate(values);
          })(event)
        }
      >
        {/* For password managers: whose password this is. */}
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <Field label="Current password" error={errors.current?.message}>
          {(control) => (
            <Input {...control} type="password" autoComplete="current-password" {...form.register("current")} />
          )}
        </Field>
        <Field label="New password" hint={`At least ${PASSWORD_MIN} characters.`} error={errors.next?.message}>
          {(control) => <Input {...control} type="password" autoComplete="new-password" {...form.register("next")} />}
        </Field>
        <FormError message={problem} />
        <div>
          <Button type="submit" variant="primary" pending={change.isPending}>
            Change password
          </Button>
        </div>
      </Form>
    </Card>
  );
}
