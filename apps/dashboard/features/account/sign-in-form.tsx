"use client";
// Signing in: with e-mail and password, by a passkey, or as the demo person by the address that `npm start` prints.
import type { SignInInput } from "@homeport/domain/account/account-input";
import { Button } from "@homeport/ui/button";
import { Form } from "@homeport/ui/form";
import Link from "next/link";
import type { ComponentProps } from "react";
import { useForm } from "react-hook-form";
import { FormError } from "@/components/form-error";
import { PasskeySignIn } from "@/components/passkeys/passkey-sign-in";
import { useFetchedAhead } from "@/lib/hooks/use-fetched-ahead";
import { lazyResolver } from "@/lib/lazy-resolver";
import { trpc } from "@/lib/trpc";
import { arrive } from "./arrive";

import { SignInFields } from "./sign-in-fields";
import { useDemoToken } from "./use-demo-token";
import { useSignIn } from "./use-sign-in";

const loadRules = () => import("./rules").then(({ signInRules }) => signInRules);

interface Props {
  next: string;
  signUp: "open" | "invitation" | "closed";
  passkeys: Pick<ComponentProps<typeof PasskeySignIn>, "place" | "drawnAt">;
}

export function SignInForm({ next, signUp, passkeys }: Props) {
  useFetchedAhead(loadRules);
  const form = useForm<SignInInput>({
    resolver: lazyResolver(loadRules),
    defaultValues: { email: "", password: "", code: "" },
  });
  const { asks, problem, setProblem, signIn, submit } = useSignIn(form, () => {
    arrive(next);
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
  return (
    <>
      <h1 className="mb-4 text-page font-semibold">Sign in</h1>
      <Form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <SignInFields form={form} asks={asks} />
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
      <div className="mt-3 grid gap-3">
        <PasskeySignIn
          {...passkeys}
          path={next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`}
          onSignedIn={() => {
            arrive(next);
          }}
        />
      </div>
      <p className="mt-6">
        <Link className="text-accent underline underline-offset-2" href="/forgot-password">
          Forgot your password?
        </Link>
      </p>
      <p className="mt-2 text-muted">
        {signUp === "open" ? (
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
          noSignUp[signUp]
        )}
      </p>
    </>
  );
}

const noSignUp = {
  invitation: "Sign-up is by invitation here: open the link that you were sent.",
  closed: "Sign-up is closed here: the person who runs this Homeport gives accounts.",
};
