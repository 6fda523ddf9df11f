// /cluster: status, next id, resources, recent tasks.

import { demand, has } from "../../access/permissions";
import type { Storage } from "../../storages";
import { vmid } from "../../schema/formats";
import { invalid } from "../api-error";
import type { Call, Endpoint } from "../endpoint";
import { nodeRow } from "./nodes";
import { taskRow } from "./tasks";

export const clusterEndpoints: Endpoint[] = [
  {
    method: "GET",
    path: "/cluster/status",
    schema: {},
    allow: ({ core, actor }) => demand({ access: core.access, actor }, "/", "Sys.Audit"),
    // A node without a cluster: one row and no `quorate`.
    handle: ({ core: { facts } }) => [
      {
        id: `node/${facts.name}`,
        name: facts.name,
        type: "node",
        nodeid: 0,
        ip: facts.address,
        local: 1,
        online: 1,
        level: "",
      },
    ],
  },
  {
    method: "GET",
    path: "/cluster/nextid",
    schema: { vmid: { type: "integer", optional: true, format: vmid } },
    // A string, although the schema says integer.
    handle({ core, params }) {
      const asked = params["vmid"];
      if (asked !== undefined) {
        if (core.guests.find(Number(asked)) !== undefined) throw invalid({ vmid: `VM ${asked} already exists` });
        return asked;
      }
      for (let id = 100; ; id += 1) if (core.guests.find(id) === undefined) return String(id);
    },
  },
  {
    method: "GET",
    path: "/cluster/resources",
    schema: { type: { type: "string", optional: true, enum: ["vm", "storage", "node", "sdn"] } },
    handle: resources,
  },
  {
    method: "GET",
    path: "/cluster/tasks",
    schema: {},
    handle({ core, actor }) {
      const all = has({ access: core.access, actor }, "/", "Sys.Audit");
      // The token's name is stripped before the comparison: without Sys.Audit a token does not even see its own tasks.
      const mine = core.tasks.all().filter((task) => all || task.user === actor.authid);
      return mine.slice(0, 25).map((task) => ({ ...taskRow(task), saved: task.endtime === undefined ? "0" : "1" }));
    },
  },
];

async function resources({ core, broadcast, actor, params }: Call) {
  const { access, facts, guests, storages, release } = core;
  const type = params["type"];
  const rows: unknown[] = [];
  if (type === undefined || type === "vm") {
    const visible = guests.all().filter((record) => has({ access, actor }, `/vms/${record.vmid}`, "VM.Audit"));
    rows.push(...(await Promise.all(visible.map((record) => broadcast.row(record)))));
  }
  if (type === undefined || type === "node") {
    rows.push({ ...nodeRow(core, has({ access, actor }, `/nodes/${facts.name}`, "Sys.Audit")), "cgroup-mode": 2 });
  }
  if (type === undefined || type === "storage") {
    const visible = storages
      .list()
      .filter((storage) => has({ access, actor }, `/storage/${storage.name}`, "Datastore.Audit"));
    rows.push(...visible.map((storage) => storageRow(storage)));
  }
  if ((type === undefined || type === "sdn") && has({ access, actor }, "/sdn/zones/localnetwork", "SDN.Audit")) {
    rows.push(zoneRow());
  }
  return rows;

  function storageRow(storage: Storage) {
    return {
      id: `storage/${facts.name}/${storage.name}`,
      type: "storage",
      storage: storage.name,
      node: facts.name,
      status: "available",
      plugintype: storage.type,
      content: storage.content.join(","),
      shared: 0,
      disk: storages.usedBytes(storage.name),
      maxdisk: storage.totalBytes,
    };
  }

  function zoneRow() {
    const row = { node: facts.name, status: "ok", type: release.zoneType };
    return release.zoneType === "sdn"
      ? { ...row, id: `sdn/${facts.name}/localnetwork`, sdn: "localnetwork" }
      : { ...row, id: `network/${facts.name}/zone/localnetwork`, network: "localnetwork", "network-type": "zone" };
  }
}
