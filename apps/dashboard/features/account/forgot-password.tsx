"use client";
// For who has forgotten their password: a link to their address. Whether that is an account's is not said.
import type { AskForResetInput } from "@homeport/domain/account/account-input";
import { Button } from "@homeport/ui/button";
import { Field } from "@homeport/ui/field";
import { Form } from "@homeport/ui/form";
import { Input } from "@homeport/ui/input";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { FormError } from "@/components/form-error";
import { PlainPage } from "@/components/plain-page";
import { placeErrors } from "@/lib/field-errors";
import { useFetchedAhead } from "@/lib/hooks/use-fetched-ahead";
import { lazyResolver } from "@/lib/lazy-resolver";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";
import { whereMailIs } from "./where-mail-is";

const loadRules = () => import("./rules").then(({ askForResetRules }) => askForResetRules);
const toSignIn = { href: "/sign-in", label: "Back to sign-in" };

export function ForgotPassword() {
  useFetchedAhead(loadRules);
  const form = useForm<AskForResetInput>({ resolver: lazyResolver(loadRules), defaultValues: { email: "" } });
  const [problem, setProblem] = useState<string>();
  const ask = trpc.reset.ask.useMutation({
    onError: (error) => {
      const left = placeErrors(form, error);
      setProblem(left === undefined ? undefined : `${outcomeTitle(error, "No link was made.")} ${left}`);
    },
  });
  if (ask.data)
    return (
      <PlainPage title="A link is under way, if there is an account" to={toSignIn} follows>
        <p>
          If {ask.variables.email} is the address of an account, a link to set a new password was made for it. It works
          once, within an hour. {whereMailIs(ask.variables.email, ask.data.mailServer)}
        </p>
      </PlainPage>
    );
  return (
    <PlainPage title="Set a new password" to={toSignIn}>
      <Form
        className="grid gap-4"
        onSubmit={(event) =>
          void form.handleSubmit((values) => {
            setProblem(undefined);
            ask.mutate(values);
          })(event)
        }
      >
        <Field
          label="E-mail"
          hint="Of your account. A link is made for it, by which you set a new password."
          error={form.formState.errors.email?.message}
        >
          {(control) => (
            <Input {...control} type="email" autoComplete="username" autoFocus {...form.register("email")} />
          )}
        </Field>
        <FormError message={problem} />
        <Button type="submit" variant="primary" size="lg" pending={ask.isPending}>
          Ask for a link
        </Button>
      </Form>
    </PlainPage>
  );
}
