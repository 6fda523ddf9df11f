"use client";
// What a passkey is called.
import { Field } from "@homeport/ui/field";
import { Input } from "@homeport/ui/input";
import type { UseFormRegisterReturn } from "react-hook-form";

export function NameField({ register, error }: { register: UseFormRegisterReturn; error: string | undefined }) {
  return (
    <Field label="Name" hint="By which you know it again, such as Phone or Security key." error={error}>
      {(control) => <Input {...control} autoComplete="off" autoFocus {...register} />}
    </Field>
  );
}
