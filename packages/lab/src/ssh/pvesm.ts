// pvesm: `pvesm path <volume>`, which does not look whether the file is there, and `pvesm set <storage> --content <list>` (pve-storage, CLI/pvesm.pm).

import type { Core } from "../core";
import { messageOf } from "../http/api-error";
import type { Io } from "../shell/run";
import { parseWords, Usage } from "./words-of";

export const templateCache = "/var/lib/vz/template/cache";
const refused = 255;

export function pvesm(core: Core, args: readonly string[], io: Io): number {
  const complain = (text: string): number => {
    io.stderr(Buffer.from(`${text}\n`));
    return refused;
  };
  const [verb = "", volume] = args;
  if (verb === "set") return set();
  if (verb !== "path") return complain(`ERROR: unknown command 'pvesm ${verb}'`);
  if (volume === undefined) return complain("400 not enough arguments\npvesm path <volume>");
  const [, storage = "", name = ""] = /^([^:]+):(.+)$/.exec(volume) ?? [];
  if (storage === "") return complain(`unable to parse volume ID '${volume}'`);
  try {
    const { type } = core.storages.get(storage);
    const file = /^vztmpl\/([^/]+)$/.exec(name)?.[1];
    if (type !== "dir" || file === undefined)
      return complain(`unable to parse ${type === "dir" ? "directory" : "lvm"} volume name '${name}'`);
    io.stdout(Buffer.from(`${templateCache}/${file}\n`));
    return 0;
  } catch (failure) {
    return complain(messageOf(failure).trim());
  }

  function set(): number {
    try {
      const { at, option } = parseWords(args.slice(1));
      const [name, content] = [at(0, "storage"), option("content")];
      if (content === undefined) throw new Usage("400 not enough arguments\npvesm set <storage> --content <string>");
      core.storages.setContent(name, content.split(","));
      return 0;
    } catch (failure) {
      return complain(messageOf(failure).trim());
    }
  }
}
