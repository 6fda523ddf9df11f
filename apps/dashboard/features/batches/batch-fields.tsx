"use client";
// How they are called, how many they are, and where their addresses come from: by pattern.
import { Field } from "@homeport/ui/field";
import { Input } from "@homeport/ui/input";
import { type FieldsContext, NetworkFields, TextInput } from "@/features/container-form";
import type { NewBatchState } from "./use-new-batch";

export function BatchFields({ batch: { form, draft, count, setCount, problems } }: { batch: NewBatchState }) {
  // Without a template there is no proposal yet; an empty field is not a fault then.
  const { hostname: _hostname, ...others } = problems;
  const of: FieldsContext = { form, draft, problems: draft.templateName === "" ? others : problems };
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-[minmax(0,1fr)_120px]">
        <TextInput
          of={of}
          name="hostname"
          label="Hostnames"
          mono
          hint={
            <>
              A pattern: <code>web-{"{01..10}"}</code>, <code>{"{db,cache}-lab"}</code>, or <code>web-{"{n}"}</code>{" "}
              with a number.
            </>
          }
        />
        <Field
          label="How many"
          error={problems.count}
          hint={draft.hostname.includes("{n}") ? "For {n}, 1 to 200." : "Set by the pattern."}
        >
          {(control) => (
            <Input
              {...control}
              value={count}
              onChange={(event) => {
                setCount(event.target.value);
              }}
              inputMode="numeric"
              autoComplete="off"
              placeholder={draft.hostname.includes("{n}") ? "" : "By pattern"}
            />
          )}
        </Field>
      </div>
      <TextInput
        of={of}
        name="vmid"
        label="First VMID"
        mono
        hint="If empty, each gets the next free one; otherwise they count up from here."
        className="sm:max-w-60"
      />
      <NetworkFields of={of} pattern />
    </div>
  );
}
