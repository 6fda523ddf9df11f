// Runs a creation again: a new container from the same inputs and the same revision of the template.
import { createContainer } from "../containers/create";
import type { MemberContext } from "../context";
import { readRunInput } from "./input";

/** Refuses, as any creation does, when the hostname or a typed VMID is in use: then it is for "run again with changes". */
export async function runAgain(
  ctx: MemberContext,
  { id, requestKey }: { id: string; requestKey: string },
): Promise<{ containerId: string; runId: string }> {
  const { projectId, input } = await readRunInput(ctx, id);
  return createContainer(ctx, { ...input, projectId, requestKey, againOfId: id });
}
