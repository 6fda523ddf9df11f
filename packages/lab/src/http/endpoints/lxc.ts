// /nodes/{node}/lxc: list, create, read, change, resize, delete.

import { demand, demandAny, has } from "../../access/permissions";
import { changeConfig } from "../../guests/change-config";
import { createGuest } from "../../guests/create-guest";
import { destroy } from "../../guests/power";
import { digestOf, wireValue, type GuestRecord } from "../../guests/record";
import { resize } from "../../guests/resize";
import { snapshotOf } from "../../guests/snapshots";
import { statusView } from "../../guests/view";
import type { GuestInterface } from "../../host";
import { sizeChange } from "../../schema/formats";
import { configSchema, createSchema, mounts, node, vmid } from "../../schema/lxc";
import { flag } from "../../schema/verify";
import { invalid } from "../api-error";
import type { Call, Endpoint } from "../endpoint";

const guest = { node, vmid };
const audit = may("VM.Audit");
const configRights = ["VM.Config.Disk", "VM.Config.CPU", "VM.Config.Memory", "VM.Config.Network", "VM.Config.Options"];

/** A privilege on the guest of the path. */
export function may(privilege: string): NonNullable<Endpoint["allow"]> {
  return ({ core, actor }, path) => demand({ access: core.access, actor }, `/vms/${path["vmid"]}`, privilege);
}

const recordOf = ({ core, params }: Call): GuestRecord => core.guests.get(Number(params["vmid"]));

export const lxcEndpoints: Endpoint[] = [
  {
    method: "GET",
    path: "/nodes/{node}/lxc",
    schema: { node },
    handle: ({ core, actor }) =>
      Promise.all(
        core.guests
          .all()
          .filter((record) => has({ access: core.access, actor }, `/vms/${record.vmid}`, "VM.Audit"))
          .map((record) => statusView(core, record)),
      ),
  },
  {
    method: "POST",
    path: "/nodes/{node}/lxc",
    schema: createSchema,
    handle: async ({ core, actor, params }) => (await createGuest(core, actor, params)).upid,
  },
  {
    method: "GET",
    path: "/nodes/{node}/lxc/{vmid}/status/current",
    schema: guest,
    allow: audit,
    handle: async (call) => ({ ...(await statusView(call.core, recordOf(call))), ha: { managed: 0 } }),
  },
  {
    method: "GET",
    path: "/nodes/{node}/lxc/{vmid}/config",
    schema: {
      ...guest,
      current: { type: "boolean", optional: true },
      snapshot: { type: "string", optional: true, maxLength: 40 },
    },
    allow: audit,
    handle(call) {
      if (call.params["current"] === "1" && call.params["snapshot"] !== undefined) {
        const text = "cannot use 'snapshot' parameter with 'current'";
        throw invalid({ snapshot: text, current: text });
      }
      const record = recordOf(call);
      const { snapshot } = call.params;
      const view =
        snapshot === undefined
          ? configView(record, flag(call.params, "current"))
          : { ...configValues(snapshotOf(record, snapshot)), digest: digestOf(record) };
      return has({ access: call.core.access, actor: call.actor }, `/vms/${record.vmid}`, "VM.Config.Options")
        ? view
        : withoutEnv(view);
    },
  },
  {
    method: "GET",
    path: "/nodes/{node}/lxc/{vmid}/pending",
    schema: guest,
    allow: audit,
    handle: (call) => pendingView(recordOf(call)),
  },
  {
    method: "PUT",
    path: "/nodes/{node}/lxc/{vmid}/config",
    schema: configSchema,
    allow: ({ core, actor }, path) => demandAny({ access: core.access, actor }, `/vms/${path["vmid"]}`, configRights),
    async handle({ core, actor, params }) {
      await changeConfig(core, actor, params);
      return null;
    },
  },
  {
    method: "PUT",
    path: "/nodes/{node}/lxc/{vmid}/resize",
    schema: {
      ...guest,
      disk: { type: "string", enum: ["rootfs", ...mounts] },
      size: { type: "string", format: sizeChange },
      digest: { type: "string", optional: true, maxLength: 40 },
    },
    allow: may("VM.Config.Disk"),
    handle: async ({ core, actor, params }) => (await resize(core, actor, params)).upid,
  },
  {
    method: "GET",
    path: "/nodes/{node}/lxc/{vmid}/interfaces",
    schema: guest,
    allow: audit,
    async handle(call) {
      const record = recordOf(call);
      const found = await call.core.host.interfaces(record.vmid);
      return found === null ? null : found.map(interfaceView);
    },
  },
  {
    method: "DELETE",
    path: "/nodes/{node}/lxc/{vmid}",
    schema: {
      ...guest,
      force: { type: "boolean", optional: true },
      purge: { type: "boolean", optional: true },
      "destroy-unreferenced-disks": { type: "boolean", optional: true },
    },
    allow: may("VM.Allocate"),
    async handle({ core, actor, params }) {
      const what = { vmid: Number(params["vmid"]), force: flag(params, "force"), purge: flag(params, "purge") };
      return (await destroy(core, actor, what)).upid;
    },
  },
];

/** Pending values are merged in unless `current`. */
function configView(record: GuestRecord, current: boolean): Record<string, unknown> {
  const options: Record<string, string> = { ...record.options };
  for (const [key, value] of current ? [] : Object.entries(record.pending)) {
    if (value === null) delete options[key];
    else options[key] = value;
  }
  return { ...configValues(options), digest: digestOf(record) };
}

export function configValues(options: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).map(([key, value]) => [key, wireValue(key, value)]));
}

/** Environments hold secrets. */
function withoutEnv({ env: _, ...view }: Record<string, unknown>): Record<string, unknown> {
  return view;
}

function pendingView(record: GuestRecord) {
  const keys = [...new Set([...Object.keys(record.options), ...Object.keys(record.pending)])];
  const rows = keys.map((key) => {
    const value = record.options[key];
    const pending = record.pending[key];
    return {
      key,
      ...(value === undefined ? {} : { value: wireValue(key, value) }),
      ...(pending === undefined || pending === null ? {} : { pending: wireValue(key, pending) }),
      ...(pending === null ? { delete: 1 } : {}),
    };
  });
  return [...rows, { key: "digest", value: digestOf(record) }];
}

/** `inet` and `inet6` are the last address of their family, as on a real node. */
function interfaceView(iface: GuestInterface) {
  const { name, hwaddr, inet, inet6 } = iface;
  const addresses = [...inet.map((cidr) => [cidr, "inet"] as const), ...inet6.map((cidr) => [cidr, "inet6"] as const)];
  return {
    name,
    hwaddr,
    "hardware-address": hwaddr,
    ...(inet.length > 0 ? { inet: inet.at(-1) } : {}),
    ...(inet6.length > 0 ? { inet6: inet6.at(-1) } : {}),
    "ip-addresses": addresses.map(([cidr, family]) => {
      const [address = "", prefix = ""] = cidr.split("/");
      return { "ip-address": address, prefix, "ip-address-type": family };
    }),
  };
}
