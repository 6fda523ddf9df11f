// What a run waits for, in English. A second language is a second catalogue of the same shape.
import type { RunState } from "@homeport/db/types";
import { nodeCommands } from "../node/node-commands";
import { storageOf } from "../run/slot-queue";
import type { NodeTrouble, WaitingFor } from "../run/waiting";

type On = WaitingFor["on"];
/** How the text goes on from "Waiting": for a thing, because of how things stand, or not at all: it is what the run does. */
type As = "for" | "because" | "does";
type Catalogue = { [K in On]: { as: As; text: (waiting: Extract<WaitingFor, { on: K }>) => string } };

const nodeTroubles: Record<NodeTrouble, (node: string) => string> = {
  unreachable: (node) => `node ${node} is unreachable`,
  no_quorum: (node) => `the cluster of node ${node} has no quorum`,
  lock_held: (node) => `another task on node ${node} holds the container's lock`,
  ssh_unreachable: (node) => `node ${node} cannot be reached over SSH`,
  ssh_lost: (node) => `the SSH connection to node ${node} was lost`,
  ssh_silent: (node) => `node ${node} does not answer over SSH`,
  ssh_ended: (node) => `the SSH command on node ${node} was ended`,
};

/** What holds each lock (pve-container, PVE/LXC/Config.pm: `lock` is one of these). */
const holders = new Map(
  Object.entries({
    backup: "a backup",
    create: "its creation",
    destroyed: "its destruction",
    disk: "a disk that is moved or resized",
    fstrim: "a trim of its disks",
    migrate: "a migration",
    mounted: "pct mount, which shows its files on the node",
    rollback: "a rollback to a snapshot",
    snapshot: "a snapshot that is made",
    "snapshot-delete": "a snapshot that is deleted",
  }),
);

const engine: Record<Extract<WaitingFor, { on: "engine" }>["why"], string> = {
  away: "engine unavailable",
  unfit: "the version of Homeport that began it: this one cannot continue it",
  failing: "an engine that can continue it: Homeport's own fails at it now",
};

const english: Catalogue = {
  node: { as: "because", text: ({ node, why }) => nodeTroubles[why](node) },
  busy_node: { as: "because", text: ({ node, text }) => `node ${node} is busy: ${text}` },
  lock: {
    as: "because",
    text: ({ vmid, node, lock }) =>
      `CT ${vmid} on node ${node} is locked by ${holders.get(lock) ?? "another operation"} (lock: ${lock})`,
  },
  locked: { as: "because", text: ({ text }) => `the container is locked by another operation: ${text}` },
  unlock: {
    as: "because",
    text: ({ vmid, node }) =>
      `CT ${vmid} is left locked by a create that died. Run on node ${node}: ${nodeCommands.unlock(vmid)}`,
  },
  database: { as: "because", text: () => "Homeport's database does not answer" },
  other_worker: { as: "because", text: () => "another worker does this step" },
  other: { as: "because", text: ({ text }) => (text === "" ? "another version of Homeport knows for what" : text) },
  engine: { as: "for", text: ({ why }) => engine[why] },
  slot: { as: "for", text: slotText },
  decision: { as: "for", text: () => "your decision" },
  pause: { as: "does", text: ({ by }) => `paused${by === null ? "" : ` by ${by}`}` },
  undo: { as: "does", text: () => "undoing what was made" },
  cleanup: { as: "does", text: ({ until }) => `cleanup pending: ${waitingText(until)}` },
  settlement: { as: "for", text: () => "somebody to settle it: its workflow was ended in Temporal (Orphans)" },
};

/** "node pve is unreachable", "a slot on pve: 2nd in the queue (4 tasks at a time)": for a sentence around it. */
export function waitingText(waiting: WaitingFor): string {
  return entry(waiting).text(waiting);
}

// The key is the waiting's own: what its function takes is what is given.
const entry = (waiting: WaitingFor) => english[waiting.on] as { as: As; text: (waiting: WaitingFor) => string };

/** "Queued: engine unavailable", "Waiting for a slot on pve", "Waiting: node pve is unreachable", "Undoing what was made"; undefined for a run that moves, or waits for nothing that is known. */
export function waitingTitle({
  state,
  waitingFor,
}: {
  state: RunState;
  waitingFor: WaitingFor | null;
}): string | undefined {
  if (waitingFor === null) return undefined;
  const text = waitingText(waitingFor);
  if (state === "queued") return `Queued: ${text}`;
  if (!["running", "waiting", "paused", "awaiting_decision"].includes(state)) return undefined;
  const { as } = entry(waitingFor);
  if (state === "running" || as === "does") return text.charAt(0).toUpperCase() + text.slice(1);
  return as === "for" ? `Waiting for ${text}` : `Waiting: ${text}`;
}

function slotText({ node, pool, position, limit }: Extract<WaitingFor, { on: "slot" }>): string {
  if (position === 0) return `a slot on ${node}: its slot is free now`;
  const storage = storageOf(pool);
  const what = storage === undefined ? "task" : "create";
  const place = `${ordinal(position)} in the queue${storage === undefined ? "" : ` for ${storage}`}`;
  return `a slot on ${node}: ${place} (${limit} ${what}${limit === 1 ? "" : "s"} at a time)`;
}

const ordinals = new Intl.PluralRules("en", { type: "ordinal" });
const endings: Record<string, string> = { one: "st", two: "nd", few: "rd" };

function ordinal(n: number): string {
  return `${n}${endings[ordinals.select(n)] ?? "th"}`;
}
