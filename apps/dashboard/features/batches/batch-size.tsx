"use client";
// What each of them gets; what is rarely changed is one click away.
import { fitsOs } from "@homeport/domain/template";
import { useState } from "react";
import { formatBytes } from "../containers/format";
import type { DraftField } from "../containers/wizard/draft";
import { Check, Choice, problemOf, TextArea, TextInput, type FieldsContext } from "../containers/wizard/fields";
import { imageName } from "../containers/wizard/plan";
import type { NewBatchState } from "./use-new-batch";

const advanced: readonly DraftField[] = ["osTemplate", "swapMib", "vlan", "nameservers", "searchDomain", "tags", "sshPublicKey"];

export function BatchSize({ batch: { form, draft, problems, offer } }: { batch: NewBatchState }) {
  const of: FieldsContext = { form, draft, problems };
  const [opened, setOpened] = useState(false);
  const open = opened || advanced.some((field) => problemOf(of, field) !== undefined);
  const { inventory, template } = offer;
  const storages = inventory?.storages.filter(({ forContainers }) => forContainers) ?? [];
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-3">
        <TextInput of={of} name="cores" label="Cores" numeric />
        <TextInput of={of} name="memoryMib" label="Memory" unit="MiB" numeric />
        <TextInput of={of} name="diskGib" label="Disk" unit="GiB" numeric />
      </div>
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
        <Choice of={of} name="storage" label="Storage" options={storages.map(({ name, availableBytes }) => ({ value: name, text: `${name}, ${formatBytes(availableBytes)} free` }))} />
        <Choice of={of} name="bridge" label="Bridge" options={(inventory?.bridges ?? []).map(({ name, cidr }) => ({ value: name, text: cidr ? `${name}, ${cidr}` : name }))} />
      </div>
      <details className="rounded-md border bg-surface" open={open}>
        <summary onClick={(event) => { event.preventDefault(); setOpened(!open); }} className="flex min-h-10 cursor-pointer items-center gap-2 px-3 text-body font-medium">Advanced <span className="truncate text-meta font-normal text-muted">OS template, SSH key, swap, DNS, tags, privileges</span></summary>
        <div className="flex flex-col gap-4 border-t p-3">
          <Choice of={of} name="osTemplate" label="OS template" options={(inventory?.osTemplates ?? []).map(({ volid }) => ({ value: volid, text: `${imageName(volid)}${template && !fitsOs(template.os, volid) ? " (another system)" : ""}` }))} />
          <TextArea of={of} name="sshPublicKey" label="SSH public key" placeholder="ssh-ed25519 AAAA… you@laptop" hint="For root in each, one a line. It can be left empty." />
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
