// What a run waits for, as it is stored (Run.waitingFor): codes and the names they need. text/waiting makes a sentence of it.
import { z } from "zod";

/** How a node keeps a step waiting. */
const NodeTrouble = z.enum([
  "unreachable",
  "no_quorum",
  /** Another task there holds the lock file of the container. */
  "lock_held",
  "ssh_unreachable",
  "ssh_lost",
  "ssh_silent",
  "ssh_ended",
]);
export type NodeTrouble = z.infer<typeof NodeTrouble>;

/** What a step waits for, and what undoing one waits for. */
const reasons = [
  z.object({ on: z.literal("node"), node: z.string(), why: NodeTrouble }),
  /** `text`: Proxmox's own. */
  z.object({ on: z.literal("busy_node"), node: z.string(), text: z.string() }),
  /** The guest's configuration names a lock: "backup", "snapshot" … */
  z.object({ on: z.literal("lock"), vmid: z.number(), node: z.string(), lock: z.string() }),
  /** Proxmox refused something for a lock. `text`: its own. */
  z.object({ on: z.literal("locked"), text: z.string() }),
  /** A create that died left a lock, which only a person can take away. */
  z.object({ on: z.literal("unlock"), vmid: z.number(), node: z.string() }),
  /** Homeport's own. */
  z.object({ on: z.literal("database") }),
  z.object({ on: z.literal("other_worker") }),
  /** Stored before there were codes, or what a person has to mend before something can be undone. */
  z.object({ on: z.literal("other"), text: z.string() }),
] as const;
const WaitReason = z.discriminatedUnion("on", reasons);
export type WaitReason = z.infer<typeof WaitReason>;

export const WaitingFor = z.discriminatedUnion("on", [
  ...reasons,
  /** `away`: it did not take the run. `unfit`: other code began it. `failing`: it fails before a step is tried. */
  z.object({ on: z.literal("engine"), why: z.enum(["away", "unfit", "failing"]) }),
  /** A slot on its node. `pool`: "task", or "create:" and a storage. `position` in the queue, from 1; 0: its slot is free now. */
  z.object({ on: z.literal("slot"), node: z.string(), pool: z.string(), position: z.number(), limit: z.number() }),
  /** A person's, about a step that failed. */
  z.object({ on: z.literal("decision") }),
  /** `by`: the name of who paused it; null where that is not known. */
  z.object({ on: z.literal("pause"), by: z.string().nullable() }),
  /** Nothing: it is taking back what it made. */
  z.object({ on: z.literal("undo") }),
  /** Taking back what it made waits. */
  z.object({ on: z.literal("cleanup"), until: WaitReason }),
  /** A person's, on the Orphans page: its workflow was ended in Temporal. */
  z.object({ on: z.literal("settlement") }),
]);
export type WaitingFor = z.infer<typeof WaitingFor>;

/** The engine cannot continue it with the code that is here. */
export const engineUnfit = { on: "engine", why: "unfit" } as const satisfies WaitingFor;
/** The engine fails at it before a step of it is tried; the worker's log says why. */
export const engineFailing = { on: "engine", why: "failing" } as const satisfies WaitingFor;

export function isStuck(waiting: WaitingFor | null): boolean {
  return waiting?.on === "engine" && waiting.why !== "away";
}

/** Whatever is stored is read: what this version does not know, as another one wrote it, is shown as such. */
export function readWaitingFor(stored: unknown): WaitingFor | null {
  if (stored === null || stored === undefined) return null;
  return WaitingFor.safeParse(stored).data ?? { on: "other", text: "" };
}

/** The same with each of its texts changed, as one without secrets. Codes stay. */
export function mapWaitReason(reason: WaitReason, change: (text: string) => string): WaitReason {
  switch (reason.on) {
    case "busy_node":
    case "locked":
    case "other":
      return { ...reason, text: change(reason.text) };
    case "lock":
      return { ...reason, lock: change(reason.lock) };
    case "node":
    case "unlock":
    case "database":
    case "other_worker":
      return reason;
  }
}
