// /nodes/{node}/aplinfo: the catalogue of OS images, and downloading from it (pve-manager, API2/Nodes.pm).

import { createHash } from "node:crypto";
import type { Actor } from "../../access/actor";
import { demand } from "../../access/permissions";
import type { Core } from "../../core";
import { applyTaskFault } from "../../guests/worker";
import type { OsTemplate } from "../../host";
import { node } from "../../schema/lxc";
import type { TaskRun } from "../../tasks/tasks";
import { died, invalid } from "../api-error";
import type { Endpoint } from "../endpoint";

const source = "http://download.proxmox.com/images";
const cache = "/var/lib/vz/template/cache";

export const applianceEndpoints: Endpoint[] = [
  {
    method: "GET",
    path: "/nodes/{node}/aplinfo",
    schema: { node },
    handle: async ({ core }) => (await core.osTemplates.catalogue()).map(row),
  },
  {
    method: "POST",
    path: "/nodes/{node}/aplinfo",
    schema: { node, storage: { type: "string" }, template: { type: "string", maxLength: 255 } },
    async handle({ core, actor, params }) {
      const { storage = "", template = "" } = params;
      demand({ access: core.access, actor }, `/storage/${storage}`, "Datastore.AllocateTemplate");
      const image = (await core.osTemplates.catalogue()).find(({ file }) => file === template);
      if (image === undefined) throw invalid({ template: "no such template" });
      if (!core.storages.get(storage).content.includes("vztmpl"))
        throw died(`storage '${storage}' does not support templates`);
      return download(core, actor, image);
    },
  },
];

function row({ file }: OsTemplate) {
  const [, name = file, version = ""] = /^(.*)_([^_]+)_[^_]+\.tar\.\w+$/.exec(file) ?? [];
  return {
    template: file,
    package: name,
    version,
    os: name.split("-").slice(0, 2).join("-"),
    section: "system",
    type: "lxc",
    architecture: "amd64",
    headline: `${name} of the lab`,
    description: "",
    maintainer: "Homeport lab",
    infopage: "https://linuxcontainers.org",
    source,
    location: `${source}/system/${file}`,
    sha512sum: createHash("sha512").update(file).digest("hex"),
  };
}

function download(core: Core, actor: Actor, image: OsTemplate): string {
  const { file } = image;
  return core.tasks.run({ type: "download", id: file, actor }, async (run) => {
    const [url, path] = [`${source}/system/${file}`, `${cache}/${file}`];
    run.log(`downloading ${url} to ${path}`);
    await applyTaskFault(core, { type: "download", vmid: 0 }, run);
    if ((await core.osTemplates.present()).some((one) => one.file === file)) {
      run.log("OK, got correct file already, no need to download");
      return;
    }
    await transfer(core, run, { url, path, image });
    run.signal.throwIfAborted();
    core.osTemplates.add(file);
    run.log("calculating checksum...OK, checksum verified");
    run.log(`download of '${url}' to '${path}' finished`);
  }).upid;
}

const lineBytes = 32 * 1024 ** 2;

/** The log of `wget --progress=dot:giga`: a line for every 32 MiB, with the share that is there. */
async function transfer(
  core: Core,
  run: TaskRun,
  what: { url: string; path: string; image: OsTemplate },
): Promise<void> {
  const {
    url,
    path,
    image: { sizeBytes },
  } = what;
  const at = new Date(core.clock.now()).toISOString().slice(0, 19).replace("T", " ");
  const partial = `${path}.tmp_dwnl.${run.upid.split(":")[2] ?? "0"}`;
  for (const line of [
    `--${at}--  ${url}`,
    "Connecting to download.proxmox.com... connected.",
    "HTTP request sent, awaiting response... 200 OK",
    `Length: ${sizeBytes} (${Math.round(sizeBytes / 1024 ** 2)}M) [application/octet-stream]`,
    `Saving to: '${partial}'`,
  ])
    run.log(line);
  for (let done = 0; done < sizeBytes; done += lineBytes) {
    await core.pace(250, run.signal);
    run.signal.throwIfAborted();
    const share = Math.min(100, Math.floor(((done + lineBytes) / sizeBytes) * 100));
    run.log(
      `${String(done / 1024).padStart(6)}K ........ ........ ........ ........ ${String(share).padStart(2)}%  110M 0s`,
    );
  }
  run.log(`${at} (110 MB/s) - '${partial}' saved [${sizeBytes}/${sizeBytes}]`);
}
