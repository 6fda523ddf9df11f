// What the containers of a node hold: their names and addresses. Never as a form before this one saw it: a name that is suggested is free now.
import { trpc } from "@/lib/trpc";

/** `nodeId`: undefined while none is known. */
export function useHeld(nodeId: string | undefined, projectId: string) {
  return trpc.nodes.held.useQuery(
    { nodeId: nodeId ?? "", projectId },
    // Forgotten with the form: a container that was made since would be missing in it.
    { enabled: nodeId !== undefined, gcTime: 0 },
  );
}
