// What the actions on an orphan are called, and what those that hurt do.
import type { OrphanView } from "@homeport/api";
import { nodeCommands } from "@homeport/domain/node/node-commands";
import type { OrphanAction } from "@homeport/domain/orphan/orphan";

type Kind = OrphanView["kind"];

const titles: Record<OrphanAction, string> = {
  adopt: "Adopt",
  resume: "Resume",
  delete: "Delete",
  ignore: "Ignore",
  reopen: "Open again",
};
const deletes: Record<Kind, string> = {
  guest_without_row: "Delete",
  container_gone: "Mark as deleted",
  run_without_workflow: "Give up",
  workflow_without_row: "End it",
  stale_lock: "Delete",
};

export function actionTitle(action: OrphanAction, kind: Kind): string {
  return action === "delete" ? deletes[kind] : titles[action];
}

export interface Question {
  title: string;
  text: string;
  goes: string[];
  stays: string[];
}

/** What is asked before the action; undefined when it is done at once. */
export function questionOf(
  action: OrphanAction,
  { kind, vmid, node, facts, container }: OrphanView,
): Question | undefined {
  const guest = `CT ${vmid ?? "?"}${node ? ` on ${node.name}` : ""}`;
  if (action === "adopt" && facts.madeBy === "other")
    return {
      title: `Adopt ${guest}?`,
      text: "Another Homeport created it, and may still manage it.",
      goes: [],
      stays: ["The guest as it is: nothing in it is changed."],
    };
  if (action !== "delete") return undefined;
  switch (kind) {
    case "guest_without_row":
      return {
        title: `Delete ${guest}?`,
        text: "It is stopped and destroyed by a run that compares its ownership tag right before. If the tag has changed by then, it is left alone.",
        goes: ["The guest, its disks and everything in it."],
        stays: ["Its backups on the node."],
      };
    case "container_gone":
      return {
        title: `Mark ${container?.hostname ?? guest} as deleted?`,
        text: "Nothing is sent to the node.",
        goes: ["The container in Homeport, and its hold on the VMID."],
        stays: ["Its runs and logs.", ...(facts.holder === null ? [] : [`${guest}, which is ${facts.holder}.`])],
      };
    case "run_without_workflow":
      return {
        title: "Give this run up?",
        text: "The run ends as failed. Nothing is undone.",
        goes: ["The run."],
        stays: ["What it has made so far; delete the container to clear it away."],
      };
    case "workflow_without_row":
      return {
        title: "End this workflow?",
        text: "It can do nothing any more: Homeport refuses to act for a run that it does not know.",
        goes: ["The workflow in Temporal."],
        stays: ["Whatever is on the nodes."],
      };
    case "stale_lock":
      return undefined;
  }
}

/** The command that lifts a lock; only a person can say that nothing works behind it. */
export function unlockCommand({ kind, vmid, facts }: OrphanView): string | undefined {
  return kind === "stale_lock" && facts.unread === null && vmid !== null ? nodeCommands.unlock(vmid) : undefined;
}
