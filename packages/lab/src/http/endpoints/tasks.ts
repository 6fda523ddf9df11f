// /nodes/{node}/tasks.

import { demand, has } from "../../access/permissions";
import type { Actor } from "../../access/actor";
import type { Core } from "../../core";
import { node } from "../../schema/lxc";
import { integer } from "../../schema/verify";
import type { Task } from "../../tasks/tasks";
import { isUpid } from "../../tasks/upid";
import { invalid } from "../api-error";
import { Listing, type Call, type Endpoint } from "../endpoint";

const text = { type: "string", optional: true } as const;
const count = { type: "integer", optional: true, minimum: 0 } as const;

export const taskEndpoints: Endpoint[] = [
  {
    method: "GET",
    path: "/nodes/{node}/tasks",
    schema: {
      node,
      start: count,
      limit: count,
      vmid: { type: "integer", optional: true },
      typefilter: text,
      userfilter: text,
      statusfilter: { ...text, list: true },
      errors: { type: "boolean", optional: true },
      since: { type: "integer", optional: true },
      until: { type: "integer", optional: true },
      source: { ...text, enum: ["archive", "active", "all"] },
    },
    handle: listTasks,
  },
  {
    method: "GET",
    path: "/nodes/{node}/tasks/{upid}/status",
    schema: { node, upid: { type: "string" } },
    handle(call) {
      const task = readable(call);
      const { upid, node: name, pid, pstart, starttime, type, id, user, tokenid, exitstatus } = task;
      const head = {
        upid,
        node: name,
        pid,
        pstart,
        starttime,
        type,
        id,
        user,
        ...(tokenid === undefined ? {} : { tokenid }),
      };
      return exitstatus === undefined ? { ...head, status: "running" } : { ...head, status: "stopped", exitstatus };
    },
  },
  {
    method: "GET",
    path: "/nodes/{node}/tasks/{upid}/log",
    schema: {
      node,
      upid: { type: "string" },
      start: count,
      limit: count,
      download: { type: "boolean", optional: true },
    },
    handle(call) {
      const task = readable(call);
      const start = integer(call.params, "start") ?? 0;
      const limit = integer(call.params, "limit") ?? 50;
      if (task.log.length === 0) return new Listing([{ n: 1, t: "no content" }], 1);
      const page = limit === 0 ? task.log.slice(start) : task.log.slice(start, start + limit);
      return new Listing(
        page.map((t, index) => ({ n: start + index + 1, t })),
        task.log.length,
      );
    },
  },
  {
    method: "DELETE",
    path: "/nodes/{node}/tasks/{upid}",
    schema: { node, upid: { type: "string" } },
    async handle({ core, actor, params }) {
      const task = find(core, params["upid"] ?? "");
      if (!owns(actor, task)) demand({ access: core.access, actor }, `/nodes/${core.facts.name}`, "Sys.Modify");
      await core.tasks.stop(task.upid);
      return null;
    },
  },
];

function find(core: Core, upid: string): Task {
  if (!isUpid(upid)) throw invalid({ upid: "unable to parse worker upid" });
  const task = core.tasks.find(upid);
  if (task === undefined) throw invalid({ upid: "no such task" });
  return task;
}

function readable({ core, actor, params }: Call): Task {
  const task = find(core, params["upid"] ?? "");
  if (!owns(actor, task)) demand({ access: core.access, actor }, `/nodes/${core.facts.name}`, "Sys.Audit");
  return task;
}

/** A token owns only its own tasks; a user also those of its tokens. */
function owns(actor: Actor, task: Task): boolean {
  return task.user === actor.user && (actor.tokenName === undefined || actor.tokenName === task.tokenid);
}

/** A row of a list: a finished task carries its exit status as `status`. */
export function taskRow(task: Task) {
  const { upid, node: name, pid, pstart, starttime, type, id, user, tokenid, exitstatus, endtime } = task;
  return {
    upid,
    node: name,
    pid,
    pstart,
    starttime,
    type,
    id,
    user,
    ...(tokenid === undefined ? {} : { tokenid }),
    ...(endtime === undefined ? { status: "RUNNING" } : { endtime, status: exitstatus }),
  };
}

function statusKind(task: Task): string {
  if (task.exitstatus === undefined) return "running";
  if (task.exitstatus === "OK") return "ok";
  if (task.exitstatus.startsWith("WARNINGS")) return "warning";
  return task.exitstatus === "unexpected status" ? "unknown" : "error";
}

function listTasks({ core, actor, params }: Call) {
  const source = params["source"] ?? "archive";
  const audit = has({ access: core.access, actor }, `/nodes/${core.facts.name}`, "Sys.Audit");
  const wanted = params["statusfilter"]?.split(",");
  const found = core.tasks
    .all()
    .filter((task) => audit || owns(actor, task))
    .filter((task) => source === "all" || (task.endtime === undefined) === (source === "active"))
    .filter((task) => params["vmid"] === undefined || task.id === params["vmid"])
    .filter((task) => params["typefilter"] === undefined || task.type === params["typefilter"])
    .filter((task) => params["userfilter"] === undefined || task.user.includes(params["userfilter"]))
    .filter((task) => params["errors"] !== "1" || statusKind(task) === "error")
    .filter((task) => wanted === undefined || wanted.includes(statusKind(task)))
    .filter((task) => task.starttime >= (integer(params, "since") ?? 0))
    .filter((task) => task.starttime <= (integer(params, "until") ?? Number.POSITIVE_INFINITY));
  const start = integer(params, "start") ?? 0;
  return new Listing(found.slice(start, start + (integer(params, "limit") ?? 50)).map(taskRow), found.length);
}
