"use client";
// Whether what is typed stays within the limits of the node's share and within every quota: the server's own rules, as it is typed.
import { outsideLimits } from "@homeport/domain/node/share-limits";
import { Vmid } from "@homeport/domain/container/vmid";
import { type Amounts, QuotaParts } from "@homeport/domain/quota/quota";
import { useMemo } from "react";
import { type Draft, type DraftProblems, fromServer } from "./draft";
import type { useOffer } from "./use-offer";

type Offer = Pick<ReturnType<typeof useOffer>, "room" | "node">;

interface RoomFor {
  /** What the share does not allow. What is beyond a quota stops nobody before the review: it can be asked for there. */
  problems: DraftProblems;
  /** Of all of them together; undefined while an amount is no number. */
  wanted: Amounts | undefined;
}

/** `containers`: how many of this size. */
export function useRoom(draft: Draft, { room, node }: Offer, containers = 1): RoomFor {
  const { cores, memoryMib, diskGib } = draft;
  const wanted = useMemo(
    () => wantedBy({ cores, memoryMib, diskGib }, containers),
    [cores, memoryMib, diskGib, containers],
  );
  const here = room !== undefined && node?.id === draft.nodeId ? room : undefined;
  const { storage, bridge, unprivileged, templateName: template } = draft;
  const vmid = Vmid.safeParse(draft.vmid.trim() === "" ? undefined : Number(draft.vmid)).data;
  const problems = useMemo((): DraftProblems => {
    const chosen = {
      unprivileged,
      vmid,
      ...(storage === "" ? {} : { storage }),
      ...(bridge === "" ? {} : { bridge }),
      ...(template === "" ? {} : { template }),
    };
    const share = here?.share ?? null;
    return share === null ? {} : fromServer(outsideLimits(chosen, share));
  }, [here, storage, bridge, vmid, unprivileged, template]);
  return { problems, wanted };
}

function wantedBy(typed: Pick<Draft, "cores" | "memoryMib" | "diskGib">, containers: number): Amounts | undefined {
  const total = (text: string): number => (/^\d+$/.test(text.trim()) ? Number(text) * containers : Number.NaN);
  const amounts: Amounts = {
    containers,
    cores: total(typed.cores),
    memoryMib: total(typed.memoryMib),
    diskGib: total(typed.diskGib),
  };
  return QuotaParts.some((part) => Number.isNaN(amounts[part])) ? undefined : amounts;
}
