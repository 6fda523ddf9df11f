"use client";
// Asks for the password or a passkey where the server wants a recent sign-in, over whatever is open; what was asked for then goes on by itself.
import { Button } from "@homeport/ui/button";
import { Dialog } from "@homeport/ui/dialog";
import { Field } from "@homeport/ui/field";
import { Form } from "@homeport/ui/form";
import { Input } from "@homeport/ui/input";
import { useState } from "react";
import { PasskeyConfirm } from "@/components/passkeys/passkey-confirm";
import { passwordPrompt } from "@/lib/recent-sign-in";
import { trpc } from "@/lib/trpc";

export function PasswordDialog() {
  const [password, setPassword] = useState("");
  const onSuccess = (): void => {
    passwordPrompt.settle(true);
  };
  const confirm = trpc.auth.confirmPassword.useMutation({ onSuccess });
  const confirmByPasskey = trpc.passkeys.confirm.useMutation({ onSuccess });
  const problem = confirm.error?.data?.fields?.password ?? confirm.error?.message;
  const cancel = (): void => {
    passwordPrompt.settle(false);
  };
  const submit = (): void => {
    if (!confirm.isPending) confirm.mutate({ password });
  };
  return (
    <Dialog
      open
      onOpenChange={cancel}
      title="Enter your password"
      description="You signed in more than 30 minutes ago, and this changes how something is reached, reveals or replaces a secret, or destroys something."
      footer={
        <>
          <Button onClick={cancel}>Cancel</Button>
          <Button variant="primary" pending={confirm.isPending} onClick={submit}>
            Continue
          </Button>
        </>
      }
    >
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field label="Password" error={problem}>
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="current-password"
              autoFocus
              value={password}
              onChange={(event) => {
                setPassword(event.target.value);
              }}
            />
          )}
        </Field>
      </Form>
      <div className="mt-4">
        <PasskeyConfirm send={(answer) => confirmByPasskey.mutateAsync({ answer })} />
      </div>
    </Dialog>
  );
}
