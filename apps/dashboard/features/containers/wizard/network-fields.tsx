"use client";
// Where its address comes from: the network's DHCP, or the person.
import { TextInput, type FieldsContext } from "./fields";

const modes = [
  { value: "dhcp", title: "DHCP", text: "The network gives it an address." },
  { value: "static", title: "Static", text: "You give it one." },
] as const;

export function NetworkFields({ of }: { of: FieldsContext }) {
  const mode = of.draft.networkMode;
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-body font-medium">Address</legend>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        {modes.map(({ value, title, text }) => (
          <label key={value} className="flex min-h-8 cursor-pointer items-center gap-2 text-body">
            <input type="radio" value={value} {...of.form.register("networkMode")} className="size-4 accent-accent" />
            {title}
            <span className="text-meta text-muted">{text}</span>
          </label>
        ))}
      </div>
      {mode === "static" && (
        <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
          <TextInput of={of} name="address" label="Address" mono placeholder="192.168.1.20/24" hint="With its prefix." />
          <TextInput of={of} name="gateway" label="Gateway" mono placeholder="192.168.1.1" hint="It can be left empty." />
        </div>
      )}
    </fieldset>
  );
}
