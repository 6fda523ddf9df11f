// What happened to a container, as it is stored (ContainerEvent.type, .metadata): a code and its data. text/container-event makes a sentence of it.
import { z } from "zod";
import { RunKinds } from "../run/run-kinds";
import type { FinalRunState } from "../run/run-state";
import { StoredEventMetadata } from "../stored/records";

const ends = [
  "done",
  "done_with_warnings",
  "failed",
  "cancelled",
  "undone",
] as const satisfies readonly FinalRunState[];

const RunEnd = z.object({ kind: z.enum(RunKinds), state: z.enum(ends) });
const RunEnded = z.object({ type: z.templateLiteral([z.enum(RunKinds), ".", z.enum(ends)]), runId: z.string() });
const codes = [
  RunEnded,
  /** A person settled what did not agree. */
  z.object({
    type: z.literal("container.reconciled"),
    what: z.enum(["adopted", "found_to_delete", "marked_deleted"]),
  }),
  /** It was being made or deleted, and no run does. */
  z.object({ type: z.literal("container.failed") }),
  /** Its run was begun anew: Temporal had lost it, or it could not go on and was cancelled. */
  z.object({ type: z.literal("run.readopted"), runId: z.string(), why: z.enum(["lost", "cancelled_stuck"]) }),
  /** Its lease ended; empty `runId`: it was stopped already. */
  z.object({ type: z.literal("lease.ended"), runId: z.string().optional() }),
  z.object({ type: z.literal("lease.destroys"), runId: z.string() }),
  /** Somebody asked Temporal itself to cancel its run. */
  z.object({ type: z.literal("run.cancel_not_recorded"), runId: z.string() }),
] as const;
const ContainerEvent = z.union(codes);
/** What is written: never a sentence. */
export type ContainerEvent = z.infer<typeof ContainerEvent>;
export type RunEnded = z.infer<typeof RunEnded>;

/** `text`: the sentence of a release that stored one; empty: of another one, by a code that is not known here. */
export type StoredContainerEvent = ContainerEvent | { type: "text"; text: string };

/** Whatever is stored is read. */
export function readContainerEvent({ type, metadata }: { type: string; metadata: unknown }): StoredContainerEvent {
  const { text, ...data } = StoredEventMetadata.safeParse(metadata).data ?? {};
  if (text !== undefined) return { type: "text", text };
  return ContainerEvent.safeParse({ ...data, type }).data ?? { type: "text", text: "" };
}

export function isRunEnded(event: ContainerEvent): event is RunEnded {
  return RunEnded.safeParse(event).success;
}

/** Of which run, and how it ended. */
export function endOf({ type }: RunEnded): z.infer<typeof RunEnd> {
  const [kind, state] = type.split(".");
  return RunEnd.parse({ kind, state });
}
