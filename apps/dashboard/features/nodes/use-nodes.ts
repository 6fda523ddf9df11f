"use client";
// The person's nodes, read again whenever the server says that one changed.
import { trpc } from "@/lib/trpc";

export function useNodes() {
  useNodesWatch();
  return trpc.nodes.list.useQuery();
}

export function useNode(id: string) {
  useNodesWatch();
  return trpc.nodes.get.useQuery({ id });
}

/** A tick says only that something changed; what is shown is always read. */
function useNodesWatch(): void {
  const utils = trpc.useUtils();
  trpc.nodes.watch.useSubscription(undefined, { onData: () => void utils.nodes.invalidate() });
}
