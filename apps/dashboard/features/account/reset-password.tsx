"use client";
// What the link of a forgotten password leads to: the new one. All sessions end with it, so that who set it signs in.
import type { ResetPasswordInput } from "@homeport/domain/account/account-input";
import { PASSWORD_MIN } from "@homeport/domain/account/password-rule";
import { Button } from "@homeport/ui/button";
import { Field } from "@homeport/ui/field";
import { Form } from "@homeport/ui/form";
import { Input } from "@homeport/ui/input";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import Link from "next/link";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { FormError } from "@/components/form-error";
import { PlainPage } from "@/components/plain-page";
import { placeErrors } from "@/lib/field-errors";
import { forgetLink, useLinkToken } from "@/lib/hooks/use-link-token";
import { lazyResolver } from "@/lib/lazy-resolver";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";
import { LinkRefused } from "./link-refused";

const resolver = lazyResolver<ResetPasswordInput>(async () => (await import("./rules")).resetPasswordRules);
const again = { href: "/forgot-password", label: "Ask for a new link" };

export function ResetPassword() {
  const token = useLinkToken("reset");
  if (token === undefined) return <Loading />;
  if (token === null)
    return (
      <PlainPage title="A new password needs the whole link" to={again}>
        Open the link that you were sent, from http to its last character.
      </PlainPage>
    );
  return <Letter key={token} token={token} />;
}

function Letter({ token }: { token: string }) {
  const { mutate, data, error, isPending } = trpc.reset.show.useMutation();
  useEffect(() => {
    mutate({ token });
  }, [mutate, token]);
  if (data) return <NewPassword token={token} email={data.email} />;
  if (error)
    return (
      <LinkRefused
        purpose="reset"
        title="This link sets no password"
        to={again}
        error={error}
        trying={isPending}
        onAgain={() => {
          mutate({ token });
        }}
      />
    );
  return <Loading />;
}

function NewPassword({ token, email }: { token: string; email: string }) {
  const form = useForm<ResetPasswordInput>({ resolver, defaultValues: { token, password: "" } });
  const [problem, setProblem] = useState<string>();
  const finish = trpc.reset.finish.useMutation({
    onSuccess: () => {
      forgetLink("reset");
    },
    onError: (error) => {
      const left = placeErrors(form, error);
      setProblem(left === undefined ? undefined : `${outcomeTitle(error, "The password is as it was.")} ${left}`);
    },
  });
  // An answer that was lost may have been the one that set it.
  if (finish.error?.data?.refusal === "link.ended")
    return (
      <PlainPage title="This link does nothing any more" to={again} follows>
        <p>
          {finish.error.message} If you have just sent a new password, it may be set:{" "}
          <Link className="text-accent underline underline-offset-2" href="/sign-in">
            sign in with it
          </Link>
          .
        </p>
      </PlainPage>
    );
  if (finish.data)
    return (
      <PlainPage title="The new password is set" to={{ href: "/sign-in", label: "Sign in" }} follows>
        <p>{whatEnded(finish.data)} Sign in with the new password.</p>
      </PlainPage>
    );
  return (
    <PlainPage title="Set a new password" to={{ href: "/sign-in", label: "Back to sign-in" }}>
      <Form
        className="grid gap-4"
        onSubmit={(event) =>
          void form.handleSubmit((values) => {
            setProblem(undefined);
            finish.mutate(values);
          })(event)
        }
      >
        <p>
          For the account <span className="font-medium break-all">{email}</span>. All its sessions and API tokens end.
        </p>
        {/* For password managers: whose password this is. */}
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <Field
          label="New password"
          hint={`At least ${PASSWORD_MIN} characters.`}
          error={form.formState.errors.password?.message}
        >
          {(control) => (
            <Input {...control} type="password" autoComplete="new-password" autoFocus {...form.register("password")} />
          )}
        </Field>
        <FormError message={problem} />
        <Button type="submit" variant="primary" size="lg" pending={finish.isPending}>
          Set the password
        </Button>
      </Form>
    </PlainPage>
  );
}

function whatEnded({ endedSessions, endedTokens }: { endedSessions: number; endedTokens: number }): string {
  const sessions =
    endedSessions === 0 ? "Nobody was signed in with the account." : counted(endedSessions, "session", "ended");
  return endedTokens === 0 ? sessions : `${sessions} ${counted(endedTokens, "API token", "revoked")}`;
}

function counted(count: number, noun: string, what: string): string {
  return count === 1 ? `One ${noun} was ${what}.` : `${count} ${noun}s were ${what}.`;
}

function Loading() {
  return (
    <SkeletonGroup label="Loading the link" className="grid gap-3">
      <Skeleton className="h-7 w-48" />
      <Skeleton className="h-9" />
    </SkeletonGroup>
  );
}
