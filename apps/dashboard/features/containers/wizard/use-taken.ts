"use client";
// Whether the VMID and the hostname are still free on the node, as they are typed.
import type { ContainerView } from "@homeport/api";
import { Vmid } from "@homeport/domain/vmid";
import { useEffect, useMemo, useState } from "react";
import { trpc } from "@/lib/trpc";
import type { Draft, DraftProblems } from "./draft";

const DEBOUNCE_MS = 250;

export type VmidState = { word: "automatic" | "checking" | "free" | "invalid" } | { word: "taken"; holder: string };

type Held = Pick<ContainerView, "hostname" | "node">;

export function useTaken({ nodeId, hostname, vmid }: Pick<Draft, "nodeId" | "hostname" | "vmid">, containers: readonly Held[] | undefined) {
  const number = Vmid.safeParse(vmid.trim() === "" ? undefined : Number(vmid)).data;
  const settled = useDebounced(number, DEBOUNCE_MS);
  const asked = settled !== undefined && settled === number && nodeId !== "";
  const query = trpc.nodes.vmid.useQuery({ nodeId, vmid: settled ?? 100 }, { enabled: asked, staleTime: 5_000 });

  const state: VmidState =
    vmid.trim() === "" ? { word: "automatic" } : number === undefined ? { word: "invalid" } : !asked || !query.data ? { word: "checking" } : query.data.free ? { word: "free" } : { word: "taken", holder: query.data.holder };
  const holder = state.word === "taken" ? state.holder : undefined;
  const same = containers?.some((one) => one.node.id === nodeId && one.hostname.toLowerCase() === hostname.trim().toLowerCase()) ?? false;

  const problems = useMemo(
    (): DraftProblems => ({
      ...(holder === undefined ? {} : { vmid: `Taken by ${holder}.` }),
      ...(same ? { hostname: `This node has a container called ${hostname.trim()} already.` } : {}),
    }),
    [holder, same, hostname],
  );
  return { vmid: state, problems };
}

function useDebounced<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => { setSettled(value); }, ms);
    return () => { clearTimeout(timer); };
  }, [value, ms]);
  return settled;
}
