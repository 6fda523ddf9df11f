"use client";
// A whole number that need not be there: as it is typed, with what nothing stands for.
import { Field } from "@homeport/ui/field";
import { Input } from "@homeport/ui/input";

interface Props {
  label: string;
  hint: string | undefined;
  error: string | undefined;
  /** What nothing stands for. */
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}

export function NumberField({ label, hint, error, placeholder, value, onChange }: Props) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <Input
          {...control}
          inputMode="numeric"
          autoComplete="off"
          placeholder={placeholder}
          maxLength={20}
          value={value}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      )}
    </Field>
  );
}
