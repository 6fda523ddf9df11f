// Keeps looking at a node, for as long as it is one of ours and is who it was.
import { continueAsNew } from "@temporalio/workflow";
import type { WatchInput } from "../contract";
import { watching } from "./activities";
import { requireSealed } from "./sealed";

/** A shift is half an hour; a day of them is a short history. */
const SHIFTS = 48;

export async function watchNode(input: WatchInput): Promise<void> {
  requireSealed(input);
  const { nodeId } = input;
  for (let shift = 0; shift < SHIFTS; shift += 1) {
    if ((await watching().pollNode({ nodeId })) === "over") return;
  }
  await continueAsNew<typeof watchNode>({ nodeId });
}
