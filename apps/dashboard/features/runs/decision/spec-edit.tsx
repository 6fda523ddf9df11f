"use client";
// The settings of a container that is not there yet: what its creation failed with can be changed.
import { type EditableKey, fieldGroups, type FieldGroup, fieldsIn } from "@homeport/domain/container/fields";
import type { NodeInventory } from "@homeport/domain/node/node-report";
import { Checkbox } from "@homeport/ui/checkbox";
import { cn } from "@homeport/ui/cn";
import { Field } from "@homeport/ui/field";
import { Input, inputStyle } from "@homeport/ui/input";
import { formatBytes } from "../../../lib/format/bytes";
import { aboutInput, imageName } from "@/features/container-form";
import { Fragment, type ReactNode } from "react";
import type { SpecDraft, SpecField, SpecProblems } from "./spec-draft";

interface Props {
  draft: SpecDraft;
  /** As the run was asked for it. */
  original: SpecDraft;
  problems: SpecProblems;
  /** What the node offers; null while it is unknown: then names are typed. */
  inventory: NodeInventory | null;
  onChange: (draft: SpecDraft) => void;
}

type InputsOf<Held> = { [Name in SpecField]: SpecDraft[Name] extends Held ? Name : never }[SpecField];
type TextName = Exclude<InputsOf<string>, "networkMode" | "ipv6Mode">;

interface Display {
  label?: string;
  hint?: string;
  mono?: true;
  placeholder?: string;
}
const display: Partial<Record<SpecField, Display>> = {
  storage: { mono: true },
  osTemplate: { mono: true },
  bridge: { mono: true },
  hostname: { mono: true },
  vmid: { hint: "Empty: the next free one." },
  address: { label: "IPv4 with prefix", mono: true, placeholder: "192.168.1.20/24" },
  gateway: { mono: true, placeholder: "None" },
  ipv6Address: { label: "IPv6 with prefix", mono: true, placeholder: "2001:db8::20/64" },
  ipv6Gateway: { mono: true, placeholder: "None" },
  nameservers: { mono: true },
  searchDomain: { mono: true },
  tags: { mono: true },
  startOnBoot: { hint: "After a reboot of the node it comes up by itself." },
  unprivileged: { hint: "Root in the container has no rights on the node." },
  nesting: { hint: "systemd and containers inside need it." },
};

