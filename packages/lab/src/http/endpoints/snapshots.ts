// /nodes/{node}/lxc/{vmid}/snapshot, clone, template and feature.

import { demandAny } from "../../access/permissions";
import { clone, makeTemplate } from "../../guests/clone";
import { digestOf } from "../../guests/record";
import { deleteSnapshot, describeSnapshot, rollback, snapshotOf, takeSnapshot } from "../../guests/snapshots";
import { snapshotName, vmid as vmidFormat, dnsName } from "../../schema/formats";
import { node, vmid } from "../../schema/lxc";
import { flag, type Rule } from "../../schema/verify";
import type { Call, Endpoint } from "../endpoint";
import { configValues, may } from "./lxc";

const guest = { node, vmid };
const snapname: Rule = { type: "string", maxLength: 40, format: snapshotName };
const description: Rule = { type: "string", optional: true };
const flagRule: Rule = { type: "boolean", optional: true };
const base = "/nodes/{node}/lxc/{vmid}";

const named = ({ params }: Call) => ({ vmid: Number(params["vmid"]), name: params["snapname"] ?? "" });
const recordOf = ({ core, params }: Call) => core.guests.get(Number(params["vmid"]));

export const snapshotEndpoints: Endpoint[] = [
  { method: "GET", path: `${base}/snapshot`, schema: guest, allow: may("VM.Audit"), handle: list },
  {
    method: "POST",
    path: `${base}/snapshot`,
    schema: { ...guest, snapname, description },
    allow: may("VM.Snapshot"),
    handle: (call) =>
      takeSnapshot(call.core, call.actor, { ...named(call), description: call.params["description"] }).upid,
  },
  {
    method: "GET",
    path: `${base}/snapshot/{snapname}`,
    schema: { ...guest, snapname },
    handle: () => [{ cmd: "rollback" }, { cmd: "config" }],
  },
  {
    method: "DELETE",
    path: `${base}/snapshot/{snapname}`,
    schema: { ...guest, snapname, force: flagRule },
    allow: may("VM.Snapshot"),
    handle: (call) => deleteSnapshot(call.core, call.actor, named(call)).upid,
  },
  {
    method: "POST",
    path: `${base}/snapshot/{snapname}/rollback`,
    schema: { ...guest, snapname, start: flagRule },
    allow: mayAny(["VM.Snapshot", "VM.Snapshot.Rollback"]),
    handle: (call) => rollback(call.core, call.actor, { ...named(call), start: flag(call.params, "start") }).upid,
  },
  {
    method: "GET",
    path: `${base}/snapshot/{snapname}/config`,
    schema: { ...guest, snapname },
    allow: mayAny(["VM.Snapshot", "VM.Snapshot.Rollback", "VM.Audit"]),
    handle: (call) => configValues(snapshotOf(recordOf(call), named(call).name)),
  },
  {
    method: "PUT",
    path: `${base}/snapshot/{snapname}/config`,
    schema: { ...guest, snapname, description },
    allow: may("VM.Snapshot"),
    async handle(call) {
      await describeSnapshot(call.core, { ...named(call), description: call.params["description"] });
      return null;
    },
  },
  {
    method: "POST",
    path: `${base}/clone`,
    schema: {
      ...guest,
      newid: { type: "integer", format: vmidFormat },
      hostname: { type: "string", optional: true, maxLength: 255, format: dnsName },
      description,
      pool: { type: "string", optional: true },
      snapname: { ...snapname, optional: true },
      storage: { type: "string", optional: true },
      full: flagRule,
      target: { type: "string", optional: true },
      bwlimit: { type: "number", optional: true, minimum: 0 },
    },
    allow: may("VM.Clone"),
    handle: async ({ core, actor, params }) => (await clone(core, actor, params)).upid,
  },
  {
    method: "POST",
    path: `${base}/template`,
    schema: guest,
    allow: may("VM.Allocate"),
    async handle({ core, actor, params }) {
      await makeTemplate(core, actor, Number(params["vmid"]));
      return null;
    },
  },
  {
    method: "GET",
    path: `${base}/feature`,
    schema: {
      ...guest,
      feature: { type: "string", enum: ["snapshot", "clone", "copy"] },
      snapname: { ...snapname, optional: true },
    },
    allow: may("VM.Audit"),
    handle: (call) => ({ hasFeature: hasFeature(call) ? 1 : 0 }),
  },
];

function mayAny(privileges: readonly string[]): NonNullable<Endpoint["allow"]> {
  return ({ core, actor }, path) => demandAny({ access: core.access, actor }, `/vms/${path["vmid"]}`, privileges);
}

async function list(call: Call) {
  const record = recordOf(call);
  const rows = Object.entries(record.snapshots ?? {}).map(([name, { snaptime, description: text, parent }]) => ({
    name,
    snaptime: Number(snaptime),
    description: text === undefined ? "" : `${text}\n`,
    ...(parent === undefined ? {} : { parent }),
  }));
  const { parent } = record.options;
  const running = (await call.core.host.running(record.vmid)) ? 1 : 0;
  const current = {
    name: "current",
    description: "You are here!",
    digest: digestOf(record),
    running,
    ...(parent === undefined ? {} : { parent }),
  };
  return [...rows, current];
}

/** As LVM-thin can: a linked clone needs something that does not change, a template or a snapshot. */
function hasFeature(call: Call): boolean {
  const record = recordOf(call);
  const { feature, snapname: name } = call.params;
  if (name !== undefined) snapshotOf(record, name);
  return feature !== "clone" || name !== undefined || record.options["template"] === "1";
}
