"use client";
// The settings of a container that is not there yet: what its creation failed with can be changed.
import type { NodeInventory } from "@homeport/domain/node/node-report";
import { Checkbox } from "@homeport/ui/checkbox";
import { cn } from "@homeport/ui/cn";
import { Field } from "@homeport/ui/field";
import { Input, inputStyle } from "@homeport/ui/input";
import { formatBytes } from "../../../lib/format/bytes";
import { imageName } from "@/features/container-form";
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

type TextName = Exclude<SpecField, "unprivileged" | "nesting" | "startOnBoot" | "networkMode" | "ipv6Mode">;

export function SpecEdit({ draft, original, problems, inventory, onChange }: Props) {
  const set = (change: Partial<SpecDraft>): void => {
    onChange({ ...draft, ...change });
  };
  const was = (name: TextName): string | undefined =>
    draft[name] === original[name] ? undefined : `Asked for: ${original[name] === "" ? "none" : original[name]}`;
  const text = (
    name: TextName,
    label: string,
    {
      unit,
      hint,
      mono = false,
      numeric = false,
      placeholder,
    }: { unit?: string; hint?: string; mono?: boolean; numeric?: boolean; placeholder?: string } = {},
  ) => (
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
  const mode = <Name extends "networkMode" | "ipv6Mode">(
    name: Name,
    label: string,
    options: readonly (readonly [SpecDraft[Name], string])[],
  ) => (
    <Field
      label={label}
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
  const choice = (name: TextName, label: string, options: readonly { value: string; text: string }[] | undefined) =>
    options === undefined ? (
      text(name, label, { mono: true })
    ) : (
      <Field label={label} hint={was(name)} error={problems[name]}>
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
              <option value={draft[name]}>{draft[name]} (not on this node)</option>
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
  return (
    <div className="grid gap-6">
      <Group title="Place">
        {choice(
          "storage",
          "Storage",
          inventory?.storages
            .filter(({ forContainers }) => forContainers)
            .map(({ name, availableBytes }) => ({ value: name, text: `${name}, ${formatBytes(availableBytes)} free` })),
        )}
        {text("diskGib", "Disk", { unit: "GiB", numeric: true })}
        {choice(
          "osTemplate",
          "OS template",
          inventory?.osTemplates.map(({ volid }) => ({ value: volid, text: imageName(volid) })),
        )}
        {text("hostname", "Hostname", { mono: true })}
        {text("vmid", "VMID", { numeric: true, placeholder: "Automatic", hint: "Empty: the next free one." })}
      </Group>
      <Group title="Size">
        {text("cores", "Cores", { numeric: true })}
        {text("memoryMib", "Memory", { unit: "MiB", numeric: true })}
        {text("swapMib", "Swap", { unit: "MiB", numeric: true })}
      </Group>
      <Group title="Network">
        {choice(
          "bridge",
          "Bridge",
          inventory?.bridges.map(({ name, cidr }) => ({
            value: name,
            text: cidr === undefined ? name : `${name}, ${cidr}`,
          })),
        )}
        {text("vlan", "VLAN", { numeric: true, placeholder: "None" })}
        {mode("networkMode", "Address", [
          ["dhcp", "By DHCP"],
          ["static", "Static"],
          ["none", "None"],
        ])}
        {draft.networkMode === "static" && (
          <>
            {text("address", "IPv4 with prefix", { mono: true, placeholder: "192.168.1.20/24" })}
            {text("gateway", "Gateway", { mono: true, placeholder: "None" })}
          </>
        )}
        {mode("ipv6Mode", "IPv6", [
          ["none", "None"],
          ["auto", "From the router (SLAAC)"],
          ["dhcp", "By DHCPv6"],
          ["static", "Static"],
        ])}
        {draft.ipv6Mode === "static" && (
          <>
            {text("ipv6Address", "IPv6 with prefix", { mono: true, placeholder: "2001:db8::20/64" })}
            {text("ipv6Gateway", "IPv6 gateway", { mono: true, placeholder: "None" })}
          </>
        )}
        {text("nameservers", "Name servers", { mono: true, placeholder: "Those of the node" })}
        {text("searchDomain", "Search domains", { mono: true, placeholder: "Those of the node" })}
      </Group>
      <fieldset className="grid gap-3">
        <legend className="mb-2 font-semibold">Access</legend>
        <Field
          label="SSH public keys"
          hint={was("sshPublicKey") === undefined ? "For root, one a line." : "Changed."}
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
        {text("tags", "Tags", { mono: true, placeholder: "None" })}
        <Checkbox
          checked={draft.startOnBoot}
          onCheckedChange={(startOnBoot) => {
            set({ startOnBoot });
          }}
          label="Start with the node"
          hint="After a reboot of the node it comes up by itself."
        />
      </fieldset>
      <fieldset className="grid gap-3">
        <legend className="mb-2 font-semibold">Rights</legend>
        <Checkbox
          checked={draft.unprivileged}
          onCheckedChange={(unprivileged) => {
            set({ unprivileged });
          }}
          label="Unprivileged"
          hint="Root in the container has no rights on the node."
        />
        <Checkbox
          checked={draft.nesting}
          onCheckedChange={(nesting) => {
            set({ nesting });
          }}
          label="Nesting"
          hint="systemd and containers inside need it."
        />
      </fieldset>
    </div>
  );
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <fieldset>
      <legend className="mb-2 font-semibold">{title}</legend>
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">{children}</div>
    </fieldset>
  );
}
