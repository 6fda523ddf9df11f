// What a step must remember to be continued after any crash: written before the act it speaks of.
import { z } from "zod";

const Task = z.object({
  /** The node's clock, in seconds, before we asked for it: an own task is not older. */
  since: z.number(),
  upid: z.string().optional(),
});

export const StepMemory = z.object({
  create: z
    .object({
      vmid: z.number(),
      since: z.number(),
      upid: z.string().optional(),
      /** Tasks whose failure was told already. */
      judged: z.array(z.string()).default([]),
      /** We are clearing away our own half-made guest; once unlocked, its config no longer says whose it is. */
      clearing: z.boolean().default(false),
    })
    .optional(),
  /** Other tasks by Proxmox's type: "vzstart". */
  tasks: z.record(z.string(), Task).default({}),
  /** Where each task's log begins in the step's stream "task", in bytes. */
  logs: z.record(z.string(), z.number()).default({}),
  /** How often each kind of trouble was met in this attempt. */
  troubles: z.record(z.string(), z.number()).default({}),
  /** When the script of this attempt was started, in ms since 1970. */
  scriptStartedAt: z.number().optional(),
});
export type StepMemory = z.output<typeof StepMemory>;
export type TaskMemory = z.output<typeof Task>;
