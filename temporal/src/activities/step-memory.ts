// What a step must remember to be continued after any crash: written before the act it speaks of.
import { storedDocument } from "@homeport/domain/stored/document";
import { z } from "zod";

const Task = z.object({
  /** The node's clock, in seconds, before we asked for it: an own task is not older. */
  since: z.number(),
  upid: z.string().optional(),
});

/** A script inside the guest, and how far its output is stored. */
const ScriptUnit = z.object({
  /** Whose stream its output goes to; a later attempt may go on with a script that it only lost sight of. */
  attempt: z.number(),
  unit: z.string(),
  /** Of the script's text: another text is another script. */
  sha256: z.string(),
  /** 1, and one more for each time that it was begun again by itself. */
  tries: z.number(),
  /** In ms since 1970. */
  startedAt: z.number().optional(),
  /** Where this try's output begins in the attempt's stream, in bytes. */
  from: z.number(),
  /** Bytes of the guest's own output that are stored, and the column where the stored text stands (output/output-text). */
  guestOffset: z.number(),
  column: z.number(),
  /** The rows hold as much as they keep of one attempt. */
  full: z.boolean().default(false),
  /** We stopped it: it took too long. */
  overdue: z.boolean().default(false),
  /** Its failure was reported: whoever retries begins it anew. */
  over: z.boolean().default(false),
});
export type ScriptUnit = z.output<typeof ScriptUnit>;

const MemoryForm = z.object({
  create: z
    .object({
      vmid: z.number(),
      since: z.number(),
      upid: z.string().optional(),
      /** Tasks whose failure was reported already. */
      judged: z.array(z.string()).default([]),
      /** We are clearing away our own half-made guest; once unlocked, its config no longer says whose it is. */
      clearing: z.boolean().default(false),
    })
    .optional(),
  /** Other tasks by Proxmox's type: "vzstart". */
  tasks: z.record(z.string(), Task).default({}),
  /** How many lines of each task's log are in the step's stream "task". */
  taskLines: z.record(z.string(), z.number()).default({}),
  /** How often each kind of trouble was met in this attempt. */
  troubles: z.record(z.string(), z.number()).default({}),
  script: ScriptUnit.optional(),
  /** How often a container that our run had started, and that stopped by itself, was started again in this step. */
  startedAgain: z.number().default(0),
});
export const StepMemory = storedDocument(MemoryForm);
export type StepMemory = z.output<typeof StepMemory>;
