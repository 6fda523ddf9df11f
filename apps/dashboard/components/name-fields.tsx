"use client";
// What a project or an organization is called, on screens and in addresses.
import { Field } from "@homeport/ui/field";
import { Input } from "@homeport/ui/input";
import type { UseFormRegisterReturn } from "react-hook-form";

export interface NameFieldsProps {
  /** What its addresses begin with: "/p/". */
  prefix: string;
  name: UseFormRegisterReturn;
  slug: UseFormRegisterReturn;
  errors: { name?: { message?: string } | undefined; slug?: { message?: string } | undefined };
  slugHint: string;
  /** What stands there at first, also before the page is alive. */
  now?: { name: string; slug: string };
}

export function NameFields({ prefix, name, slug, errors, slugHint, now }: NameFieldsProps) {
  return (
    <>
      <Field label="Name" error={errors.name?.message}>
        {(control) => <Input {...control} autoComplete="off" defaultValue={now?.name} {...name} />}
      </Field>
      <Field label="Address" hint={slugHint} error={errors.slug?.message}>
        {(control) => (
          <span className="flex items-center gap-1.5">
            <span aria-hidden className="font-mono text-table text-muted">
              {prefix}
            </span>
            <Input
              {...control}
              className="font-mono"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              defaultValue={now?.slug}
              {...slug}
            />
          </span>
        )}
      </Field>
    </>
  );
}
