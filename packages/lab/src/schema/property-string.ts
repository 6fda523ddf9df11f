// `key=value,…` values such as net0 and rootfs (pve-common, PVE/JSONSchema.pm parse_property_string).

import type { Rule, Schema } from "./verify";
import { complaints, ruleOf } from "./verify";

export interface PropertyFormat {
  keys: Schema;
  /** The key that a bare value means. */
  defaultKey?: string;
}

/** The parsed object, or the complaint in Proxmox's words. `name` prefixes nested complaints, e.g. `net0`. */
export function parseProperties(
  name: string,
  text: string,
  format: PropertyFormat,
): { value: Record<string, string> } | { complaint: string } {
  const found = Object.create(null) as Record<string, string>; // without a prototype: `__proto__` is a name like any other
  for (const part of text.split(",")) {
    if (part.trim() === "") continue;
    const at = part.indexOf("=");
    if (at === 0 || (at > 0 && at === part.length - 1))
      return { complaint: "missing key in comma-separated list property\n" };
    if (at < 0) {
      if (format.defaultKey === undefined)
        return { complaint: "value without key, but schema does not define a default key\n" };
      if (found[format.defaultKey] !== undefined) {
        return { complaint: `duplicate key in comma-separated list property: ${format.defaultKey}\n` };
      }
      found[format.defaultKey] = part;
      continue;
    }
    const key = part.slice(0, at);
    const rule = ruleOf(format.keys, key);
    if (found[key] !== undefined) return { complaint: `duplicate key in comma-separated list property: ${key}\n` };
    if (rule === undefined) return { complaint: `invalid key in comma-separated list property: ${key}\n` };
    found[key] = rule.type === "boolean" ? booleanWord(part.slice(at + 1)) : part.slice(at + 1);
  }
  const errors = Object.entries(complaints(found, format.keys));
  if (errors.length === 0) return { value: found };
  return { complaint: `format error\n${errors.map(([key, text]) => `${name}.${key}: ${text}\n`).join("")}` };
}

/** As a rule's format. */
export function propertyString(name: string, format: PropertyFormat): NonNullable<Rule["format"]> {
  return (text) => {
    const parsed = parseProperties(name, text, format);
    return "complaint" in parsed ? parsed.complaint : undefined;
  };
}

function booleanWord(word: string): string {
  if (/^(1|on|yes|true)$/i.test(word)) return "1";
  return /^(0|off|no|false)$/i.test(word) ? "0" : word;
}
