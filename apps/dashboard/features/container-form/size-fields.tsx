"use client";
// How large, where, and what is rarely changed: the same for one container and for several.
import { type EditableKey, editableKeys, entryOf } from "@homeport/domain/container/fields";
import type { NodeInventory } from "@homeport/domain/node/node-report";
import { fitsOs, type TemplateDefinition } from "@homeport/domain/template/template";
import { Fold } from "@homeport/ui/fold";
import { useState } from "react";
import { formatBytes } from "../../lib/format/bytes";
import { Check, Choice, problemOf, type SwitchField, type TextField, TextInput, type FieldsContext } from "./fields";
import { imageName } from "./plan";
import { downloadable } from "./suggest";

export function SizeFields({ of, inventory }: { of: FieldsContext; inventory: NodeInventory | null | undefined }) {
  const storages = inventory?.storages.filter(({ forContainers }) => forContainers) ?? [];
  return (
    <>
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-3">
        <TextInput of={of} name="cores" />
        <TextInput of={of} name="memoryMib" />
        <TextInput of={of} name="diskGib" />
      </div>
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
        <Choice
          of={of}
          name="storage"
          options={storages.map(({ name, availableBytes }) => ({
            value: name,
            text: `${name}, ${formatBytes(availableBytes)} free`,
          }))}
        />
        <Choice
          of={of}
          name="bridge"
          options={(inventory?.bridges ?? []).map(({ name, cidr }) => ({
            value: name,
            text: cidr ? `${name}, ${cidr}` : name,
          }))}
        />
      </div>
    </>
  );
}

type InputKey = Exclude<EditableKey, "network">;
const rare = editableKeys.filter((key): key is InputKey => key !== "network" && entryOf(key).rare === true);
const switched = rare.filter((key): key is InputKey & SwitchField => entryOf(key).kind === "switch");
/** The OS template is chosen. */
const typed = rare.filter((key): key is InputKey & TextField => key !== "osTemplate" && entryOf(key).kind !== "switch");

const display: Partial<Record<InputKey, { hint?: string; mono?: true; className?: string }>> = {
  vlan: { hint: "1 to 4094." },
  nameservers: { hint: "Up to three, separated by spaces.", mono: true },
  searchDomain: { mono: true },
  tags: { hint: "Separated by spaces.", className: "sm:col-span-2" },
  unprivileged: { hint: "Root in the container has no rights on the node. Leave it on unless you need it off." },
  nesting: { hint: "systemd of newer systems needs it; so do containers inside." },
  startOnBoot: { hint: "Started when the node boots." },
};

interface AdvancedProps {
  of: FieldsContext;
  inventory: NodeInventory | null | undefined;
  /** What the template is made for. */
  os: TemplateDefinition["os"] | undefined;
}

/** Open by itself when something in it is wrong. */
export function AdvancedFields({ of, inventory, os }: AdvancedProps) {
  const [opened, setOpened] = useState(false);
  const open = opened || rare.some((field) => problemOf(of, field) !== undefined);
  return (
    <Fold
      title="Advanced"
      about="OS template, swap, DNS, tags, privileges"
      open={open}
      onToggle={() => {
        setOpened(!open);
      }}
    >
      <div className="flex flex-col gap-4 p-3">
        <Choice
          of={of}
          name="osTemplate"
          hint={os && `This template is made for ${os.family} ${os.version}.`}
          options={inventory ? imageOptions(inventory, os) : []}
        />
        <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
          {typed.map((name) => (
            <TextInput key={name} of={of} name={name} {...display[name]} />
          ))}
        </div>
        {switched.map((name) => (
          <Check key={name} of={of} name={name} {...display[name]} />
        ))}
      </div>
    </Fold>
  );
}

/** Those that are there first, those that fit before others. */
function imageOptions(
  inventory: NodeInventory,
  os: TemplateDefinition["os"] | undefined,
): { value: string; text: string }[] {
  const option = (volid: string, note: string) => ({
    value: volid,
    text: [imageName(volid), note, os && !fitsOs(os, volid) ? "another system" : ""].filter(Boolean).join(", "),
  });
  const offered = downloadable(inventory).toSorted(
    (a, b) => Number(os !== undefined && fitsOs(os, b)) - Number(os !== undefined && fitsOs(os, a)),
  );
  return [
    ...inventory.osTemplates.map(({ volid }) => option(volid, "")),
    ...offered.map((volid) => option(volid, "to be downloaded")),
  ];
}
