// Calls about tasks. A UPID names its node, so the caller need not.
import { z } from "zod";
import { path } from "../encode";
import { ProxmoxError } from "../error";
import type { CallOptions, Send } from "../transport";
import { parseUpid, type Upid } from "../upid";
import { Nothing } from "../wire";
import { Task, type TaskLog, TaskLogLines, TaskStatus } from "../wire-tasks";
import { numeric } from "../wire-scalars";

export interface TaskFilter {
  vmid?: number | undefined;
  /** Exact type, e.g. `vzcreate`. */
  typefilter?: string | undefined;
  /** `archive`, Proxmox's default, leaves out the running ones. */
  source?: "archive" | "active" | "all" | undefined;
  /** Seconds since 1970. */
  since?: number | undefined;
  limit?: number | undefined;
}

export const taskCalls = (send: Send) => ({
  /** Newest first. With `source: "all"` it finds a task whose UPID was lost with the answer. */
  async tasks(node: string, filter: TaskFilter = {}, options?: CallOptions): Promise<Task[]> {
    return (
      await send(
        { method: "GET", path: path`/nodes/${node}/tasks`, params: { ...filter }, answer: z.array(Task) },
        options,
      )
    ).data;
  },

  /** Kind `missing` when the node does not know the task. */
  async taskStatus(upid: Upid, options?: CallOptions): Promise<TaskStatus> {
    return (await send({ method: "GET", path: at(upid, "/status"), answer: TaskStatus }, options)).data;
  },

  /** Lines after the first `start` ones, at most `limit` (Proxmox: 50; 0 means all). */
  async taskLog(
    upid: Upid,
    range: { start?: number | undefined; limit?: number | undefined } = {},
    options?: CallOptions,
  ): Promise<TaskLog> {
    const { data: lines, total } = await send(
      { method: "GET", path: at(upid, "/log"), params: { ...range }, answer: TaskLogLines },
      options,
    );
    const only = lines.length === 1 && lines[0]?.n === 1 ? lines[0].t : undefined;
    // Stand-ins of pve-common Tools.pm `dump_logfile`; counted as a line they would hide the first real one.
    if (only === "no content") return { lines: [], total: 0 };
    if (only?.startsWith("unable to open file")) throw new ProxmoxError("missing", "The log of the task is gone.");
    const counted = numeric.safeParse(total);
    return { lines, total: counted.success ? counted.data : (lines.at(-1)?.n ?? range.start ?? 0) };
  },

  /** Returns when the task was told to end, five seconds before it is killed. */
  async stopTask(upid: Upid, options?: CallOptions): Promise<void> {
    await send({ method: "DELETE", path: at(upid, ""), answer: Nothing }, options);
  },
});

function at(upid: Upid, rest: string): string {
  return path`/nodes/${parseUpid(upid).node}/tasks/${upid}` + rest;
}
