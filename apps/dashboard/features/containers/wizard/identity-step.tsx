"use client";
// Third question: what is it called and how large is it? What is rarely changed is one click away.
import type { NodeInventory } from "@homeport/domain/node-report";
import { fitsOs, type TemplateDefinition } from "@homeport/domain/template";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { formatBytes } from "../format";
import type { DraftField } from "./draft";
import { Check, Choice, problemOf, TextArea, TextInput, type FieldsContext } from "./fields";
import { NetworkFields } from "./network-fields";
import { imageName } from "./plan";
import { downloadable } from "./suggest";
import type { VmidState } from "./use-taken";

interface Props {
  of: FieldsContext;
  inventory: NodeInventory | null | undefined;
  os: TemplateDefinition["os"] | undefined;
  vmid: VmidState;
  next: number | undefined;
}

const advanced: readonly DraftField[] = ["osTemplate", "swapMib", "vlan", "nameservers", "searchDomain", "tags"];

export function IdentityStep({ of, inventory, os, vmid, next }: Props) {
  const [opened, setOpened] = useState(false);
  const open = opened || advanced.some((field) => problemOf(of, field) !== undefined);
  const storages = inventory?.storages.filter(({ forContainers }) => forContainers) ?? [];
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
        <TextInput of={of} name="hostname" label="Hostname" mono hint="How it is called on the network." />
        <TextInput of={of} name="vmid" label="VMID" numeric mono placeholder={next === undefined ? "Automatic" : `Automatic (${next} is free)`} hint={<VmidHint state={vmid} />} />
      </div>
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-3">
        <TextInput of={of} name="cores" label="Cores" numeric />
        <TextInput of={of} name="memoryMib" label="Memory" unit="MiB" numeric />
        <TextInput of={of} name="diskGib" label="Disk" unit="GiB" numeric />
      </div>
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
        <Choice of={of} name="storage" label="Storage" options={storages.map(({ name, availableBytes }) => ({ value: name, text: `${name}, ${formatBytes(availableBytes)} free` }))} />
        <Choice of={of} name="bridge" label="Bridge" options={(inventory?.bridges ?? []).map(({ name, cidr }) => ({ value: name, text: cidr ? `${name}, ${cidr}` : name }))} />
      </div>
      <NetworkFields of={of} />
      <TextArea of={of} name="sshPublicKey" label="SSH public key" placeholder="ssh-ed25519 AAAA… you@laptop" hint="For root in the container, one a line. It can be left empty." />
      <details className="group rounded-md border bg-surface" open={open}>
        <summary onClick={(event) => { event.preventDefault(); setOpened(!open); }} className="flex min-h-10 cursor-pointer list-none items-center gap-2 px-3 text-body font-medium">
          <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
          Advanced
          <span className="truncate text-meta font-normal text-muted">OS template, swap, DNS, tags, privileges</span>
        </summary>
        <div className="flex flex-col gap-4 border-t p-3">
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
            <TextInput of={of} name="nameservers" label="Name servers" mono placeholder="Those of the node" hint="Up to three, separated by spaces." />
            <TextInput of={of} name="searchDomain" label="Search domain" mono placeholder="That of the node" />
            <TextInput of={of} name="tags" label="Tags" placeholder="None" hint="Separated by spaces." className="sm:col-span-2" />
          </div>
          <Check of={of} name="unprivileged" label="Unprivileged" hint="Root in the container is nobody on the node. Leave it on unless you know why not." />
          <Check of={of} name="nesting" label="Nesting" hint="systemd of newer systems needs it; so do containers inside." />
          <Check of={of} name="startOnBoot" label="Start with the node" hint="Started when the node boots." />
        </div>
      </details>
    </div>
  );
}

/** Those that are there first, those that fit before others. */
function imageOptions(inventory: NodeInventory, os: TemplateDefinition["os"] | undefined): { value: string; text: string }[] {
  const option = (volid: string, note: string) => ({ value: volid, text: [imageName(volid), note, os && !fitsOs(os, volid) ? "another system" : ""].filter(Boolean).join(", ") });
  const offered = downloadable(inventory).toSorted((a, b) => Number(os !== undefined && fitsOs(os, b)) - Number(os !== undefined && fitsOs(os, a)));
  return [...inventory.osTemplates.map(({ volid }) => option(volid, "")), ...offered.map((volid) => option(volid, "to be downloaded"))];
}

function VmidHint({ state }: { state: VmidState }) {
  switch (state.word) {
    case "automatic":
      return <>The next free one is taken.</>;
    case "checking":
      return <>Looking…</>;
    case "free":
      return <span className="text-good">Free.</span>;
    case "taken":
    case "invalid":
      return null;
  }
}