export function SpecEdit({ draft, original, problems, inventory, onChange }: Props) {
  const set = (change: Partial<SpecDraft>): void => {
    onChange({ ...draft, ...change });
  };
  const was = (name: TextName): string | undefined =>
    draft[name] === original[name] ? undefined : `Asked for: ${original[name] === "" ? "none" : original[name]}`;
  const text = (name: TextName) => {
    const { label: own, empty, unit, numeric } = aboutInput(name);
    const { label = own, hint, mono = false, placeholder = empty } = display[name] ?? {};
    return (
      <Field label={label} hint={was(name) ?? hint} error={problems[name]}>
        {(control) => (
          <span className="relative flex">
            <Input
              {...control}
              value={draft[name]}
              mono={mono}
              placeholder={placeholder}
              inputMode={numeric ? "numeric" : undefined}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              className={cn(unit && "pr-12")}
              onChange={(event) => {
                set({ [name]: event.target.value });
              }}
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
      </Field>
    );
  };
  const mode = <Name extends "networkMode" | "ipv6Mode">(
    name: Name,
    options: readonly (readonly [SpecDraft[Name], string])[],
  ) => (
    <Field
      label={aboutInput(name).label}
      hint={
        draft[name] === original[name]
          ? undefined
          : `Asked for: ${options.find(([value]) => value === original[name])?.[1] ?? ""}`
      }
      error={problems[name]}
    >
      {(control) => (
        <select
          {...control}
          value={draft[name]}
          className={cn(inputStyle, "h-9")}
          onChange={(event) => {
            set({ [name]: event.target.value });
          }}
        >
          {options.map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
  const choice = (name: TextName, options: readonly { value: string; text: string }[] | undefined) =>
    options === undefined ? (
      text(name)
    ) : (
      <Field label={aboutInput(name).label} hint={was(name)} error={problems[name]}>
        {(control) => (
          <select
            {...control}
            value={draft[name]}
            className={cn(inputStyle, "h-9")}
            onChange={(event) => {
              set({ [name]: event.target.value });
            }}
          >
            {!options.some(({ value }) => value === draft[name]) && (
              <option value={draft[name]}>{draft[name]} (not offered here)</option>
            )}
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.text}
              </option>
            ))}
          </select>
        )}
      </Field>
    );
  const check = (name: InputsOf<boolean>) => (
    <Checkbox
      checked={draft[name]}
      onCheckedChange={(on) => {
        set({ [name]: on });
      }}
      label={aboutInput(name).label}
      hint={
        problems[name] === undefined ? (
          display[name]?.hint
        ) : (
          <span role="alert" className="text-bad">
            {problems[name]}
          </span>
        )
      }
    />
  );
  const keys = () => (
    <Field
      label={aboutInput("sshPublicKey").label}
      hint={was("sshPublicKey") === undefined ? "For root, one per line." : "Changed."}
      error={problems.sshPublicKey}
    >
      {(control) => (
        <textarea
          {...control}
          value={draft.sshPublicKey}
          rows={4}
          spellCheck={false}
          autoComplete="off"
          className={cn(inputStyle, "py-2 font-mono text-meta")}
          onChange={(event) => {
            set({ sshPublicKey: event.target.value });
          }}
        />
      )}
    </Field>
  );
  const network = () => (
    <>
      {mode("networkMode", [
        ["dhcp", "By DHCP"],
        ["static", "Static"],
        ["none", "None"],
      ])}
      {draft.networkMode === "static" && (
        <>
          {text("address")}
          {text("gateway")}
        </>
      )}
      {mode("ipv6Mode", [
        ["none", "None"],
        ["auto", "From the router (SLAAC)"],
        ["dhcp", "By DHCPv6"],
        ["static", "Static"],
      ])}
      {draft.ipv6Mode === "static" && (
        <>
          {text("ipv6Address")}
          {text("ipv6Gateway")}
        </>
      )}
    </>
  );
  /** Of a field without one of its own: a text, or a tick. */
  const control = (name: EditableKey) => {
    switch (name) {
      case "storage":
        return choice(
          name,
          inventory?.storages
            .filter(({ forContainers }) => forContainers)
            .map((storage) => ({
              value: storage.name,
              text: `${storage.name}, ${formatBytes(storage.availableBytes)} free`,
            })),
        );
      case "osTemplate":
        return choice(
          name,
          inventory?.osTemplates.map(({ volid }) => ({ value: volid, text: imageName(volid) })),
        );
      case "bridge":
        return choice(
          name,
          inventory?.bridges.map((bridge) => ({
            value: bridge.name,
            text: bridge.cidr === undefined ? bridge.name : `${bridge.name}, ${bridge.cidr}`,
          })),
        );
      case "network":
        return network();
      case "sshPublicKey":
        return keys();
      case "unprivileged":
      case "nesting":
      case "startOnBoot":
        return check(name);
      default:
        return text(name);
    }
  };
  return (
    <div className="grid gap-6">
      {(Object.keys(fieldGroups) as FieldGroup[]).map((group) => (
        <fieldset key={group} className={cn(!inTwo.includes(group) && "grid gap-3")}>
          <legend className="mb-2 font-semibold">{fieldGroups[group]}</legend>
          <Columns two={inTwo.includes(group)}>
            {fieldsIn(group).map((name) => (
              <Fragment key={name}>{control(name)}</Fragment>
            ))}
          </Columns>
        </fieldset>
      ))}
    </div>
  );
}

/** Groups of short inputs stand in two columns, where there is room. */
const inTwo: readonly FieldGroup[] = ["place", "size", "network"];

const Columns = ({ two, children }: { two: boolean; children: ReactNode }) =>
  two ? <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">{children}</div> : children;
