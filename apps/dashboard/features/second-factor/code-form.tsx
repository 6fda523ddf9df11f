"use client";
// One code, typed.
import type { SignInCodeInput } from "@homeport/domain/account/sign-in-code";
import { Field } from "@homeport/ui/field";
import { Form } from "@homeport/ui/form";
import { Input } from "@homeport/ui/input";
import { useForm } from "react-hook-form";
import { FormError } from "@/components/form-error";
import { lazyResolver } from "@/lib/lazy-resolver";
import { outcomeTitle } from "@/lib/requests/answer";
import type { ApiError } from "@/lib/trpc";

const resolver = lazyResolver<SignInCodeInput>(async () => (await import("./rules")).codeRules);

export function CodeForm({
  id,
  label,
  refused,
  error,
  onCode,
}: {
  /** Of the form, whose button stands elsewhere. */
  id: string;
  label: string;
  /** What is true when the code was refused. */
  refused: string;
  error: ApiError | null;
  onCode: (code: string) => void;
}) {
  const form = useForm<SignInCodeInput>({ resolver, defaultValues: { code: "" } });
  const ofCode = error?.data?.fields?.code;
  const typed = form.formState.errors.code?.message;
  return (
    <Form
      id={id}
      className="grid gap-4"
      onSubmit={(event) =>
        void form.handleSubmit(({ code }) => {
          onCode(code);
        })(event)
      }
    >
      <Field label={label} error={typed ?? ofCode}>
        {(control) => <Input {...control} mono autoComplete="one-time-code" autoFocus {...form.register("code")} />}
      </Field>
      <FormError
        message={
          error === null || ofCode !== undefined ? undefined : `${outcomeTitle(error, refused)} ${error.message}`
        }
      />
    </Form>
  );
}
