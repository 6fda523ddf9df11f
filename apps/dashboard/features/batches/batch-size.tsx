"use client";
// What each of them gets.
import { AdvancedFields, type FieldsContext, RoomLeft, SizeFields, TextArea } from "@/features/container-form";
import type { NewBatchState } from "./use-new-batch";

export function BatchSize({ batch: { form, draft, problems, offer, room } }: { batch: NewBatchState }) {
  const of: FieldsContext = { form, draft, problems };
  const { inventory, template } = offer;
  return (
    <div className="flex flex-col gap-4">
      <SizeFields of={of} inventory={inventory} />
      <RoomLeft quotas={offer.room?.quotas} wanted={room.wanted} />
      <TextArea
        of={of}
        name="sshPublicKey"
        placeholder="ssh-ed25519 AAAA… you@laptop"
        hint="For root in each: one per line, or your authorized_keys as it is. Optional."
      />
      <AdvancedFields of={of} inventory={inventory} os={template?.os} />
    </div>
  );
}
