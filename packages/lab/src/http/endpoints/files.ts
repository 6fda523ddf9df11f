// Files of a storage: upload, download by URL, looking at and removing one volume (pve-storage, API2/Storage/{Status,Content}.pm).

import { createHash, type Hash } from "node:crypto";
import { demand, demandAny, has } from "../../access/permissions";
import type { Core } from "../../core";
import { freed, inUse, ownedVolumes, volumeOwner } from "../../guests/volumes";
import { volumeName } from "../../guests/mounts";
import { node } from "../../schema/lxc";
import type { Params, Schema } from "../../schema/verify";
import { templateCache } from "../../ssh/pvesm";
import type { StoredFile } from "../../stored-files";
import type { TaskRun } from "../../tasks/tasks";
import { died, invalid, messageOf } from "../api-error";
import type { Call, Endpoint } from "../endpoint";
import { content } from "./storage";

const storage = { type: "string" } as const;
const text = { type: "string", optional: true } as const;
const file: Schema = {
  content: { type: "string", enum: ["iso", "vztmpl", "import"] },
  filename: { type: "string", maxLength: 255 },
  checksum: text,
  "checksum-algorithm": { ...text, enum: ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"] },
};
const one = "/nodes/{node}/storage/{storage}/content/{+volume}";
const directories = { vztmpl: templateCache, iso: "/var/lib/vz/template/iso" };
/** A download may not be larger than this, nor take longer than five minutes. */
const downloadBytes = 2 * 1024 ** 3;

export const fileEndpoints: Endpoint[] = [
  {
    method: "POST",
    path: "/nodes/{node}/storage/{storage}/upload",
    schema: { node, storage, ...file, tmpfilename: text },
    allow: ({ core, actor }, path) =>
      demand({ access: core.access, actor }, `/storage/${path["storage"]}`, "Datastore.AllocateTemplate"),
    handle: upload,
  },
  {
    method: "POST",
    path: "/nodes/{node}/storage/{storage}/download-url",
    schema: {
      node,
      storage,
      ...file,
      url: {
        type: "string",
        format: (value) => (/^https?:\/\//.test(value) ? undefined : "value does not match the regex pattern\n"),
      },
      compression: text,
      "verify-certificates": { type: "boolean", optional: true },
    },
    allow({ core, actor }, path) {
      demand({ access: core.access, actor }, `/storage/${path["storage"]}`, "Datastore.AllocateTemplate");
      const who = { access: core.access, actor };
      if (!has(who, "/", "Sys.Audit", "Sys.Modify")) demand(who, `/nodes/${path["node"]}`, "Sys.AccessNetwork");
    },
    handle: downloadUrl,
  },
  {
    method: "GET",
    path: one,
    schema: { node, storage, volume: { type: "string" } },
    allow: ({ core, actor }, path) =>
      demandAny({ access: core.access, actor }, `/storage/${path["storage"]}`, [
        "Datastore.Audit",
        "Datastore.AllocateSpace",
      ]),
    async handle({ core, params }) {
      const volid = volidOf(params);
      const row = (await content(core, params["storage"] ?? "", {})).find((found) => found.volid === volid);
      if (row === undefined) throw died(missing(volid));
      return { path: pathOf(volid), size: row.size, used: row.size, format: row.format };
    },
  },
  {
    method: "DELETE",
    path: one,
    schema: {
      node,
      storage,
      volume: { type: "string" },
      delay: { type: "integer", optional: true, minimum: 1, maximum: 30 },
    },
    handle: remove,
  },
];

function volidOf(params: Params): string {
  const { storage: name = "", volume = "" } = params;
  return volume.startsWith(`${name}:`) ? volume : `${name}:${volume}`;
}

function pathOf(volid: string): string {
  const [, kind = "", name = ""] = /:(vztmpl|iso)\/([^/]+)$/.exec(volid) ?? [];
  if (kind === "vztmpl" || kind === "iso") return `${directories[kind]}/${name}`;
  return `/dev/pve/${volumeName(volid)}`;
}

function missing(volid: string): string {
  return volid.startsWith("local-lvm:")
    ? `no such logical volume pve/${volumeName(volid)}`
    : `volume_size_info on '${pathOf(volid)}' failed - no such file`;
}

/** The file's place: its name as Proxmox keeps it, where the storage takes its kind. */
function placeOf(core: Core, params: Params): Pick<StoredFile, "content" | "file"> {
  const { content: kind = "", filename = "", storage: name = "" } = params;
  const plain = (filename.split(/[/\\]/).at(-1) ?? "").trim().replace(/[^-a-zA-Z0-9_.]/g, "_");
  const endings = { vztmpl: /\.tar(\.(gz|xz|zst|bz2))?$/, iso: /\.(iso|img)$/i };
  if (kind !== "vztmpl" && kind !== "iso") throw invalid({ content: `upload content type '${kind}' not allowed` });
  if (!endings[kind].test(plain)) throw invalid({ filename: "wrong file extension" });
  if (!core.storages.get(name).content.includes(kind))
    throw died(`storage '${name}' is not configured for content-type '${kind}'`);
  return { content: kind, file: plain };
}

function upload({ core, actor, params, upload: given }: Call): string {
  const place = placeOf(core, params);
  if (given === undefined) throw invalid({ tmpfilename: "property is missing and it is not optional" });
  const hash = hashOf(params);
  hash?.update(given.bytes);
  const task = core.tasks.run({ type: "imgcopy", id: "", actor }, (run) => {
    const target = `${directories[place.content]}/${place.file}`;
    run.log("starting file import from: /var/tmp/pveupload");
    run.log(`target node: ${core.facts.name}`);
    run.log(`target file: ${target}`);
    run.log(`file size is: ${given.bytes.length}`);
    checkSum(run, hash, params["checksum"]);
    run.log(`command: cp -- /var/tmp/pveupload ${target}`);
    keep(core, place, given.bytes.length);
    run.log("finished file import successfully");
    return Promise.resolve();
  });
  return task.upid;
}

function keep(core: Core, place: Pick<StoredFile, "content" | "file">, sizeBytes: number): void {
  core.files.add({ ...place, sizeBytes, ctime: Math.floor(core.clock.now() / 1000) });
  if (place.content === "vztmpl") core.osTemplates.add(place.file);
}

function downloadUrl({ core, actor, params }: Call): string {
  const place = placeOf(core, params);
  const volid = `${params["storage"]}:${place.content}/${place.file}`;
  const target = `${directories[place.content]}/${place.file}`;
  const url = params["url"] ?? "";
  const task = core.tasks.run({ type: "download", id: place.file, actor }, async (run) => {
    run.log(`downloading ${url} to ${target}`);
    if ((await content(core, params["storage"] ?? "", {})).some((row) => row.volid === volid))
      throw died(`refusing to override existing file '${target}'`);
    const hash = hashOf(params);
    const sizeBytes = await fetched(run, url, hash);
    checkSum(run, hash, params["checksum"]);
    keep(core, place, sizeBytes);
    run.log(`download of '${url}' to '${target}' finished`);
  });
  return task.upid;
}

/** Counts and hashes what the URL gives, as wget would log it. */
async function fetched(run: TaskRun, url: string, hash: Hash | undefined): Promise<number> {
  const signal = AbortSignal.any([run.signal, AbortSignal.timeout(300_000)]);
  const answer = await fetch(url, { signal }).catch((failure: unknown) => {
    throw died(`download failed: wget: ${messageOf(failure instanceof Error ? (failure.cause ?? failure) : failure)}`);
  });
  run.log(`HTTP request sent, awaiting response... ${answer.status} ${answer.statusText}`);
  if (!answer.ok || answer.body === null) throw died("download failed: exit code 8");
  let sizeBytes = 0;
  for await (const chunk of answer.body as ReadableStream<Uint8Array>) {
    // a body streams bytes
    sizeBytes += chunk.length;
    if (sizeBytes > downloadBytes) throw died("download failed: the lab takes no file larger than 2 GiB");
    hash?.update(chunk);
  }
  run.log(`saved [${sizeBytes}/${sizeBytes}]`);
  return sizeBytes;
}

function hashOf(params: Params): Hash | undefined {
  const { checksum, "checksum-algorithm": algorithm } = params;
  if ((checksum === undefined) !== (algorithm === undefined)) {
    throw invalid(
      checksum === undefined
        ? { checksum: "missing - 'checksum-algorithm' needs it" }
        : { "checksum-algorithm": "missing - 'checksum' needs it" },
    );
  }
  return algorithm === undefined ? undefined : createHash(algorithm);
}

function checkSum(run: TaskRun, hash: Hash | undefined, wanted = ""): void {
  if (hash === undefined) return;
  const got = hash.digest("hex");
  if (got !== wanted.toLowerCase()) throw died(`checksum mismatch: got '${got}' != expect '${wanted}'`);
  run.log("calculating checksum...OK, checksum verified");
}

/** A volume that is not there is no error; one that a guest mounts stays. */
async function remove({ core, actor, params }: Call): Promise<string | null> {
  const { storage: name = "" } = params;
  core.storages.get(name);
  demand({ access: core.access, actor }, `/storage/${name}`, "Datastore.Allocate");
  const task = core.tasks.run({ type: "imgdel", id: name, actor }, (run) => removed(core, run, volidOf(params)));
  if (params["delay"] === undefined) return task.upid;
  const ended = await Promise.race([core.tasks.ended(task.upid), core.clock.sleep(Number(params["delay"]) * 1000)]);
  if (ended === undefined) return task.upid;
  if (ended.exitstatus !== "OK") throw died(ended.exitstatus ?? "");
  return null;
}

async function removed(core: Core, run: TaskRun, volid: string): Promise<void> {
  const [, kind = "", file = ""] = /:(vztmpl|iso)\/([^/]+)$/.exec(volid) ?? [];
  if (kind !== "") {
    core.files.remove(kind, file);
    if (kind === "vztmpl") core.osTemplates.remove(file);
    return;
  }
  const owner = volumeOwner(core, volid);
  if (owner === undefined) throw died(missing(volid));
  if (ownedVolumes(owner).has(volid) && inUse(owner, volid))
    throw died(`lvremove 'pve/${volumeName(volid)}' error:   Logical volume pve/${volumeName(volid)} in use.`);
  const options = Object.fromEntries(
    Object.entries(owner.options).filter(([key, value]) => !(key.startsWith("unused") && value === volid)),
  );
  core.guests.save(await freed(core, { ...owner, options }, volid));
  run.log(`  Logical volume "${volumeName(volid)}" successfully removed.`);
}
