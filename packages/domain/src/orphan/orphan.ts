// What rows, Temporal and nodes may disagree on, and what a person can do about each: the server refuses and the button explains alike.
import type { OrphanKind, OrphanState, RunKind } from "@homeport/db/types";
import { runKinds } from "../run/run-kinds";
import { z } from "zod";

export const OrphanActions = ["adopt", "resume", "delete", "ignore", "reopen"] as const;
export type OrphanAction = (typeof OrphanActions)[number];

/** How one was settled, as it is stored (Orphan.resolution). text/orphan has the sentences. */
export const OrphanResolutions = [
  "adopted",
  "deleted",
  "marked_deleted",
  "resumed",
  "given_up",
  /** Its workflow, by a person. */
  "workflow_ended",
  /** Its workflow, by the reconciler, as its run had ended. */
  "workflow_ended_by_itself",
  /** Its run, by the sweeper. */
  "begun_anew",
  /** It was seen no more. */
  "went_away",
  "node_removed",
] as const;
export type OrphanResolution = (typeof OrphanResolutions)[number];

/** What was seen, as it is stored and shown. */
export const OrphanFacts = z.object({
  hostname: z.string().nullable().default(null),
  /** Of the guest's ownership tag: the container that it names, and the tag. */
  marker: z.string().nullable().default(null),
  tag: z.string().nullable().default(null),
  /** Which Homeport made it: this one, another, or one from before that was written down. */
  madeBy: z.enum(["this", "other", "unknown"]).default("unknown"),
  /** The row that the tag names: there is none, it was deleted, or it is alive with another guest and this is a copy. */
  row: z.enum(["none", "deleted", "copy"]).default("none"),
  /** The VMID of the guest that it is a copy of. */
  copyOf: z.number().nullable().default(null),
  /** Lines of the guest's config, as Proxmox says them. */
  config: z.record(z.string(), z.string()).default({}),
  /** Who holds the VMID now, when the guest is not ours any more. */
  holder: z.string().nullable().default(null),
  lock: z.string().nullable().default(null),
  /** Why the guest's config could not be read, so that whose it is is not known. */
  unread: z.string().nullable().default(null),
  run: z.object({ kind: z.string(), state: z.string() }).nullable().default(null),
  workflowType: z.string().nullable().default(null),
});
export type OrphanFacts = z.output<typeof OrphanFacts>;

export interface SettleableOrphan {
  kind: OrphanKind;
  state: OrphanState;
  vmid: number | null;
  facts: Pick<OrphanFacts, "marker" | "row" | "copyOf" | "madeBy" | "unread">;
}

/** What can be done about each kind, in the order of the buttons. */
export const actionsOf: Record<OrphanKind, readonly OrphanAction[]> = {
  guest_without_row: ["adopt", "delete", "ignore"],
  container_gone: ["delete", "ignore"],
  run_without_workflow: ["resume", "delete", "ignore"],
  workflow_without_row: ["delete", "ignore"],
  stale_lock: ["ignore"],
};

/** Why a person cannot do this now; `undefined` when they can. */
export function whyNotSettle(action: OrphanAction, { kind, state, vmid, facts }: SettleableOrphan): string | undefined {
  if (state === "resolved") return "It is settled already.";
  if (action === "reopen") return state === "ignored" ? undefined : "It is not ignored.";
  if (action === "ignore" && state === "ignored") return "It is ignored already.";
  if (!actionsOf[kind].includes(action)) return "That cannot be done about this.";
  if (action !== "ignore" && facts.unread !== null)
    return "Who owns it is not known while its configuration cannot be read. Fix that on the node; it is read again every minute.";
  if (kind !== "guest_without_row" || action === "ignore") return undefined;
  if (facts.marker === null)
    return "Only its tag is left, which does not name a container. Write “Homeport container <id>” into its notes in Proxmox, or remove it there.";
  if (facts.row === "copy")
    return `It is a copy: the container that its tag names is CT ${facts.copyOf ?? "?"} and well. Remove CT ${vmid ?? "?"} on the node, or change its notes and tags there.`;
  return undefined;
}

/** A guest that another Homeport may still look after is not touched by a click alone: its name has to be typed. */
export function mustTypeName(action: OrphanAction, { kind, facts }: Pick<SettleableOrphan, "kind" | "facts">): boolean {
  return kind === "guest_without_row" && (action === "delete" || (action === "adopt" && facts.madeBy === "other"));
}

/** What is wrong, in one sentence. */
export function orphanSentence({
  kind,
  vmid,
  facts,
  nodeName,
}: {
  kind: OrphanKind;
  vmid: number | null;
  facts: OrphanFacts;
  nodeName: string | null;
}): string {
  const on = nodeName === null ? "" : ` on node ${nodeName}`;
  const guest = `CT ${vmid ?? "?"}${on}`;
  if (facts.unread !== null && kind === "stale_lock")
    return `${guest} is locked (${facts.lock ?? "?"}), and whether a task of the node works on it cannot be read: ${facts.unread}`;
  if (facts.unread !== null)
    return `${guest} ${kind === "container_gone" ? "bears no tag of Homeport" : "bears a tag of Homeport"}, and its configuration cannot be read: ${facts.unread}`;
  switch (kind) {
    case "guest_without_row":
      if (facts.row === "copy")
        return `${guest} carries the ownership tag of CT ${facts.copyOf ?? "?"}: it is a copy, such as a restored backup.`;
      if (facts.row === "deleted") return `${guest} is the guest of a container that was deleted here.`;
      return facts.madeBy === "other"
        ? `${guest} was created by another Homeport.`
        : `${guest} was created by Homeport, and no container here belongs to it.`;
    case "container_gone":
      return facts.holder === null
        ? `${guest} is not there any more: somebody removed it.`
        : `${guest} is ${facts.holder} now, not the container that Homeport made.`;
    case "run_without_workflow":
      return `Its run (${facts.run?.kind ?? "?"}) is under way here, and its workflow was ended in Temporal.`;
    case "workflow_without_row":
      return "Temporal works on a run that this database does not know.";
    case "stale_lock":
      return `${guest} is locked (${facts.lock ?? "?"}), and no task of the node works on it.`;
  }
}

/** What an orphan is called. */
export function orphanTitle(kind: OrphanKind, { unread }: Pick<OrphanFacts, "unread">): string {
  return unread === null ? orphanTitles[kind] : "Guest that cannot be read";
}

const orphanTitles: Record<OrphanKind, string> = {
  guest_without_row: "Guest without a container",
  container_gone: "Container without its guest",
  run_without_workflow: "Run without a workflow",
  workflow_without_row: "Work without a run",
  stale_lock: "Stale Proxmox lock",
};

/** A destroy or a creation that is under way explains what it does itself. */
export function explainsItself(active: RunKind | null): boolean {
  return active !== null && runKinds[active].guest !== "keeps";
}
