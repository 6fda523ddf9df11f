// What a decision about a run does to what is there: lists for the dialogs that ask before.
import type { RunDetail } from "@homeport/api";

export interface Consequences {
  goes: string[];
  stays: string[];
}

type Run = Pick<RunDetail, "kind" | "container" | "node" | "input">;

/** Of undoing a creation, by decision or by cancelling it. */
export function undoConsequences({ container, node, input }: Run): Consequences {
  const guest = container.vmid === null ? `What was begun for ${container.hostname} on ${node.name}` : `Container ${container.vmid} (${container.hostname}) on ${node.name}, if it was made by this run`;
  return {
    goes: [guest, ...(input ? [`Its ${input.diskGib} GiB disk on ${input.storage}, with everything on it`] : ["Its disk, with everything on it"]), container.vmid === null ? "The hostname is free again" : `VMID ${container.vmid} and the hostname are free again`],
    stays: ["This run, its steps and its log", "The template, and everything else on the node"],
  };
}

/** Of cancelling anything else: what was asked of the node may still happen. */
export function cancelConsequences(run: Run): Consequences {
  if (run.kind === "provision") return undoConsequences(run);
  return { goes: ["The steps that have not begun"], stays: [`Container ${run.container.hostname}, as the node leaves it`, "What the node was already told to do: it may still finish"] };
}
