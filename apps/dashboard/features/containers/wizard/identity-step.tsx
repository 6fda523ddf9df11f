"use client";
// Third question: what is it called and how large is it? What is rarely changed is one click away.
import type { NodeInventory } from "@homeport/domain/node/node-report";
import type { TemplateDefinition } from "@homeport/domain/template/template";
import { RelativeTime } from "@homeport/ui/relative-time";
import type { ReactNode } from "react";
import {
  AdvancedFields,
  type FieldsContext,
  NetworkFields,
  problemOf,
  SizeFields,
  TextArea,
  TextInput,
} from "@/features/container-form";
import type { VmidState } from "./use-taken";

interface Props {
  of: FieldsContext;
  inventory: NodeInventory | null | undefined;
  os: TemplateDefinition["os"] | undefined;
  vmid: VmidState;
  next: number | undefined;
  /** What is left for it. */
  left: ReactNode;
}

export function IdentityStep({ of, inventory, os, vmid, next, left }: Props) {
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
        <TextInput of={of} name="hostname" mono hint="What it is called on the network." />
        <TextInput
          of={of}
          name="vmid"
          mono
          placeholder={next === undefined ? "Automatic" : `Automatic (${next} is free)`}
          hint={problemOf(of, "vmid") === undefined ? <VmidHint state={vmid} /> : undefined}
        />
      </div>
      <SizeFields of={of} inventory={inventory} />
      {left}
      <NetworkFields of={of} />
      <TextArea
        of={of}
        name="sshPublicKey"
        placeholder="ssh-ed25519 AAAA… you@laptop"
        hint="For root in the container: one per line, or your authorized_keys as it is. Optional."
      />
      <AdvancedFields of={of} inventory={inventory} os={os} />
    </div>
  );
}

function VmidHint({ state }: { state: VmidState }) {
  switch (state.word) {
    case "automatic":
      return <>The next free one is taken.</>;
    case "checking":
      return <>Checking…</>;
    case "free":
      return state.seenAt === null ? (
        <span className="text-good">Free.</span>
      ) : (
        <>
          Free when the node was seen last, <RelativeTime at={state.seenAt} />; it cannot be asked now.
        </>
      );
    case "taken":
    case "invalid":
      return null;
  }
}
