// What Proxmox answers about tasks.
import { z } from "zod";
import { parseUpid } from "./upid";
import { maybeNumeric, maybeText, numeric, text } from "./wire-scalars";

/** The answer of every call that starts a task. */
export const UpidAnswer = z.string().refine(isUpid, "not a UPID");

const common = {
  upid: text,
  node: text,
  type: text,
  id: maybeText,
  user: text,
  tokenid: maybeText,
  pid: maybeNumeric,
  pstart: maybeNumeric,
  starttime: numeric,
};

/** `status` is absent or `RUNNING` while it runs, afterwards `OK`, `WARNINGS: n` or the error. Times in seconds since 1970. */
export const Task = z.object({ ...common, endtime: maybeNumeric, status: maybeText });
export type Task = z.output<typeof Task>;

/** `exitstatus` comes with `stopped`: judge it with `classifyTaskExit`. */
export const TaskStatus = z.object({ ...common, status: z.enum(["running", "stopped"]), exitstatus: maybeText });
export type TaskStatus = z.output<typeof TaskStatus>;

export const TaskLogLines = z.array(z.object({ n: numeric, t: z.union([z.string(), z.null().transform(() => "")]) }));
export interface TaskLog {
  /** `n` counts from 1. To read on, pass the last `n` as `start`. */
  lines: { n: number; t: string }[];
  /** Lines written so far. */
  total: number;
}

function isUpid(upid: string): boolean {
  try {
    return parseUpid(upid).upid === upid;
  } catch {
    return false;
  }
}
