// pct's command line: `-name value`, `--name value`, `--name=value`, positional words, and all that follows `--`.

import { lxcOptions } from "../schema/lxc";

export class PctUsage extends Error {
  override readonly name = "PctUsage";
}

const known: Record<string, readonly string[]> = {
  exec: ["keep-env"],
  push: ["user", "group", "perms"],
  pull: ["user", "group", "perms"],
  set: [...Object.keys(lxcOptions), "delete", "revert", "digest"],
  start: ["debug", "skiplock"],
  stop: ["skiplock", "overrule-shutdown"],
  shutdown: ["timeout", "forceStop"],
  reboot: ["timeout"],
  destroy: ["force", "purge", "destroy-unreferenced-disks"],
  config: ["current", "snapshot"],
  status: ["verbose"],
};
/** May stand without a value. */
const flags = new Set([
  "force",
  "purge",
  "forceStop",
  "skiplock",
  "debug",
  "verbose",
  "destroy-unreferenced-disks",
  "overrule-shutdown",
  "current",
]);

export interface ParsedOptions {
  positional: string[];
  options: Record<string, string>;
  tail: string[];
}

export function parseOptions(verb: string, args: readonly string[]): ParsedOptions {
  const parsed: ParsedOptions = { positional: [], options: {}, tail: [] };
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    if (arg === "--") {
      parsed.tail = args.slice(at + 1);
      break;
    }
    const match = /^--?([A-Za-z][\w-]*)(?:=([\s\S]*))?$/.exec(arg);
    if (match === null) {
      parsed.positional.push(arg);
      continue;
    }
    const [, name = "", inline] = match;
    if (!(known[verb] ?? []).includes(name))
      throw new PctUsage(`Unknown option: ${name}\n400 unable to parse option\npct ${verb} <vmid> [OPTIONS]`);
    const next = args[at + 1];
    const bareFlag = flags.has(name) && (next === undefined || !/^[01]$/.test(next));
    if (inline !== undefined) parsed.options[name] = inline;
    else if (bareFlag) parsed.options[name] = "1";
    else {
      parsed.options[name] = next ?? "";
      at += 1;
    }
  }
  // pct takes the words after the VMID as the command also without `--`, as long as no option is among them.
  if (verb === "exec" && parsed.tail.length === 0) parsed.tail = parsed.positional.splice(1);
  return parsed;
}
