"use client";
// Whether the VMID and the hostname are still free on the node, as they are typed.
import type { HeldLan } from "@homeport/api";
import { takenAddresses } from "@homeport/domain/container/lan";
import { Network } from "@homeport/domain/container/network";
import { Vmid } from "@homeport/domain/container/vmid";
import { useEffect, useMemo, useState } from "react";
import { trpc } from "@/lib/trpc";
import { type DraftProblems, fromServer, type DraftOf, fromDraft } from "@/features/container-form";

const DEBOUNCE_MS = 250;

/** `seenAt` of a free one: when that was seen; null when the node said so just now. */
export type VmidState =
  | { word: "automatic" | "checking" | "invalid" }
  | { word: "free"; seenAt: Date | null }
  | { word: "taken"; holder: string };

type Typed = DraftOf<"nodeId" | "hostname" | "vmid" | "bridge" | "vlan" | "network">;

/** `held`: by the containers of the node that is chosen. */
export function useTaken(draft: Typed, held: readonly HeldLan[] = []) {
  const { nodeId, hostname, vmid } = draft;
  const number = Vmid.safeParse(vmid.trim() === "" ? undefined : Number(vmid)).data;
  const settled = useDebounced(number, DEBOUNCE_MS);
  const asked = settled !== undefined && settled === number && nodeId !== "";
  const query = trpc.nodes.vmid.useQuery({ nodeId, vmid: settled ?? 100 }, { enabled: asked, staleTime: 5_000 });

  const state = vmidState(vmid, number, asked ? query.data : undefined);
  const holder = state.word === "taken" ? state.holder : undefined;
  const same = held.some((one) => one.hostname.toLowerCase() === hostname.trim().toLowerCase());

  const addresses = addressProblems(draft, held);
  const problems = useMemo(
    (): DraftProblems => ({
      ...(JSON.parse(addresses) as DraftProblems), // what the next function wrote
      ...(holder === undefined ? {} : { vmid: `Taken by ${holder}.` }),
      ...(same ? { hostname: `This node has a container called ${hostname.trim()} already.` } : {}),
    }),
    [holder, same, hostname, addresses],
  );
  return { vmid: state, problems };
}

type Answer = { free: true; seenAt: Date | null } | { free: false; holder: string };

function vmidState(vmid: string, number: number | undefined, answer: Answer | undefined): VmidState {
  if (vmid.trim() === "") return { word: "automatic" };
  if (number === undefined) return { word: "invalid" };
  if (answer === undefined) return { word: "checking" };
  return answer.free ? { word: "free", seenAt: answer.seenAt } : { word: "taken", holder: answer.holder };
}

/** As one text, so that the same answer is the same value. */
function addressProblems(draft: Typed, held: readonly HeldLan[]): string {
  const typed = fromDraft(draft, ["bridge", "vlan", "network"]);
  const network = Network.safeParse(typed.network).data;
  if (network === undefined) return "{}";
  const place = { ...typed, network };
  return JSON.stringify(fromServer(takenAddresses(place, held)));
}

function useDebounced<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, ms);
    return () => {
      clearTimeout(timer);
    };
  }, [value, ms]);
  return settled;
}
