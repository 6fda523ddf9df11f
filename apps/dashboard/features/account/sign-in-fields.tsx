"use client";
// E-mail and password, as a password manager knows them.
import type { SignInInput } from "@homeport/domain/account/account-input";
import { Field } from "@homeport/ui/field";
import { Input } from "@homeport/ui/input";
import type { UseFormReturn } from "react-hook-form";
import type { Asks } from "./use-sign-in";

/** `asPerson`: the e-mail is known and stays. `asks`: the password was right, and the account asks for a code or a passkey too. */
export function SignInFields({
  form: { formState, register },
  asPerson = false,
  asks,
}: {
  form: Pick<UseFormReturn<SignInInput>, "formState" | "register">;
  asPerson?: boolean;
  asks: Asks | undefined;
}) {
  const { errors } = formState;
  return (
    <>
      <Field label="E-mail" error={errors.email?.message}>
        {(control) => (
          <Input
            {...control}
            type="email"
            autoComplete="username"
            readOnly={asPerson}
            autoFocus={!asPerson}
            {...register("email")}
          />
        )}
      </Field>
      <Field label="Password" error={errors.password?.message}>
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="current-password"
            autoFocus={asPerson}
            {...register("password")}
          />
        )}
      </Field>
      {asks !== undefined && (
        <Field label={asks.by === "code" ? "Code" : "Recovery code"} hint={asks.sentence} error={errors.code?.message}>
          {(control) => <Input {...control} mono autoComplete="one-time-code" autoFocus {...register("code")} />}
        </Field>
      )}
    </>
  );
}
