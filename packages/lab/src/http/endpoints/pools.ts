// /pools: groups of guests and storages (pve-manager, PVE/API2/Pool.pm); by query as since 8.1, and by path as before.

import { demand, hasAny } from "../../access/permissions";
import type { Core } from "../../core";
import { splitList, vmid as vmidFormat, listOf } from "../../schema/formats";
import { flag, type Params, type Schema } from "../../schema/verify";
import type { Pool } from "../../pools";
import { died } from "../api-error";
import type { Call, Endpoint } from "../endpoint";

const poolid = {
  type: "string",
  format: (value: string) =>
    /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+){0,2}$/.test(value)
      ? undefined
      : `value '${value}' does not look like a valid pool name\n`,
} as const;
const text = { type: "string", optional: true } as const;
const flagRule = { type: "boolean", optional: true } as const;
const type = { ...text, enum: ["qemu", "lxc", "storage"] } as const;
const changes: Schema = {
  comment: { ...text, clears: true },
  vms: { ...text, list: true, format: listOf(vmidFormat) },
  storage: { ...text, list: true },
  delete: flagRule,
  "allow-move": flagRule,
};
const mayAllocate: NonNullable<Endpoint["allow"]> = ({ core, actor }, path) => {
  if (path["poolid"] !== undefined) demand({ access: core.access, actor }, `/pool/${path["poolid"]}`, "Pool.Allocate");
};

export const poolEndpoints: Endpoint[] = [
  {
    method: "GET",
    path: "/pools",
    schema: { poolid: { ...poolid, optional: true }, type },
    handle(call) {
      const wanted = call.params["poolid"];
      if (wanted !== undefined)
        return view(call, find(call.core, wanted)).then((pool) => [{ poolid: wanted, ...pool }]);
      const seen = call.core.pools
        .all()
        .filter((pool) =>
          hasAny({ access: call.core.access, actor: call.actor }, `/pool/${pool.poolid}`, [
            "Pool.Audit",
            "Pool.Allocate",
          ]),
        );
      return seen.map(({ poolid: id, comment }) => ({ poolid: id, ...(comment === undefined ? {} : { comment }) }));
    },
  },
  {
    method: "GET",
    path: "/pools/{poolid}",
    schema: { poolid, type },
    handle: (call) => view(call, find(call.core, call.params["poolid"] ?? "")),
  },
  {
    method: "POST",
    path: "/pools",
    schema: { poolid, comment: text },
    handle({ core, actor, params }) {
      const { poolid: id = "", comment } = params;
      demand({ access: core.access, actor }, `/pool/${id}`, "Pool.Allocate");
      if (core.pools.find(id) !== undefined) throw died(`create pool failed: pool '${id}' already exists`);
      core.pools.save({ poolid: id, vms: [], storage: [], ...(comment === undefined ? {} : { comment }) });
      return null;
    },
  },
  ...["/pools", "/pools/{poolid}"].flatMap((path): Endpoint[] => [
    { method: "PUT", path, schema: { poolid, ...changes }, allow: mayAllocate, handle: update },
    { method: "DELETE", path, schema: { poolid }, allow: mayAllocate, handle: remove },
  ]),
];

function find(core: Core, id: string): Pool {
  const pool = core.pools.find(id);
  if (pool === undefined) throw died(`pool '${id}' does not exist`);
  return pool;
}

async function view(call: Call, pool: Pool) {
  const { core, actor, broadcast, params } = call;
  if (!hasAny({ access: core.access, actor }, `/pool/${pool.poolid}`, ["Pool.Audit", "Pool.Allocate"]))
    demand({ access: core.access, actor }, `/pool/${pool.poolid}`, "Pool.Audit");
  const records = pool.vms.flatMap((id) => core.guests.find(id) ?? []);
  const guests = await Promise.all(records.map((record) => broadcast.row(record)));
  const storages = pool.storage.map((name) => ({
    id: `storage/${core.facts.name}/${name}`,
    type: "storage",
    storage: name,
    node: core.facts.name,
    status: "available",
  }));
  const members = [...guests, ...storages].filter(
    (member) => params["type"] === undefined || member["type"] === params["type"],
  );
  return { members, ...(pool.comment === undefined ? {} : { comment: pool.comment }) };
}

function update({ core, actor, params }: Call): null {
  const id = params["poolid"] ?? "";
  demand({ access: core.access, actor }, `/pool/${id}`, "Pool.Allocate");
  const pool = find(core, id);
  const vms = splitList(params["vms"] ?? "").map(Number);
  const storage = splitList(params["storage"] ?? "");
  for (const vmid of vms) demand({ access: core.access, actor }, `/vms/${vmid}`, "VM.Allocate");
  for (const name of storage) demand({ access: core.access, actor }, `/storage/${name}`, "Datastore.Allocate");
  const { comment } = params;
  const described = { ...pool, ...(comment === undefined ? {} : { comment }) };
  core.pools.save(
    flag(params, "delete") ? without(described, vms, storage) : withMembers(core, described, { vms, storage, params }),
  );
  return null;
}

function without(pool: Pool, vms: readonly number[], storage: readonly string[]): Pool {
  const strange = vms.find((vmid) => !pool.vms.includes(vmid)) ?? storage.find((name) => !pool.storage.includes(name));
  if (strange !== undefined)
    throw died(
      `update pools failed: ${typeof strange === "number" ? "VM" : "Storage"} ${typeof strange === "number" ? strange : `'${strange}'`} is not a pool member`,
    );
  return {
    ...pool,
    vms: pool.vms.filter((vmid) => !vms.includes(vmid)),
    storage: pool.storage.filter((name) => !storage.includes(name)),
  };
}

function withMembers(
  core: Core,
  pool: Pool,
  { vms, storage, params }: { vms: readonly number[]; storage: readonly string[]; params: Params },
): Pool {
  for (const vmid of vms) {
    if (core.guests.find(vmid) === undefined) throw died(`update pools failed: VM ${vmid} does not exist`);
    const other = core.pools.ofGuest(vmid);
    if (other === pool.poolid) throw died(`update pools failed: VM ${vmid} is already a pool member`);
    if (other !== undefined && !flag(params, "allow-move"))
      throw died(`update pools failed: VM ${vmid} belongs already to pool '${other}' and allow-move is not set`);
  }
  for (const name of storage) {
    core.storages.get(name);
    if (pool.storage.includes(name)) throw died(`update pools failed: Storage '${name}' is already a pool member`);
  }
  for (const vmid of vms) core.pools.forgetGuest(vmid);
  return { ...pool, vms: [...pool.vms, ...vms], storage: [...pool.storage, ...storage] };
}

function remove({ core, actor, params }: Call): null {
  const id = params["poolid"] ?? "";
  demand({ access: core.access, actor }, `/pool/${id}`, "Pool.Allocate");
  const pool = find(core, id);
  if (pool.vms.length > 0 || pool.storage.length > 0) throw died(`delete pool failed: pool '${id}' is not empty`);
  core.pools.remove(id);
  return null;
}
