// Lists of what is below a path, and small answers that other clients read on their way.

import { demand, demandAny } from "../../access/permissions";
import { node, vmid } from "../../schema/lxc";
import { died } from "../api-error";
import type { Endpoint } from "../endpoint";
import { version } from "./access";
import { may } from "./lxc";

const guest = "/nodes/{node}/lxc/{vmid}";
const text = { type: "string", optional: true } as const;

/** Path → what is below it; only what the lab has. */
const subdirs: Record<string, readonly string[]> = {
  "": ["access", "cluster", "nodes", "pools", "storage", "version"],
  "/access": ["acl", "domains", "groups", "permissions", "roles", "ticket", "users"],
  "/cluster": ["backup", "ha", "log", "nextid", "options", "replication", "resources", "sdn", "status", "tasks"],
  "/cluster/sdn": ["vnets"],
  "/cluster/ha": ["resources"],
  [guest]: [
    "clone",
    "config",
    "feature",
    "interfaces",
    "pending",
    "resize",
    "rrddata",
    "snapshot",
    "status",
    "template",
  ],
  [`${guest}/status`]: ["current", "reboot", "shutdown", "start", "stop"],
  "/nodes/{node}/storage/{storage}": ["content", "download-url", "rrddata", "status", "upload"],
};
const nodeNames = [
  "aplinfo",
  "certificates",
  "dns",
  "hosts",
  "lxc",
  "network",
  "qemu",
  "replication",
  "rrddata",
  "status",
  "storage",
  "subscription",
  "tasks",
  "time",
  "version",
];

const index = (path: string, names: readonly string[]): Endpoint => ({
  method: "GET",
  path,
  schema: schemaOf(path),
  handle: () => names.map((name) => ({ [path === "/nodes/{node}" ? "name" : "subdir"]: name })),
});

function schemaOf(path: string) {
  return {
    ...(path.includes("{node}") ? { node } : {}),
    ...(path.includes("{vmid}") ? { vmid } : {}),
    ...(path.includes("{storage}") ? { storage: { type: "string" } as const } : {}),
  };
}

const ofNode = (name: string, handle: Endpoint["handle"], privilege?: string): Endpoint => ({
  method: "GET",
  path: `/nodes/{node}/${name}`,
  schema: { node },
  ...(privilege === undefined
    ? {}
    : {
        allow: ({ core, actor }, path) => demand({ access: core.access, actor }, `/nodes/${path["node"]}`, privilege),
      }),
  handle,
});

const ofCluster = (name: string, handle: Endpoint["handle"]): Endpoint => ({
  method: "GET",
  path: `/cluster/${name}`,
  schema: {},
  handle,
});

/** Seconds between points, and how many. */
const frames: Record<string, [stepS: number, points: number]> = {
  hour: [60, 70],
  day: [1_800, 70],
  week: [10_800, 70],
  month: [43_200, 70],
  year: [604_800, 70],
};

export const indexEndpoints: Endpoint[] = [
  ...Object.entries(subdirs).map(([path, names]) => index(path, names)),
  index("/nodes/{node}", nodeNames),
  ofNode("version", ({ core }) => version(core)),
  ofNode("dns", () => ({ search: "lab.internal", dns1: "10.77.0.1" }), "Sys.Audit"),
  ofNode(
    "hosts",
    ({ core }) => ({
      data: `127.0.0.1 localhost.localdomain localhost\n10.77.0.1 ${core.facts.name}.lab.internal ${core.facts.name}\n`,
      digest: "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    }),
    "Sys.Audit",
  ),
  ofNode("subscription", () => ({
    status: "notfound",
    message: "There is no subscription key",
    url: "https://www.proxmox.com/en/proxmox-virtual-environment/pricing",
  })),
  ofNode("replication", () => []),
  {
    method: "GET",
    path: "/nodes/{node}/qemu",
    schema: { node, full: { type: "boolean", optional: true } },
    handle: () => [],
  },
  ofCluster("backup", () => []),
  ofCluster("replication", () => []),
  ofCluster("options", () => ({ mac_prefix: "BC:24:11", keyboard: "en-us" })),
  {
    method: "GET",
    path: "/cluster/log",
    schema: { max: { type: "integer", optional: true, minimum: 1 } },
    handle: () => [],
  },
  {
    method: "GET",
    path: "/cluster/ha/resources",
    schema: { type: { ...text, enum: ["ct", "vm"] } },
    allow: ({ core, actor }) => demand({ access: core.access, actor }, "/", "Sys.Audit"),
    handle: () => [],
  },
  {
    method: "GET",
    path: "/cluster/ha/resources/{sid}",
    schema: { sid: { type: "string" } },
    allow: ({ core, actor }) => demand({ access: core.access, actor }, "/", "Sys.Audit"),
    handle({ params }) {
      throw died(`no such resource '${params["sid"]}'`);
    },
  },
  rrd("/nodes/{node}", ({ core, actor }, path) =>
    demand({ access: core.access, actor }, `/nodes/${path["node"]}`, "Sys.Audit"),
  ),
  rrd(guest, may("VM.Audit")),
  rrd("/nodes/{node}/storage/{storage}", ({ core, actor }, path) =>
    demandAny({ access: core.access, actor }, `/storage/${path["storage"]}`, [
      "Datastore.Audit",
      "Datastore.AllocateSpace",
    ]),
  ),
];

/** The lab records nothing: every point is a gap, which has a time and no values. */
function rrd(base: string, allow: NonNullable<Endpoint["allow"]>): Endpoint {
  return {
    method: "GET",
    path: `${base}/rrddata`,
    schema: {
      ...schemaOf(base),
      timeframe: { type: "string", enum: Object.keys(frames) },
      cf: { ...text, enum: ["AVERAGE", "MAX"] },
    },
    allow,
    handle({ core, params }) {
      const [stepS, points] = frames[params["timeframe"] ?? ""] ?? [60, 70];
      const last = Math.floor(core.clock.now() / 1000 / stepS) * stepS;
      const rows = Array.from({ length: points }, (_, number) => ({ time: last - (points - 1 - number) * stepS }));
      return rows;
    },
  };
}
