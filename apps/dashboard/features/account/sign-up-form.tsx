"use client";
// Making an account: a name, an address, a password; by an invitation it joins at once.
import type { Joined } from "@homeport/api";
import type { SignUpInput } from "@homeport/domain/account/account-input";
import { PASSWORD_MIN } from "@homeport/domain/account/password-rule";
import { Button } from "@homeport/ui/button";
import { Field } from "@homeport/ui/field";
import { Form } from "@homeport/ui/form";
import { Input } from "@homeport/ui/input";
import Link from "next/link";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { FormError } from "@/components/form-error";
import { placeErrors } from "@/lib/field-errors";
import { useFetchedAhead } from "@/lib/hooks/use-fetched-ahead";
import { lazyResolver } from "@/lib/lazy-resolver";
import { trpc } from "@/lib/trpc";
import { arrive } from "./arrive";

const loadRules = () => import("./rules").then(({ signUpRules }) => signUpRules);

/** `invitation`: the account joins by it; `onJoined` is told where to. */
export function SignUpForm({
  next,
  invitation,
}: {
  next: string;
  invitation?: { token: string; email: string | null; onJoined: (joined: Joined | null) => void };
}) {
  useFetchedAhead(loadRules);
  const form = useForm<SignUpInput>({
    resolver: lazyResolver(loadRules),
    defaultValues: { name: "", email: invitation?.email ?? "", password: "" },
  });
  const [problem, setProblem] = useState<string>();
  const signUp = trpc.auth.signUp.useMutation({
    onSuccess: ({ joined }) => {
      if (invitation === undefined) arrive(next);
      else invitation.onJoined(joined);
    },
    onError: (error) => {
      setProblem(placeErrors(form, error));
    },
  });
  const { errors } = form.formState;
  return (
    <>
      {invitation === undefined && <h1 className="mb-4 text-page font-semibold">Sign up</h1>}
      <Form
        className="grid gap-4"
        onSubmit={(event) =>
          void form.handleSubmit((values) => {
            setProblem(undefined);
            signUp.mutate({ ...values, ...(invitation === undefined ? {} : { invitation: invitation.token }) });
          })(event)
        }
      >
        <Field label="Name" error={errors.name?.message}>
          {(control) => <Input {...control} autoComplete="name" autoFocus {...form.register("name")} />}
        </Field>
        <Field label="E-mail" error={errors.email?.message}>
          {(control) => (
            <Input
              {...control}
              type="email"
              autoComplete="username"
              // Only an account with this address joins by it.
              readOnly={typeof invitation?.email === "string"}
              {...form.register("email")}
            />
          )}
        </Field>
        <Field label="Password" hint={`At least ${PASSWORD_MIN} characters.`} error={errors.password?.message}>
          {(control) => (
            <Input {...control} type="password" autoComplete="new-password" {...form.register("password")} />
          )}
        </Field>
        <FormError message={problem} />
        <Button type="submit" variant="primary" size="lg" pending={signUp.isPending || signUp.isSuccess}>
          {invitation === undefined ? "Sign up" : "Sign up and join"}
        </Button>
      </Form>
      <p className="mt-6 text-muted">
        Have an account?{" "}
        <Link
          className="text-accent underline underline-offset-2"
          href={next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`}
        >
          Sign in
        </Link>
      </p>
    </>
  );
}
