"use client";
// How they are called, how many they are, and where their addresses come from: by pattern.
import { Field } from "@homeport/ui/field";
import { Input } from "@homeport/ui/input";
import { TextInput, type FieldsContext } from "../containers/wizard/fields";
import type { NewBatchState } from "./use-new-batch";

const modes = [
  { value: "dhcp", title: "DHCP", text: "The network gives each an address." },
  { value: "static", title: "Static", text: "You give them, by pattern." },
] as const;

export function BatchFields({ batch: { form, draft, count, setCount, problems } }: { batch: NewBatchState }) {
  // Without a template there is no proposal yet; an empty field is not a fault then.
  const { hostname: _hostname, ...others } = problems;
  const of: FieldsContext = { form, draft, problems: draft.templateName === "" ? others : problems };
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-[minmax(0,1fr)_120px]">
        <TextInput of={of} name="hostname" label="Hostnames" mono hint={<>A pattern: <code>web-{"{01..10}"}</code>, <code>{"{db,cache}-lab"}</code>, or <code>web-{"{n}"}</code> with a number.</>} />
        <Field label="How many" error={problems.count} hint={draft.hostname.includes("{n}") ? "For {n}, 1 to 200." : "The pattern says it."}>
          {(control) => <Input {...control} value={count} onChange={(event) => { setCount(event.target.value); }} inputMode="numeric" autoComplete="off" placeholder={draft.hostname.includes("{n}") ? "" : "By pattern"} />}
        </Field>
      </div>
      <TextInput of={of} name="vmid" label="First VMID" numeric mono placeholder="Automatic" hint="Left empty, each gets the next free one; else they count up from here." className="sm:max-w-60" />
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-1 text-body font-medium">Addresses</legend>
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          {modes.map(({ value, title, text }) => (
            <label key={value} className="flex min-h-8 cursor-pointer items-center gap-2 text-body">
              <input type="radio" value={value} {...form.register("networkMode")} className="size-4 accent-accent" />
              {title}
              <span className="text-meta text-muted">{text}</span>
            </label>
          ))}
        </div>
        {draft.networkMode === "static" && (
          <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
            <TextInput of={of} name="address" label="Addresses by pattern" mono placeholder="10.0.0.{20..29}/24" hint="Or the first one, which counts up: 10.0.0.20/24." />
            <TextInput of={of} name="gateway" label="Gateway" mono placeholder="10.0.0.1" hint="It can be left empty." />
          </div>
        )}
      </fieldset>
    </div>
  );
}
