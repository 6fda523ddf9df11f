// /nodes/{node}/storage.

import { createHash } from "node:crypto";
import { demandAny, hasAny } from "../../access/permissions";
import type { Core } from "../../core";
import { ownedVolumes, storageOf } from "../../guests/volumes";
import { node } from "../../schema/lxc";
import type { Storage } from "../../storages";
import { formatOf } from "../../stored-files";
import { died } from "../api-error";
import type { Call, Endpoint } from "../endpoint";

const auditOrSpace = ["Datastore.Audit", "Datastore.AllocateSpace"];

const mayRead = ({ core, actor }: Omit<Call, "params">, path: Readonly<Record<string, string>>) => {
  core.storages.get(path["storage"] ?? "");
  demandAny({ access: core.access, actor }, `/storage/${path["storage"]}`, auditOrSpace);
};

export const storageEndpoints: Endpoint[] = [
  {
    method: "GET",
    path: "/storage",
    schema: { type: { type: "string", optional: true } },
    handle: ({ core, actor, params }) =>
      core.storages
        .list()
        .filter(({ type }) => params["type"] === undefined || type === params["type"])
        .filter(({ name }) =>
          hasAny({ access: core.access, actor }, `/storage/${name}`, ["Datastore.Allocate", ...auditOrSpace]),
        )
        .map(configured),
  },
  {
    method: "GET",
    path: "/storage/{storage}",
    schema: { storage: { type: "string" } },
    allow: mayRead,
    handle: ({ core, params }) => configured(core.storages.get(params["storage"] ?? "")),
  },
  {
    method: "GET",
    path: "/nodes/{node}/storage",
    schema: {
      node,
      storage: { type: "string", optional: true },
      content: { type: "string", optional: true, list: true },
      enabled: { type: "boolean", optional: true },
      target: { type: "string", optional: true },
      format: { type: "boolean", optional: true },
    },
    handle({ core, actor, params }) {
      const wanted = params["content"]?.split(",");
      return core.storages
        .list()
        .filter((storage) => params["storage"] === undefined || storage.name === params["storage"])
        .filter((storage) => wanted === undefined || wanted.some((kind) => storage.content.includes(kind)))
        .filter((storage) => hasAny({ access: core.access, actor }, `/storage/${storage.name}`, auditOrSpace))
        .map((storage) => ({
          storage: storage.name,
          ...status(core, storage),
          used_fraction: fraction(core, storage),
        }));
    },
  },
  {
    method: "GET",
    path: "/nodes/{node}/storage/{storage}/status",
    schema: { node, storage: { type: "string" } },
    allow: mayRead,
    handle: ({ core, params }) => status(core, core.storages.get(params["storage"] ?? "")),
  },
  {
    method: "GET",
    path: "/nodes/{node}/storage/{storage}/content",
    schema: {
      node,
      storage: { type: "string" },
      content: { type: "string", optional: true },
      vmid: { type: "integer", optional: true },
    },
    allow: mayRead,
    handle: ({ core, params }) => content(core, params["storage"] ?? "", params),
  },
];

/** As /etc/pve/storage.cfg has it. */
function configured({ name, type, content }: Storage) {
  const place = type === "dir" ? { path: "/var/lib/vz" } : { vgname: "pve", thinpool: "data" };
  return {
    storage: name,
    type,
    content: content.join(","),
    digest: createHash("sha1").update(`${type}: ${name}`).digest("hex"),
    ...place,
  };
}

function status(core: Core, storage: Storage) {
  const used = core.storages.usedBytes(storage.name);
  return {
    type: storage.type,
    content: storage.content.join(","),
    active: 1,
    enabled: 1,
    shared: 0,
    total: storage.totalBytes,
    used,
    avail: storage.totalBytes - used,
  };
}

function fraction(core: Core, storage: Storage): number {
  return core.storages.usedBytes(storage.name) / storage.totalBytes;
}

export async function content(core: Core, name: string, filter: Readonly<Record<string, string>>) {
  const storage = core.storages.get(name);
  const kind = filter["content"];
  if (kind !== undefined && !["vztmpl", "iso", "backup", "snippets", "rootdir", "images", "import"].includes(kind)) {
    throw died(`got unknown content type '${kind}'`);
  }
  const rows = storage.name === "local" ? [...(await templates(core)), ...isos(core)] : disks(core, storage.name);
  return rows
    .filter((row) => kind === undefined || row.content === kind)
    .filter((row) => filter["vmid"] === undefined || ("vmid" in row && row.vmid === Number(filter["vmid"])));
}

async function templates(core: Core) {
  const ctime = Math.floor(core.facts.bootedAt() / 1000);
  return (await core.storages.templates()).map(({ file, format, sizeBytes }) => {
    return { volid: `local:vztmpl/${file}`, content: "vztmpl", format, size: sizeBytes, ctime };
  });
}

function isos(core: Core) {
  return core.files
    .all()
    .filter((one) => one.content === "iso")
    .map((one) => ({
      volid: `local:iso/${one.file}`,
      content: "iso",
      format: formatOf(one),
      size: one.sizeBytes,
      ctime: one.ctime,
    }));
}

function disks(core: Core, storage: string) {
  const volumes = core.guests
    .all()
    .flatMap((record) => [...ownedVolumes(record)].map(([volid, gib]) => ({ volid, gib, vmid: record.vmid })));
  return volumes
    .filter(({ volid }) => storageOf(volid) === storage)
    .map(({ volid, gib, vmid }) => ({
      volid,
      content: "rootdir",
      format: "raw",
      vmid,
      size: Math.round(gib * 1024 ** 3),
      ctime: Math.floor(core.facts.bootedAt() / 1000),
    }));
}
