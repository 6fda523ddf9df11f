"use client";
// How large, where, and what is rarely changed: the same for one container and for several.
import type { NodeInventory } from "@homeport/domain/node/node-report";
import { fitsOs, type TemplateDefinition } from "@homeport/domain/template/template";
import { Fold } from "@homeport/ui/fold";
import { useState } from "react";
import { formatBytes } from "../../lib/format/bytes";
import type { DraftField } from "./draft";
import { Check, Choice, problemOf, TextInput, type FieldsContext } from "./fields";
import { imageName } from "./plan";
import { downloadable } from "./suggest";

export function SizeFields({ of, inventory }: { of: FieldsContext; inventory: NodeInventory | null | undefined }) {
  const storages = inventory?.storages.filter(({ forContainers }) => forContainers) ?? [];
  return (
    <>
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-3">
        <TextInput of={of} name="cores" label="Cores" numeric />
        <TextInput of={of} name="memoryMib" label="Memory" unit="MiB" numeric />
        <TextInput of={of} name="diskGib" label="Disk" unit="GiB" numeric />
      </div>
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
        <Choice
          of={of}
          name="storage"
          label="Storage"
          options={storages.map(({ name, availableBytes }) => ({
            value: name,
            text: `${name}, ${formatBytes(availableBytes)} free`,
          }))}
        />
        <Choice
          of={of}
          name="bridge"
          label="Bridge"
          options={(inventory?.bridges ?? []).map(({ name, cidr }) => ({
            value: name,
            text: cidr ? `${name}, ${cidr}` : name,
          }))}
        />
      </div>
    </>
  );
}

const folded: readonly DraftField[] = ["osTemplate", "swapMib", "vlan", "nameservers", "searchDomain", "tags"];

interface AdvancedProps {
  of: FieldsContext;
  inventory: NodeInventory | null | undefined;
  /** What the template is made for. */
  os: TemplateDefinition["os"] | undefined;
}

/** Open by itself when something in it is wrong. */
export function AdvancedFields({ of, inventory, os }: AdvancedProps) {
  const [opened, setOpened] = useState(false);
  const open = opened || folded.some((field) => problemOf(of, field) !== undefined);
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
          label="OS template"
          hint={os && `This template is made for ${os.family} ${os.version}.`}
          options={inventory ? imageOptions(inventory, os) : []}
        />
        <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
          <TextInput of={of} name="swapMib" label="Swap" unit="MiB" numeric />
          <TextInput of={of} name="vlan" label="VLAN" numeric placeholder="None" hint="1 to 4094." />
          <TextInput
            of={of}
            name="nameservers"
            label="Name servers"
            mono
            placeholder="Those of the node"
            hint="Up to three, separated by spaces."
          />
          <TextInput of={of} name="searchDomain" label="Search domains" mono placeholder="Those of the node" />
          <TextInput
            of={of}
            name="tags"
            label="Tags"
            placeholder="None"
            hint="Separated by spaces."
            className="sm:col-span-2"
          />
        </div>
        <Check
          of={of}
          name="unprivileged"
          label="Unprivileged"
          hint="Root in the container has no rights on the node. Leave it on unless you need it off."
        />
        <Check
          of={of}
          name="nesting"
          label="Nesting"
          hint="systemd of newer systems needs it; so do containers inside."
        />
        <Check of={of} name="startOnBoot" label="Start with the node" hint="Started when the node boots." />
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
