"use client";
// The wizard's inputs: a label, a hint or what is wrong, and the input itself, tied together for every reader.
import { cn } from "@homeport/ui/cn";
import { Field, type FieldControl } from "@homeport/ui/field";
import { Input, inputStyle } from "@homeport/ui/input";
import type { ReactNode } from "react";
import type { UseFormReturn } from "react-hook-form";
import { aboutInput } from "./about-input";
import type { Draft, DraftField, DraftProblems } from "./draft";

export type TextField = { [Field in DraftField]: Draft[Field] extends string ? Field : never }[DraftField];
export type SwitchField = { [Field in DraftField]: Draft[Field] extends boolean ? Field : never }[DraftField];

export interface FieldsContext {
  form: UseFormReturn<Draft>;
  draft: Draft;
  problems: DraftProblems;
}

interface Common {
  of: FieldsContext;
  /** Where it is not the field's own. */
  label?: string | undefined;
  hint?: ReactNode;
  className?: string;
}

/** What is wrong with a field: with one that holds something at once, whoever put it there; with an empty one when its step was left. */
export function problemOf({ form, draft, problems }: FieldsContext, name: DraftField): string | undefined {
  const shown = form.formState.errors[name]?.message;
  if (typeof shown === "string") return shown;
  // Taken names, numbers and addresses are found beside the schema, in a draft that was kept as well.
  return draft[name] === "" && form.formState.dirtyFields[name] === undefined ? undefined : problems[name];
}

function Frame({
  of,
  name,
  label = aboutInput(name).label,
  hint,
  className,
  children,
}: Common & { name: DraftField; children: (control: FieldControl) => ReactNode }) {
  return (
    <Field label={label} hint={hint} error={problemOf(of, name)} className={cn(className)}>
      {children}
    </Field>
  );
}

export function TextInput({
  name,
  mono = false,
  placeholder = aboutInput(name).empty,
  ...common
}: Common & { name: TextField; mono?: boolean; placeholder?: string }) {
  const { unit, numeric } = aboutInput(name);
  return (
    <Frame name={name} {...common}>
      {(control) => (
        <span className="relative flex">
          <Input
            {...control}
            {...common.of.form.register(name)}
            placeholder={placeholder}
            inputMode={numeric ? "numeric" : undefined}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            mono={mono}
            className={cn(unit && "pr-12")}
          />
          {unit && (
            <span
              aria-hidden
              className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-meta text-muted"
            >
              {unit}
            </span>
          )}
        </span>
      )}
    </Frame>
  );
}

export function TextArea({ name, placeholder, ...common }: Common & { name: TextField; placeholder?: string }) {
  return (
    <Frame name={name} {...common}>
      {(control) => (
        <textarea
          {...control}
          {...common.of.form.register(name)}
          placeholder={placeholder}
          rows={3}
          spellCheck={false}
          className={cn(inputStyle, "py-2 font-mono text-meta")}
        />
      )}
    </Frame>
  );
}

export function Choice({
  name,
  options,
  ...common
}: Common & { name: TextField; options: readonly { value: string; text: string }[] }) {
  // Given its value: its options may come after it, and a list without the option would show another.
  const value = common.of.draft[name];
  return (
    <Frame name={name} {...common}>
      {(control) => (
        <select {...control} {...common.of.form.register(name)} value={value} className={cn(inputStyle, "h-9")}>
          {!options.some((option) => option.value === value) && (
            <option value={value}>{value === "" ? "Choose" : `${value} (not offered here)`}</option>
          )}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      )}
    </Frame>
  );
}

export function Check({ of, name, label = aboutInput(name).label, hint }: Common & { name: SwitchField }) {
  const id = `new-${name}`;
  const problem = problemOf(of, name);
  return (
    <div className="grid grid-cols-[20px_1fr] gap-x-2">
      <input
        id={id}
        type="checkbox"
        {...of.form.register(name)}
        aria-describedby={`${id}-hint`}
        aria-invalid={problem === undefined ? undefined : true}
        className="mt-0.5 size-4 accent-accent"
      />
      <label htmlFor={id} className="text-table font-medium">
        {label}
      </label>
      <span />
      <p id={`${id}-hint`} className="text-meta text-muted">
        {hint}
        {problem !== undefined && (
          <span role="alert" className="block text-bad">
            {problem}
          </span>
        )}
      </p>
    </div>
  );
}
