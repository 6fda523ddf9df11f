"use client";
// Signing in: with e-mail and password, or as the demo person by the address that `npm start` prints.
import type { SignInInput } from "@homeport/domain/account/account-input";
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
import { useDemoToken } from "./use-demo-token";

const loadRules = () => import("./rules").then(({ signInRules }) => signInRules);

export function SignInForm({ next, signUp }: { next: string; signUp: boolean }) {
  useFetchedAhead(loadRules);
  const form = useForm<SignInInput>({ resolver: lazyResolver(loadRules), defaultValues: { email: "", password: "" } });
  const [problem, setProblem] = useState<string>();
  const signIn = trpc.auth.signIn.useMutation({
    onSuccess: () => {
      arrive(next);
    },
    onError: (error) => {
      setProblem(placeErrors(form, error));
    },
  });
  const signInDemo = trpc.auth.signInDemo.useMutation({
    onSuccess: () => {
      arrive(next);
    },
    onError: (error) => {
      setProblem(error.message);
    },
  });
  useDemoToken((token) => {
    signInDemo.mutate({ token });
  });
  const { errors } = form.formState;
  return (
    <>
      <h1 className="mb-4 text-page font-semibold">Sign in</h1>
      <Form
        className="grid gap-4"
        onSubmit={(event) =>
          void form.handleSubmit((values) => {
            setProblem(undefined);
            signIn.mutate(values);
          })(event)
        }
      >
        <Field label="E-mail" error={errors.email?.message}>
          {(control) => (
            <Input {...control} type="email" autoComplete="username" autoFocus {...form.register("email")} />
          )}
        </Field>
        <Field label="Password" error={errors.password?.message}>
          {(control) => (
            <Input {...control} type="password" autoComplete="current-password" {...form.register("password")} />
          )}
        </Field>
        <FormError message={problem} />
        <Button type="submit" variant="primary" size="lg" pending={signIn.isPending || signIn.isSuccess}>
          Sign in
        </Button>
        {(signInDemo.isPending || signInDemo.isSuccess) && (
          <p role="status" className="text-muted">
            Signing in as the demo person …
          </p>
        )}
      </Form>
      <p className="mt-6 text-muted">
        {signUp ? (
          <>
            New here?{" "}
            <Link
              className="text-accent underline underline-offset-2"
              href={next === "/" ? "/sign-up" : `/sign-up?next=${encodeURIComponent(next)}`}
            >
              Sign up
            </Link>
          </>
        ) : (
          "Sign-up is closed here: the person who runs this Homeport gives accounts."
        )}
      </p>
    </>
  );
}
