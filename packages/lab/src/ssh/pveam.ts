// pveam: the catalogue of OS images and downloading from it (pve-manager, CLI/pveam.pm).

import type { Core } from "../core";
import { messageOf } from "../http/api-error";
import type { Io } from "../shell/run";
import { parseWords, Usage } from "./words-of";

export async function pveam(core: Core, args: readonly string[], io: Io): Promise<number> {
  const [verb = "", ...rest] = args;
  const print = (text: string): number => (io.stdout(Buffer.from(`${text}\n`)), 0);
  const { at } = parseWords(rest);
  try {
    if (verb === "update") return (core.osTemplates.update(), print("update successful"));
    if (verb === "available")
      return print((await core.osTemplates.catalogue()).map(({ file }) => `system          ${file}`).join("\n"));
    if (verb !== "download") throw new Usage(`ERROR: unknown command 'pveam ${verb}'`);
    const [storage, file] = [core.storages.get(at(0, "storage")), at(1, "template")];
    if (!(await core.osTemplates.catalogue()).some((one) => one.file === file)) throw new Usage("no such template");
    if (!storage.content.includes("vztmpl")) throw new Usage(`storage '${storage.name}' does not support templates`);
    core.osTemplates.add(file);
    return print(`download of 'http://download.proxmox.com/images/system/${file}' finished`);
  } catch (failure) {
    io.stderr(Buffer.from(`${messageOf(failure).trimEnd()}\n`));
    return 255;
  }
}
